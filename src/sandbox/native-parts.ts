import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { FrostlineFault } from "../contract/index.js";
import type { JailBind } from "./job.js";

export type NativePart = "isolated-vm" | "tensorflow";

/** What a program needs to load a native part inside the jail. */
export interface NativeParts {
  readonly binds: readonly JailBind[];
  readonly env: Readonly<Record<string, string>>;
}

/** The native parts that the set-up made, as paths on this machine. */
export interface BuiltParts {
  /** Null when it was not built for this version of Node. */
  readonly isolatedVm: string | null;
  /** `addon` lies in `folder`, which holds all that it loads. Null when this machine has no native backend. */
  readonly tensorflow: { readonly addon: string; readonly folder: string; readonly version: string } | null;
  /** The environment of Keras submissions: `prefix` holds the interpreter it was made with. Null when it was not made. */
  readonly python: {
    readonly bin: string;
    readonly folder: string;
    readonly prefix: string;
    readonly version: string;
    readonly tensorflow: string;
    readonly keras: string;
    readonly tf_keras: string;
  } | null;
}

/**
 * Reads what the set-up made.
 * @param root the project's own folder
 * @returns null when the set-up was never run
 */
export function readNativeParts(root: string): BuiltParts | null {
  const native = path.join(root, ".cache", "native");
  const file = path.join(native, "manifest.json");
  if (!existsSync(file)) return null;
  const manifest = JSON.parse(readFileSync(file, "utf8")) as {
    isolatedVm: Record<string, string>;
    tensorflow: BuiltParts["tensorflow"];
    python?: BuiltParts["python"];
  };
  const built = (name: string | undefined): string | null =>
    name !== undefined && existsSync(path.join(native, name)) ? path.join(native, name) : null;
  const addon = built(manifest.tensorflow?.addon);
  const bin = built(manifest.python?.bin);
  return {
    isolatedVm: built(manifest.isolatedVm[process.versions.modules]),
    tensorflow:
      manifest.tensorflow && addon
        ? { ...manifest.tensorflow, addon, folder: path.join(native, manifest.tensorflow.folder) }
        : null,
    python:
      manifest.python && bin
        ? { ...manifest.python, bin, folder: path.join(native, manifest.python.folder) }
        : null,
  };
}

/**
 * How to show native parts to a program. TensorFlow may be absent: then its variable is not set, and the program
 * takes another backend.
 * @param root the project's own folder
 * @throws FrostlineFault `native-missing`
 */
export function nativeParts(root: string, wanted: readonly NativePart[]): NativeParts {
  const binds: JailBind[] = [];
  const env: Record<string, string> = {};
  if (wanted.length === 0) return { binds, env };
  const built = readNativeParts(root);
  if (wanted.includes("isolated-vm")) {
    const source = built?.isolatedVm;
    if (!source)
      throw new FrostlineFault("native-missing", {
        part: "isolated-vm",
        reason: `it was not built for Node ${process.versions.node}`,
      });
    env["FROSTLINE_ISOLATED_VM"] = "/native/isolated_vm.node";
    binds.push({ source, target: "/native/isolated_vm.node" });
  }
  if (wanted.includes("tensorflow") && built?.tensorflow) {
    const { addon, folder } = built.tensorflow;
    env["FROSTLINE_TF_ADDON"] = path.posix.join("/native/tensorflow", path.relative(folder, addon));
    env["TF_CPP_MIN_LOG_LEVEL"] = "3";
    // One thread a run: small operations lose more by handing over to threads than they gain, and runs go side by side.
    env["TF_NUM_INTRAOP_THREADS"] = "1";
    env["OMP_NUM_THREADS"] = "1";
    binds.push({ source: folder, target: "/native/tensorflow" });
  }
  return { binds, env };
}
