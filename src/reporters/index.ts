import type { Reporter } from "../contract/index.js";
import csv from "./csv/index.js";
import html from "./html/index.js";
import json from "./json/index.js";

/** Every format a run is written in. */
export const REPORTERS: readonly Reporter[] = [html, json, csv];
