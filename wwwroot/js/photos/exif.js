// @ts-check
/** When and where a picture was taken goes along when the picture is drawn anew, and nothing else of what the camera wrote: the service reads
 *  it and keeps the picture without it. */

/** @typedef {{ tag: number, type: number, count: number, bytes: Uint8Array }} Entry */

/** A camera writes its block first; more than this before it is something else. */
const headBytes = 256 * 1024;
const preamble = [0x45, 0x78, 0x69, 0x66, 0, 0];
const tags = { exif: 0x8769, gps: 0x8825 };
/** Time and its offset from UTC; latitude and longitude with their halves of the globe. */
const kept = { exif: [0x9003, 0x9011], gps: [1, 2, 3, 4] };
/** Bytes of one value: 2 text, 4 whole number, 5 fraction. @type {Record<number, number>} */
const sizes = { 2: 1, 4: 4, 5: 8 };

/** @param {Blob} file @returns {Promise<Uint8Array | null>} a JPEG's segment with its time and place, or null when it has neither */
export async function captureOf(file) {
  const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  for (let at = 2; bytes[at] === 0xff && bytes[at + 1] !== 0xda && at + 4 <= bytes.length; ) {
    const end = at + 2 + ((bytes[at + 2] << 8) | bytes[at + 3]);
    if (bytes[at + 1] === 0xe1 && preamble.every((byte, i) => bytes[at + 4 + i] === byte))
      return read(bytes.slice(at + 4 + preamble.length, end));
    at = end;
  }
  return null;
}

/** @param {ArrayBuffer} jpeg @param {Uint8Array | null} segment @returns {ArrayBuffer} the JPEG with the segment in front */
export function withCapture(jpeg, segment) {
  if (!segment) return jpeg;
  const joined = new Uint8Array(jpeg.byteLength + segment.length);
  joined.set(new Uint8Array(jpeg, 0, 2));
  joined.set(segment, 2);
  joined.set(new Uint8Array(jpeg, 2), 2 + segment.length);
  return joined.buffer;
}

/** @param {Uint8Array<ArrayBuffer>} tiff */
function read(tiff) {
  const view = new DataView(tiff.buffer);
  try {
    const little = view.getUint16(0) === 0x4949;
    const main = directory(view, view.getUint32(4, little), little, [tags.exif, tags.gps]);
    const part = (/** @type {'exif' | 'gps'} */ name) => {
      const pointer = main.find(({ tag }) => tag === tags[name]);
      if (!pointer) return [];
      const at = new DataView(pointer.bytes.buffer, pointer.bytes.byteOffset).getUint32(0);
      return directory(view, at, little, kept[name]);
    };
    const [exif, gps] = [part('exif'), part('gps')];
    return exif.length + gps.length ? segmentOf(exif, gps) : null;
  } catch (reason) {
    // A block that points outside itself says nothing.
    if (reason instanceof RangeError) return null;
    throw reason;
  }
}

/**
 * The wanted entries of a directory, their numbers high byte first.
 * @param {DataView} view @param {number} at @param {boolean} little @param {number[]} wanted @returns {Entry[]}
 */
function directory(view, at, little, wanted) {
  /** @type {Entry[]} */
  const entries = [];
  for (let i = 0; i < view.getUint16(at, little); i += 1) {
    const entry = at + 2 + 12 * i;
    const [tag, type] = [view.getUint16(entry, little), view.getUint16(entry + 2, little)];
    const count = view.getUint32(entry + 4, little);
    const length = count * (sizes[type] ?? 0);
    if (!wanted.includes(tag) || length === 0 || length > 64) continue;
    const from = length <= 4 ? entry + 8 : view.getUint32(entry + 8, little);
    const bytes = new Uint8Array(length);
    for (let k = 0; k < length; k += 1) bytes[k] = view.getUint8(from + k);
    if (type !== 2 && little) for (let k = 0; k < length; k += 4) bytes.subarray(k, k + 4).reverse();
    entries.push({ tag, type, count, bytes });
  }
  return entries;
}

/** A new block: a directory that points to the two others. @param {Entry[]} exif @param {Entry[]} gps */
function segmentOf(exif, gps) {
  const first = 8 + 2 + 2 * 12 + 4;
  const exifPart = written(exif, first);
  const gpsPart = written(gps, first + exifPart.length);
  const main = written([pointer(tags.exif, first), pointer(tags.gps, first + exifPart.length)], 8);
  const body = [...preamble, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, ...main, ...exifPart, ...gpsPart];
  return Uint8Array.from([0xff, 0xe1, ...number(body.length + 2, 2), ...body]);
}

/** @param {number} tag @param {number} to @returns {Entry} */
const pointer = (tag, to) => ({ tag, type: 4, count: 1, bytes: Uint8Array.from(number(to, 4)) });

/** @param {Entry[]} entries @param {number} at where it will stand @returns {number[]} */
function written(entries, at) {
  const table = number(entries.length, 2);
  /** @type {number[]} */
  const values = [];
  for (const { tag, type, count, bytes } of entries) {
    table.push(...number(tag, 2), ...number(type, 2), ...number(count, 4));
    if (bytes.length <= 4) table.push(...bytes, ...Array(4 - bytes.length).fill(0));
    else {
      table.push(...number(at + 2 + entries.length * 12 + 4 + values.length, 4));
      values.push(...bytes);
    }
  }
  return [...table, 0, 0, 0, 0, ...values];
}

/** @param {number} value @param {number} bytes @returns {number[]} high byte first */
const number = (value, bytes) => Array.from({ length: bytes }, (_, i) => (value >>> (8 * (bytes - 1 - i))) & 0xff);
