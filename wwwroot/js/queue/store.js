// @ts-check
import { Dexie } from 'dexie';

/**
 * What stays on this device until the service has it: drafts, and finished reports and visits with their photos.
 * Photos are kept as bytes, which every browser stores.
 */

/**
 * `draft`: the form as it was filled in, to go on with when the service refuses it
 * @typedef {{ key: string, kind: string, sha256?: string }} PhotoRef `sha256` once the service has it
 * @typedef {{ id: string, account: string, kind: 'issue' | 'visit', title: string, made: number, body: Record<string, any>,
 *   photos: PhotoRef[], state: 'waiting' | 'refused' | 'sent', tries: number, notBefore: number,
 *   draft?: any,
 *   problem: { code: string, title: string, detail: string, traceId: string } | null, sentAt: number }} Item
 * @typedef {{ key: string, account: string, bytes: ArrayBuffer, type: string, width: number, height: number }} StoredPhoto
 * @typedef {{ key: string, account: string, value: any, made: number }} Draft
 */

class Store extends Dexie {
  constructor() {
    super('geocivic');
    this.version(1).stores({ items: 'id, [account+state], made', photos: 'key', drafts: 'key' });
    /** @type {import('dexie').Table<Item, string>} */
    this.items = this.table('items');
    /** @type {import('dexie').Table<StoredPhoto, string>} */
    this.photos = this.table('photos');
    /** @type {import('dexie').Table<Draft, string>} */
    this.drafts = this.table('drafts');
  }
}

export const store = new Store();
