import { type JsonObject } from '../protocol/index.ts';
import { type Fact, type Origin, type Requirement } from './model.ts';
/** A schema of contracts/ at one place, without its references and branches; several may say something about one place, the page's first. */
export interface Fragment {
    /** The document that it is of, for its references. */
    readonly root: JsonObject;
    readonly schema: JsonObject;
    readonly origin: Origin;
    /** Members that are required as long as another is absent: `if` without it, `then` required. */
    readonly requiredUnless: readonly (Requirement & {
        name: string;
    })[];
    /** What no model can say: rules under a condition, and values that are refused. */
    readonly conditions: readonly Fact<string>[];
}
/** What page and overlay say about the whole. */
export declare function readFragments(page: JsonObject, overlay: JsonObject): Fragment[];
/** What the fragments of a place say about its items, or about one of its members. */
export declare function readMemberFragments(fragments: readonly Fragment[], keyword: 'items' | 'properties', name?: string): Fragment[];
