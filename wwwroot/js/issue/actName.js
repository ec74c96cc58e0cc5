// @ts-check
import { t, tCode } from '../i18n/index.js';

/** @param {string} from @param {string} to @returns {string} what the office calls this step */
export function actName(from, to) {
  if (from === 'suspended' && to === 'dispatched') return t('act_resume');
  if (to === 'dispatched') return t('act_dispatch');
  if (from === 'rectified' && to === 'returned') return t('act_send_back');
  return tCode('act', to);
}
