/** Self-contained HTML pages. Whatever text goes in comes out as text: there is no way to hand markup over as a string. */
export { type Attributes, buildElement, type Content, type Html, measure } from './markup.ts'
export { formatPage } from './document.ts'
export { buildFacts, buildTable } from './table.ts'
export {
  buildCode,
  buildFold,
  buildNote,
  buildSection,
  buildTime,
  formatBody,
  type Section,
} from './blocks.ts'
export { buildFinding } from './finding.ts'
export { buildStatus, type Kind, listStatuses, type Status } from './status.ts'
export { loadPlotter, type Plotter } from './plot.ts'
export { buildFigure } from './figure.ts'
export { drawLanes, type Lane } from './lanes.ts'
export { type Count, drawCounts } from './counts.ts'
export { drawDurations, type Duration } from './durations.ts'
export type { Stretch } from './scale.ts'
export type { InspectedRecording, PageExchange } from './inspected.ts'
export { formatInspection } from './inspection.ts'
