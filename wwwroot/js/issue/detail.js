// @ts-check
/** What a selected issue shows. */
export { showIssue } from '../places/detail.js';
