import { readFileSync } from "node:fs";
import path from "node:path";
import { picturePrint } from "../pictures/picture-print.js";
import { answer } from "./answer.js";

// Runs in a jail that holds pictures under numbers: argv[2] is the folder of the job.
await answer(() => {
  const folder = process.argv[2] ?? "";
  const { pictures } = JSON.parse(readFileSync(path.join(folder, "job.json"), "utf8")) as {
    pictures: number;
  };
  const prints = Array.from({ length: pictures }, (_, index) =>
    picturePrint(readFileSync(path.join(folder, `picture-${index}`))),
  );
  return { header: { prints } };
});
