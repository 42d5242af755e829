import { type Timeline } from '../../incident/index.ts';
import { type ReportOptions } from './facts.ts';
/**
 * The same as {@link formatReport} in GitHub's Markdown, for a pull request: without pictures and bodies, and at most 65,536 characters. What is cut is
 * counted and said. Foreign text mentions nobody, links nowhere and holds no markup.
 */
export declare function formatReportMarkdown(timeline: Timeline, options?: ReportOptions): string;
