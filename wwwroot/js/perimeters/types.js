// @ts-check
/**
 * What the service answers about the surroundings of schools. Distances are metres, geodesic or along the walking
 * network; coordinates WGS-84 with longitude first; days are Beijing days.
 *
 * @typedef {'violating' | 'disputed' | 'to_be_surveyed' | 'exempt' | 'compliant'} Verdict
 * @typedef {Partial<Record<Verdict, number>>} Tally
 * @typedef {{ text: string, text_en?: string | null, article?: string | null, link?: string | null, link_text?: string | null, verified: boolean }} Citation
 * @typedef {{ school: string, school_name: string, school_kind: string, school_street: string, neighbour: boolean,
 *   venue: string, venue_name: string, category: string, category_name: string, street: string,
 *   rule: string, rule_name: string, pack: string, verdict: Verdict, reason: string, limit_m: number, inclusive: boolean,
 *   from: 'campus_boundary' | 'any_gate' | 'main_gate', how: 'straight' | 'walking', settled: boolean,
 *   straight_m: number | null, gate_m: number | null, gate: string | null, walking_m: number | null,
 *   walking_gate: string | null, walking: 'measured' | 'no_path' | 'not_measured', measured_m: number | null,
 *   uncertainty_m: number | null, disagrees: boolean, other_verdict: Verdict | null, licensed_from: string | null,
 *   licensed_until: string | null, licence: string | null, exempt_until: string | null, pre_existing: boolean,
 *   citation: Citation, certainty: string, lon: number, lat: number, days_left?: number }} Row
 * @typedef {{ loaded: boolean, ways?: number, revision?: number | null }} Network
 * @typedef {{ category: string, name: string, venues: number }} Unruled
 * @typedef {{ day: string, network: Network, rows: Row[], unruled: Unruled[], more: boolean }} Compliance
 * @typedef {{ code: string, name: string, kind: string, street: string, neighbour: boolean, verdicts: Tally,
 *   worst: Verdict | null, notes: string[], beyond: { street: string, street_name: string, violating: number }[] }} SchoolSum
 * @typedef {{ day: string, tally: Tally, schools: SchoolSum[], categories: { category: string, name: string, verdicts: Tally }[],
 *   unruled: Unruled[], duplicates: { venues: string[], metres: number }[], network: Network }} Summary
 * @typedef {{ code: string, name: string, main: boolean, lon: number, lat: number, accuracy?: any, datum?: string | null }} Gate
 * @typedef {{ rule: string, name: string, name_en?: string, metres: number, from: string, how: string, settled: boolean,
 *   kind: 'straight' | 'walking_reach', geometry: import('../types.js').Geometry }} Zone
 * @typedef {{ pack: string, version?: string, pack_version?: string, id: string, name: string, name_en?: string, region: string,
 *   school_kinds: string[], venue_categories: string[], issue_categories?: string[], metres: number, inclusive: boolean,
 *   from: string, how: string, method_settled?: boolean, settled?: boolean, licensed_before?: string | null,
 *   exempt_until?: string | null, valid_from?: string | null, valid_until?: string | null, citation: Citation,
 *   certainty: string }} Rule
 * @typedef {{ pack: string, version: string, name: string, name_en?: string, region: string, rules: number, verified: any }} Pack
 * @typedef {{ id: string, name: string, name_en?: string, venue_categories?: string[], issue_categories?: string[], why: string,
 *   why_en?: string, citation: Citation }} Undecided a text that gives no number of metres
 * @typedef {{ packs: Pack[], rules: Rule[], unruled: Unruled[], undecided?: Undecided[] }} RuleBook
 *
 * One venue at one school: the worst of its rules decides what is said of it.
 * @typedef {{ key: string, school: string, venue: string, worst: Row, rows: Row[] }} Pair
 */
export {};
