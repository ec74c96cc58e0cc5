// @ts-check
/**
 * Ids that the page makes, so that sending the same thing again is recognised. `crypto.randomUUID` exists only where the
 * page came over HTTPS or from this machine; random bytes are there everywhere.
 * @returns {string} a version 4 UUID
 */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * One id for one content: sending the same again (after a lost answer) keeps it, changed content gets another.
 * @returns {(content: unknown) => string}
 */
export function attempts() {
  let id = '';
  let sent = '';
  return (content) => {
    const text = JSON.stringify(content);
    if (text !== sent || !id) {
      id = newId();
      sent = text;
    }
    return id;
  };
}
