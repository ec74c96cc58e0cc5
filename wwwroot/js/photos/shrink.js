// @ts-check
import { captureOf, withCapture } from './exif.js';

/** Pictures of a phone become small JPEGs. Drawing them anew leaves behind everything but the picture itself; when and where it
 *  was taken is put back. */

/** Longest side in pixels; number plates and notices stay readable. */
const longest = 2048;
const quality = 0.85;

/** @param {Blob} file @returns {Promise<{ bytes: ArrayBuffer, type: string, width: number, height: number }>}
 *  @throws {DOMException} when the browser cannot read the picture (HEIC in most of them) */
export async function shrink(file) {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, width, height);
  pen.drawImage(picture, 0, 0, width, height);
  picture.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  if (!(blob instanceof Blob)) throw new DOMException('no picture', 'EncodingError');
  return { bytes: withCapture(await blob.arrayBuffer(), await captureOf(file)), type: blob.type, width, height };
}
