/** HTML and Markdown reports of incidents, and HTML pages of recordings. */
export type { ReportOptions } from './incident/facts.ts';
export { formatReportMarkdown } from './incident/report-markdown.ts';
export { formatReport, requirePictures } from './incident/report.ts';
export type { InspectedRecording, PageExchange } from './recordings/inspected.ts';
export { formatInspection } from './recordings/inspection.ts';
