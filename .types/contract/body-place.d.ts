/** What the documented contract says about one place of a body. The trees of these are generated from the schemas in contracts/. */
export interface BodyPlace {
    /** As rule ids name it: `tags[].key`. Empty for the whole body. */
    readonly path: string;
    readonly type: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
    readonly rules: readonly BodyRule[];
    /** Of an object, by name, in the order of the page. */
    readonly members?: Readonly<Record<string, BodyPlace>>;
    /** Of an array. */
    readonly items?: BodyPlace;
    /** The page does not have it, a later model does. */
    readonly isNewer?: true;
}
/** One rule on a place. */
export interface BodyRule {
    /** `request.tags[].key.maxLength`. */
    readonly id: string;
    readonly keyword: RuleKeyword;
    /** The keyword's value; of `not`, the values that are refused, none for every value; of `code`, which rule of code. */
    readonly operand: string | number | boolean | readonly string[];
    readonly severity: 'error' | 'warning' | 'info';
    /** What must hold for the object around the place; without it the rule always holds. */
    readonly when?: readonly Condition[];
}
/** What a rule asks. `code` stands for rules that no schema can say. */
export type RuleKeyword = 'type' | 'integer' | 'required' | 'enum' | 'const' | 'pattern' | 'minLength' | 'maxLength' | 'minItems' | 'maxItems' | 'minimum' | 'maximum' | 'not' | 'code';
/** What an object must be for a rule to hold. An absent member is among any values, as JSON Schema has it. */
export type Condition = {
    readonly kind: 'present';
    readonly member: string;
} | {
    readonly kind: 'among';
    readonly member: string;
    readonly values: readonly string[];
} | {
    readonly kind: 'not';
    readonly of: Condition;
} | {
    readonly kind: 'any' | 'all';
    readonly of: readonly Condition[];
};
/** The place at the end of `steps`: a member's name, or `[]` for the items. */
export declare function findPlace(place: BodyPlace, steps: readonly string[]): BodyPlace;
