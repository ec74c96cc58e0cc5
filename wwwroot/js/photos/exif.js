// @ts-check
/** What the camera wrote about a picture goes along when the picture is drawn anew: the service reads place and time from it, and keeps
 *  the picture without it. */

/** A camera writes its block first; more than this before it is something else. */
const headBytes = 256 * 1024;
const preamble = [0x45, 0x78, 0x69, 0x66, 0, 0];
const orientation = 0x0112;

/** @param {Blob} file @returns {Promise<Uint8Array<ArrayBuffer> | null>} the EXIF segment of a JPEG, saying that the picture is upright */
export async function exifOf(file) {
  const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  for (let at = 2; bytes[at] === 0xff && bytes[at + 1] !== 0xda && at + 4 <= bytes.length; ) {
    const end = at + 2 + ((bytes[at + 2] << 8) | bytes[at + 3]);
    if (bytes[at + 1] === 0xe1 && preamble.every((byte, i) => bytes[at + 4 + i] === byte))
      return end <= bytes.length ? upright(bytes.slice(at, end)) : null;
    at = end;
  }
  return null;
}

/** @param {ArrayBuffer} jpeg @param {Uint8Array | null} segment @returns {ArrayBuffer} the JPEG with the segment in front */
export function withExif(jpeg, segment) {
  if (!segment) return jpeg;
  const joined = new Uint8Array(jpeg.byteLength + segment.length);
  joined.set(new Uint8Array(jpeg, 0, 2));
  joined.set(segment, 2);
  joined.set(new Uint8Array(jpeg, 2), 2 + segment.length);
  return joined.buffer;
}

/** Drawn anew, the picture is turned already. @param {Uint8Array<ArrayBuffer>} segment */
function upright(segment) {
  const view = new DataView(segment.buffer);
  const start = 4 + preamble.length;
  try {
    const little = view.getUint16(start) === 0x4949;
    const list = start + view.getUint32(start + 4, little);
    for (let i = 0; i < view.getUint16(list, little); i += 1) {
      const entry = list + 2 + 12 * i;
      if (view.getUint16(entry, little) === orientation) view.setUint16(entry + 8, 1, little);
    }
    return segment;
  } catch (reason) {
    if (reason instanceof RangeError) return null;
    throw reason;
  }
}
