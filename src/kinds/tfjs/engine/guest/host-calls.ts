/** What the host lets the isolate call. Errors come back as text or JSON, never as exceptions with a host's stack. */
export interface HostCalls {
  registerOp(op: string, attributesJson: string, outputs: number, replaced: number | undefined): number;
  execute(handle: number, inputs: number): string | undefined;
  createTensor(id: number, dtype: number, rank: number, bytes: ArrayBuffer): string | undefined;
  readTensor(id: number): ArrayBuffer | string;
  flush(): string | undefined;
  /** sha256 of a tensor's bytes, hex. */
  digest(id: number): string;
  /** Minimum, maximum and mean per channel of a tensor, as JSON. */
  statistics(id: number): string;
  /** Declares a tensor to be the output of the model numbered `model`; what is made from it is followed. */
  markOrigin(id: number, model: number): void;
  /** Where the values of a tensor came from, as JSON, or undefined. */
  originOf(id: number): string | undefined;
  /** Switches following on or off; it is off while a fit runs. */
  follow(on: boolean): void;
  now(): number;
  /** Tells of milliseconds that a timer would have waited; they count as the program's time. */
  skip(ms: number): void;
  /** Whether a fit that still runs must end. */
  timeIsUp(): boolean;
  print(stream: string, text: string): void;
  /** Reports an event, as JSON. */
  emit(eventJson: string): void;
  /** Reports an error: phase, name, message and V8's stack. */
  fail(phase: string, name: string, message: string, stack: string): void;
  /** Bytes of a file, or what is wrong. */
  readFile(path: string): ArrayBuffer | string;
  /** `{kind, bytes}` as JSON, or undefined. */
  statFile(path: string): string | undefined;
  /** Names in a folder as JSON array; undefined if there is no such folder. */
  listFolder(path: string): string | undefined;
  /** Bytes of a file of a base, or what is wrong. */
  readBase(base: number, name: string): ArrayBuffer | string;
  /** Compiles a file of the program: JSON of `{code, awaits}` or `{message, line, column}`. */
  compile(path: string, mayAwait: boolean): string;
  /** Hands over a model: topology text and the ids of its tensors in order. Text says what is wrong. */
  writeModel(role: string, modelJson: string, idsJson: string): string | undefined;
}

/** What the host tells the isolate at the start. */
export interface GuestSettings {
  backend: "tensorflow" | "wasm";
  entry: string;
  seed: number;
  bases: readonly { addresses: readonly string[] }[];
  maxEpochs: number | undefined;
  maxSteps: number | undefined;
  maxSamples: number | undefined;
  onlyTry: boolean;
  outputBytes: number;
}
