/** Self-contained HTML pages. Whatever text goes in comes out as text: there is no way to hand markup over as a string. */
export { buildCode, buildFold, buildNote, buildSection, buildTime, formatBody, type Section, } from './blocks.ts';
export { type Count, drawCounts } from './counts.ts';
export { formatPage } from './document.ts';
export { drawDurations, type Duration } from './durations.ts';
export { buildFigure } from './figure.ts';
export { buildFinding } from './finding.ts';
export { drawLanes, type Lane } from './lanes.ts';
export { type Attributes, buildElement, type Content, type Html, measure } from './markup.ts';
export { loadPlotter, type Plotter } from './plot.ts';
export type { Stretch } from './scale.ts';
export { buildStatus, type Kind, listStatuses, type Status } from './status.ts';
export { buildFacts, buildTable } from './table.ts';
