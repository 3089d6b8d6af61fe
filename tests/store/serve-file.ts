import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

const POLL_MS = 20;

export interface FileServer {
  address: string;
  /** The `Range` header of each request, null where it had none. */
  ranges: (string | null)[];
}

/**
 * Serves one file's bytes under any name, by range where asked.
 * @param breaksWhen where given, the first answer is half of what was asked for, and its connection breaks when this is
 *   true: sooner, it could take along what the other side has not read yet
 */
export async function serveFile(bytes: Uint8Array, breaksWhen?: () => boolean): Promise<FileServer> {
  const ranges: (string | null)[] = [];
  const server = createServer((request, response) => {
    const range = request.headers.range ?? null;
    ranges.push(range);
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0);
    if (range !== null && from >= bytes.length) {
      response.writeHead(416, { "content-range": `bytes */${bytes.length}` }).end();
      return;
    }
    const rest = bytes.subarray(from);
    const place = { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
    response.writeHead(range === null ? 200 : 206, {
      "content-length": rest.length,
      ...(range === null ? {} : place),
    });
    if (breaksWhen === undefined || ranges.length > 1) {
      response.end(rest);
      return;
    }
    response.write(rest.subarray(0, Math.floor(rest.length / 2)));
    const poll = setInterval(() => {
      if (breaksWhen()) response.destroy();
    }, POLL_MS);
    response.once("close", () => clearInterval(poll));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(
    () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  );
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ranges };
}
