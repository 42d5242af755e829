/** Self-contained HTML pages. Whatever text goes in comes out as text: there is no way to hand markup over as a string. */
export { type Attributes, buildElement, type Content, type Html } from './markup.ts'
export { formatPage, type Page } from './document.ts'
export { buildFacts, buildTable, type Column, type Table } from './table.ts'
export { buildBody, buildFold, buildNote, buildSection, buildTime, type Section } from './blocks.ts'
export { buildFinding, type PageFinding } from './finding.ts'
export { buildStatus, listStatuses, type Status } from './status.ts'
export type { InspectedRecording, PageExchange } from './inspected.ts'
export { formatInspection } from './inspection.ts'
