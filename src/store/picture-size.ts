/** Size of an encoded picture, from its own header. */
export interface PictureSize {
  format: "png" | "jpeg";
  /** Pixels. */
  width: number;
  height: number;
}

const PNG_SIGNATURE = "\x89PNG\r\n\x1a\n";

/** Reads the header of a PNG or JPEG file; null where the bytes are neither or end too early. */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length >= 24 && view.toString("latin1", 0, 8) === PNG_SIGNATURE)
    return sized("png", view.readUInt32BE(16), view.readUInt32BE(20));
  if (view.length >= 4 && view.readUInt16BE(0) === 0xffd8) return jpegSize(view);
  return null;
}

function jpegSize(view: Buffer): PictureSize | null {
  let at = 2;
  while (at + 9 <= view.length && view[at] === 0xff) {
    const marker = view[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1; // Fill bytes may stand before any marker.
    } else if (isStartOfFrame(marker)) {
      return sized("jpeg", view.readUInt16BE(at + 7), view.readUInt16BE(at + 5));
    } else {
      at += 2 + view.readUInt16BE(at + 2);
    }
  }
  return null;
}

/** C0 to CF, but for the three that hold tables and not a frame. */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function sized(format: PictureSize["format"], width: number, height: number): PictureSize | null {
  return width > 0 && height > 0 ? { format, width, height } : null;
}
