import { installGlobals } from "./globals/install.js";

/** Installed while this module is loaded, because TensorFlow.js looks at the globals when it is loaded. */
export const globals = installGlobals();
