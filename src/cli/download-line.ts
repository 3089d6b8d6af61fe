import cliProgress from "cli-progress";

export interface DownloadLine {
  /** Bytes that are there, and all of them where known. */
  update(received: number, total: number | null): void;
  stop(): void;
}

const MB = 1e6;

/** One line that fills on a terminal; one plain line elsewhere, so that nothing moves in CI. */
export function downloadLine(stream: NodeJS.WriteStream, name: string): DownloadLine {
  let started = false;
  if (!stream.isTTY || process.env["CI"]) {
    return {
      update(_received, total) {
        if (!started)
          stream.write(`Downloading ${name}${total === null ? "" : `, ${megabytes(total)} MB`}\n`);
        started = true;
      },
      stop: () => undefined,
    };
  }
  const bar = new cliProgress.SingleBar({
    stream,
    format: "{bar} {percentage} % of {size} MB, {eta_formatted} · {name}",
    barsize: 24,
    barCompleteChar: "█",
    barIncompleteChar: "·",
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
  });
  return {
    update(received, total) {
      if (!started) bar.start(total ?? received, received, { name, size: megabytes(total ?? received) });
      started = true;
      bar.update(received);
    },
    stop: () => bar.stop(),
  };
}

const megabytes = (bytes: number): string => (bytes / MB).toFixed(1);
