// @ts-check
import { communities } from '../areas/areas.js';
import { todayText } from '../deadline.js';
import { t, tCode, nameOf } from '../i18n/index.js';
import { config } from '../names.js';

/** @typedef {import('./plans.js').Plan} Plan */

const cadences = ['daily', 'weekly', 'monthly', 'quarterly'];
const kinds = ['comprehensive', 'special'];
const shifts = ['day', 'night', 'school_peak'];

/** @param {string} text */
const codes = (text) => text.split(/[\s,，、;；]+/).filter(Boolean);

/** @param {Plan | null} plan @returns {import('../parts/form.js').Field[]} */
export const planFields = (plan) => [
  { name: 'name', label: t('planName'), required: true, maxLength: 100, value: plan?.name ?? '' },
  {
    name: 'cadence',
    label: t('cadence'),
    kind: 'select',
    required: true,
    value: plan?.cadence ?? 'daily',
    options: cadences.map((value) => ({ value, text: tCode('cadence', value) })),
  },
  {
    name: 'type',
    label: t('planType'),
    kind: 'select',
    required: true,
    value: plan?.type ?? 'comprehensive',
    options: kinds.map((value) => ({ value, text: tCode('planType', value) })),
  },
  {
    name: 'share',
    label: t('planShare'),
    kind: 'number',
    required: true,
    min: 1,
    max: 100,
    value: plan?.share ?? 100,
  },
  {
    name: 'shifts',
    label: t('planShifts'),
    kind: 'checks',
    required: true,
    value: plan?.shifts ?? ['day'],
    options: shifts.map((value) => ({ value, text: tCode('shift', value) })),
  },
  {
    name: 'communities',
    label: t('planCommunities'),
    kind: 'checks',
    value: plan?.communities ?? [],
    options: (communities.data ?? []).map(({ properties: { code, name } }) => ({ value: code, text: name })),
  },
  {
    name: 'point_types',
    label: t('planTypes'),
    kind: 'checks',
    value: plan?.point_types ?? [],
    options: config().pointTypes.map((each) => ({ value: each.code, text: nameOf(each) })),
  },
  { name: 'grids', label: t('planGrids'), kind: 'area', hint: t('codesHint'), value: plan?.grids.join(' ') ?? '' },
  { name: 'points', label: t('planPoints'), kind: 'area', hint: t('codesHint'), value: plan?.points.join(' ') ?? '' },
  {
    name: 'starts',
    label: t('planStarts'),
    kind: 'date',
    required: true,
    min: plan ? undefined : todayText(),
    value: plan?.starts ?? todayText(),
  },
  { name: 'ends', label: t('planEnds'), kind: 'date', value: plan?.ends ?? '' },
  { name: 'working_days', label: t('planWorkingDays'), kind: 'checkbox', value: plan?.working_days ?? false },
  { name: 'note', label: t('planNote'), kind: 'area', maxLength: 500, value: plan?.note ?? '' },
];

/** What the form says, as the call takes it. @param {Record<string, any>} values @param {Plan | null} plan */
export const planOf = (values, plan) => {
  const { grids, points, ends, note, ...rest } = values;
  return {
    ...rest,
    grids: codes(grids),
    points: codes(points),
    ...(ends ? { ends } : plan?.ends ? { open_ended: true } : {}),
    ...(note ? { note } : {}),
  };
};
