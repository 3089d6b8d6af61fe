import { resolve } from "node:path";

/** The folder that holds `data/` and `fixtures/` for the tests; a clone need not have it. */
export const REFERENCE = process.env["FROSTLINE_REFERENCE"] ?? resolve(import.meta.dirname, "../../shared");
