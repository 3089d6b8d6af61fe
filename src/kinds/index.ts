import keras from "./keras/index.js";
import type { Kind } from "./kind.js";
import model from "./model/index.js";
import tfjs from "./tfjs/index.js";

/** Every way of handing in, in the order in which they are tried. */
export const KINDS: readonly Kind[] = [tfjs, keras, model];
