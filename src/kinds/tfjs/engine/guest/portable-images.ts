import * as tf from "@tensorflow/tfjs";
import { decode as readPng, encode as writePng } from "fast-png";
import { decode as readJpeg, encode as writeJpeg } from "jpeg-js";
import { Buffer } from "./facades/buffer.js";
import { namedError } from "./named-error.js";

/** A picture as rows of pixels of 8 bits a channel. */
interface Picture {
  height: number;
  width: number;
  channels: number;
  pixels: ArrayLike<number>;
}

/** What `tf.node` offers for pictures, without TensorFlow's own decoders. */
export const portableImages = {
  decodeImage(bytes: Uint8Array, channels = 0): tf.Tensor3D {
    if (bytes[0] === 0x89 && bytes[1] === 0x50) return tensorOf(png(bytes), channels);
    if (bytes[0] === 0xff && bytes[1] === 0xd8) return tensorOf(jpeg(bytes), channels);
    return refuse("Pictures other than PNG and JPEG");
  },
  decodePng: (bytes: Uint8Array, channels = 0): tf.Tensor3D => tensorOf(png(bytes), channels),
  decodeJpeg: (bytes: Uint8Array, channels = 0): tf.Tensor3D => tensorOf(jpeg(bytes), channels),
  decodeGif: (): never => refuse("GIF pictures"),
  decodeBmp: (): never => refuse("BMP pictures"),
  async encodePng(image: tf.Tensor3D): Promise<Uint8Array> {
    const [height, width, channels] = image.shape;
    return writePng({
      width,
      height,
      channels: channels as 1 | 3 | 4,
      data: Uint8Array.from(await image.data()),
    });
  },
  async encodeJpeg(image: tf.Tensor3D, _format = "", quality = 95): Promise<Uint8Array> {
    const [height, width, channels] = image.shape;
    const pixels = convert({ height, width, channels, pixels: await image.data() }, 4);
    return writeJpeg({ width, height, data: Buffer.from(Uint8Array.from(pixels)) as never }, quality).data;
  },
};

/** Not a fault of the program: where TensorFlow is, it can do this. */
function refuse(what: string): never {
  throw namedError(
    "TensorflowNeededError",
    `${what} can only be read by TensorFlow's native backend, which this machine has not.`,
  );
}

function png(bytes: Uint8Array): Picture {
  const { width, height, data, channels, depth, palette } = readPng(bytes);
  if (palette) {
    const entries = Array.from(data, (index) => palette[index] ?? [0, 0, 0]);
    return { width, height, channels: palette[0]?.length ?? 3, pixels: entries.flat() };
  }
  return {
    width,
    height,
    channels,
    pixels: depth === 16 ? Uint8Array.from(data, (value) => value >> 8) : data,
  };
}

function jpeg(bytes: Uint8Array): Picture {
  const { width, height, data } = readJpeg(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
  });
  return { width, height, channels: 3, pixels: data };
}

/** @param channels wanted; 0 for those of the file */
function tensorOf(picture: Picture, channels: number): tf.Tensor3D {
  const wanted = channels === 0 ? picture.channels : channels;
  const { height, width } = picture;
  return tf.tensor3d(Int32Array.from(convert(picture, wanted)), [height, width, wanted], "int32");
}

/** Grey is repeated, colours become grey by their brightness, transparency is dropped or full, as TensorFlow does it. */
function convert({ height, width, channels, pixels }: Picture, wanted: number): ArrayLike<number> {
  if (channels === wanted) return pixels;
  const made = new Uint8Array(height * width * wanted);
  const colours = channels < 3 ? 1 : 3;
  const value = (pixel: number, channel: number): number => pixels[pixel * channels + channel] ?? 0;
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let channel = 0; channel < wanted; channel++) {
      const alpha = channel === 3 || (wanted === 2 && channel === 1);
      if (alpha) made[pixel * wanted + channel] = channels === colours ? 255 : value(pixel, channels - 1);
      else if (wanted < 3 && colours === 3)
        made[pixel] = Math.round(0.299 * value(pixel, 0) + 0.587 * value(pixel, 1) + 0.114 * value(pixel, 2));
      else made[pixel * wanted + channel] = value(pixel, colours === 1 ? 0 : channel);
    }
  }
  return made;
}
