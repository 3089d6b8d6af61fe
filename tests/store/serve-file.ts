import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface FileServer {
  address: string;
  /** The `Range` header of each request, null where it had none. */
  ranges: (string | null)[];
}

/** Serves one file's bytes under any name, by range where asked; the first `breaks` answers end after half of what was asked for. */
export async function serveFile(bytes: Uint8Array, breaks = 0): Promise<FileServer> {
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
    if (ranges.length > breaks) response.end(rest);
    // A connection that ends at once may take along what the other side has not read yet.
    else
      response.write(rest.subarray(0, Math.floor(rest.length / 2)), () =>
        setTimeout(() => response.destroy(), 200),
      );
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
