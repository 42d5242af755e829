import type { Finding, Severity } from './finding.ts';
import type { Segments } from './place.ts';
import type { ShapeName, ValidatorName } from './validators.ts';
/** Something wrong at a place, before it has its pointer. */
export type Departure = Omit<Finding, 'pointer'> & {
    segments: Segments;
};
/** One side of the documented contract, in one view of it. */
export interface Side {
    name: 'request' | 'response';
    /** What the page shows, by the name that it is loaded under. */
    shape: ShapeName;
    /** Of the API page; and of the ECS model and the prose of other pages, where each place has its source and severity. */
    validators: {
        page: ValidatorName;
        overlay: ValidatorName;
    };
    /** Whether no rule can be broken, at a glance: a `false` only says that a closer look is needed. */
    isQuiet(body: unknown): boolean;
    /** What is said of a quiet body all the same. */
    note(body: unknown): Finding[];
    /** The rules that no schema can say; they get the value as it was written, nulls included. */
    checkRules(body: unknown): Departure[];
    /** The severity that a rule of this kind has in this view; `undefined`: not reported. */
    weigh(keyword: string, severity: Severity): Severity | undefined;
}
