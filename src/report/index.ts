/** HTML and Markdown reports of incidents, and HTML pages of recordings. */
export type { ReportOptions } from './incident/facts.ts'
export { formatReportMarkdown } from './incident/markdown.ts'
export { formatReport, requirePictures } from './incident/html.ts'
export { formatInspection } from './recordings/html.ts'
export type {
  Inspected,
  InspectedFile,
  InspectedRecording,
  PageExchange,
} from './recordings/inspected.ts'
export { createPageBuilder } from './recordings/builder.ts'
export {
  type ExchangeFilter,
  type ExchangeSummary,
  fitsFilter,
  summariseExchange,
} from './recordings/summary.ts'
