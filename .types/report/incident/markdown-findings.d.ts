import type { IncidentFinding } from '../../incident/index.ts';
import type { Fitted } from './budget.ts';
import { type Place } from './facts.ts';
/** What is shown, and in a line of its own how many are not. */
export declare function tellShown(fitted: Fitted<unknown, string>, what: string, join: (lines: readonly string[]) => string): string[];
/** Lines one under the other. */
export declare function joinLines(lines: readonly string[]): string;
/** A finding as an item of a list; without the times and events of a timeline that is not shown. */
export declare function formatFinding({ severity, rule, message, basis, how, atMs, events }: IncidentFinding, clock: Place['clock'] | undefined): string;
