import { decodeUtf8 } from "./globals/text-coding.js";
import type { GuestSettings, HostCalls } from "./host-calls.js";
import { namedError } from "./named-error.js";

/** A file of a base that an address stands for. */
export interface BaseFile {
  base: number;
  name: string;
}

/** The assignment's pretrained models, by the addresses they were published under. */
export interface Bases {
  /** The base an address stands for, or undefined. */
  find(address: string): BaseFile | undefined;
  /** Answers `fetch` from the bases; everything else is refused, for there is no network. */
  fetch(address: unknown): Promise<object>;
  /** What to tell a program that asks for an address nobody offers. */
  refusal(address: string): string;
}

/** Folder names that say nothing: versions and habits. */
const GENERIC = /^(?:v?\d+|default|model|models|tfjs|web_model|feature_vector|classification|main|resolve)$/;

export function createBases(host: HostCalls, offered: GuestSettings["bases"]): Bases {
  /** Folder of an address to base; mirrors are added when their model.json was asked for. */
  const folders = new Map<string, number>();
  offered.forEach((base, index) => {
    for (const address of base.addresses) folders.set(folderOf(address), index);
  });

  const mirrorOf = (folder: string): number | undefined => {
    const ending = lastParts(folder);
    for (const [known, index] of folders) if (lastParts(known) === ending) return index;
    return undefined;
  };
  const find = (address: string): BaseFile | undefined => {
    const folder = folderOf(address);
    const name = nameOf(address);
    const base = folders.get(folder) ?? mirrorOf(folder);
    if (base === undefined) return undefined;
    folders.set(folder, base);
    return { base, name };
  };
  const refusal = (address: string): string => {
    const list = offered.map(({ addresses }) => addresses[0]).filter((first) => first !== undefined);
    const offers =
      list.length === 0
        ? "This assignment offers no pretrained model by address."
        : `This assignment offers: ${list.join(", ")}.`;
    return (
      `${address.slice(0, 300)} cannot be reached: there is no network while a program is graded. ${offers} ` +
      "A model of your own can be handed in with the program and loaded by its path ('file://./model/model.json'). " +
      "If the assignment asks for this model, your teacher can add it with `frostline store add`."
    );
  };

  return {
    find,
    refusal,
    async fetch(request) {
      const address = addressOf(request);
      const file = find(address);
      if (file === undefined) throw namedError("BaseNotOfferedError", refusal(address));
      const bytes = host.readBase(file.base, file.name);
      return response(address, typeof bytes === "string" ? undefined : bytes);
    },
  };
}

function response(address: string, bytes: ArrayBuffer | undefined): object {
  const body = bytes ?? new ArrayBuffer(0);
  const text = (): string => decodeUtf8(new Uint8Array(body));
  return {
    url: address,
    ok: bytes !== undefined,
    status: bytes === undefined ? 404 : 200,
    statusText: bytes === undefined ? "Not Found" : "OK",
    headers: new Map([["content-length", String(body.byteLength)]]),
    text: async () => text(),
    json: async () => JSON.parse(text()),
    arrayBuffer: async () => body,
  };
}

function addressOf(request: unknown): string {
  const url: unknown =
    typeof request === "object" && request !== null && "url" in request ? request.url : request;
  return String(url);
}

function nameOf(address: string): string {
  const last = plain(address).split("/").at(-1) ?? "";
  return isFileName(last) ? last : "model.json";
}

function folderOf(address: string): string {
  const path = plain(address);
  const at = path.lastIndexOf("/");
  return isFileName(path.slice(at + 1)) ? path.slice(0, at) : path;
}

/** Without scheme, query and dots: TensorFlow Hub's addresses name a folder, its model.json is asked for with a query. */
function plain(address: string): string {
  return address
    .replace(/[?#].*$/, "")
    .replace(/^https?:\/\/(?:www\.)?/, "")
    .replaceAll("/./", "/")
    .replace(/\/+$/, "");
}

function isFileName(last: string): boolean {
  return /\.(?:json|bin|pb)$|^group\d+-shard/.test(last);
}

/** The part of a folder that a mirror keeps: back to the first name that says which model it is. */
function lastParts(folder: string): string {
  const parts = folder.split("/");
  let from = parts.length - 1;
  while (from > 1 && GENERIC.test(parts[from] as string)) from--;
  return parts.slice(from).join("/");
}
