import * as tf from "@tensorflow/tfjs";
import { NodeJSKernelBackend } from "@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js";
import { decode as decodePng } from "fast-png";
import { decode as decodeJpeg } from "jpeg-js";

/**
 * An encoded PNG or JPEG as RGB values 0..255, shape [height, width, 3].
 * @throws Error for bytes that are neither, or damaged
 */
export function decodeImage(bytes: Uint8Array): tf.Tensor3D {
  const backend = tf.backend();
  const isPng = bytes[0] === 0x89 && bytes[1] === 0x50;
  if (backend instanceof NodeJSKernelBackend) {
    const decoded = isPng ? backend.decodePng(bytes, 3) : backend.decodeJpeg(bytes, 3, 1, true, false, 1, "");
    const pixels = tf.cast(decoded, "float32") as tf.Tensor3D;
    decoded.dispose();
    return pixels;
  }
  return isPng ? portablePng(bytes) : portableJpeg(bytes);
}

function portablePng(bytes: Uint8Array): tf.Tensor3D {
  const { width, height, data, channels, depth, palette } = decodePng(bytes);
  const scale = depth === 16 ? 1 / 257 : 1;
  const pixels = new Float32Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const entry = palette?.[data[pixel] ?? 0];
    for (let channel = 0; channel < 3; channel++) {
      // One or two channels are grey, a second or fourth one is transparency, which decoders drop.
      const at = pixel * channels + (channels < 3 ? 0 : channel);
      pixels[pixel * 3 + channel] = entry ? (entry[channel] ?? 0) : (data[at] ?? 0) * scale;
    }
  }
  return tf.tensor3d(pixels, [height, width, 3]);
}

function portableJpeg(bytes: Uint8Array): tf.Tensor3D {
  const { width, height, data } = decodeJpeg(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
  });
  return tf.tensor3d(Float32Array.from(data), [height, width, 3]);
}
