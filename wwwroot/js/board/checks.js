// @ts-check
import { assessmentFigure, assessmentSignals, assessmentsSection, loadAssessments } from './assessments.js';
import { coverageFigure, coverageSection, coverageSignals, loadCoverage } from './coverage.js';
import { loadPlans, missedRuns, planSignals, plansSection } from './plans.js';
import { loadVetoes, vetoCount, vetoesSection, vetoSignals } from './vetoes.js';

/** The board's sections of checks: what has to be seen, what was seen, and what came of it. */
export const checkSections = Object.freeze([
  { key: 'plans', content: plansSection, load: loadPlans },
  { key: 'coverage', content: coverageSection, load: loadCoverage },
  { key: 'vetoes', content: vetoesSection, load: loadVetoes },
  { key: 'assessments', content: assessmentsSection, load: loadAssessments },
]);

export const checkSignals = [...planSignals, ...coverageSignals, ...vetoSignals, ...assessmentSignals];

/** The numbers on the board's buttons. @returns {Record<string, number | string | undefined>} */
export const checkCounts = () => ({
  plans: missedRuns(),
  coverage: coverageFigure(),
  vetoes: vetoCount(),
  assessments: assessmentFigure(),
});

/** Which of the buttons are red. @param {string} key */
export const alarms = (key) => (key === 'plans' && (missedRuns() ?? 0) > 0) || (key === 'vetoes' && (vetoCount() ?? 0) > 0);
