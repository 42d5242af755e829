/** The documented contract of one place of a body. Trees of places are generated from the schemas in contracts/. */
export interface BodyPlace {
  /** The path in rule ids: `tags[].key`. Empty for the complete body. */
  readonly path: string
  readonly type: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean'
  readonly rules: readonly BodyRule[]
  /** Of an object, by name, in the order of the page. */
  readonly members?: Readonly<Record<string, BodyPlace>>
  /** Of an array. */
  readonly items?: BodyPlace
  /** The page does not have it, a later model does. */
  readonly isNewer?: true
}

/** One rule on a place. */
export interface BodyRule {
  /** `request.tags[].key.maxLength`. */
  readonly id: string
  readonly keyword: RuleKeyword
  /** The keyword's value; of `not`, the values that are refused, none for every value; of `code`, which rule of code. */
  readonly operand: string | number | boolean | readonly string[]
  readonly severity: 'error' | 'warning' | 'info'
  /** Conditions on the object that has the place as a member. Without them the rule always applies. */
  readonly when?: readonly Condition[]
}

/** The keyword of a rule. `code` is for rules that a schema cannot express. */
export type RuleKeyword =
  | 'type'
  | 'integer'
  | 'required'
  | 'enum'
  | 'const'
  | 'pattern'
  | 'minLength'
  | 'maxLength'
  | 'minItems'
  | 'maxItems'
  | 'minimum'
  | 'maximum'
  | 'not'
  | 'code'

/** A condition on an object. An absent member satisfies `among`, as in JSON Schema. */
export type Condition =
  | { readonly kind: 'present'; readonly member: string }
  | { readonly kind: 'among'; readonly member: string; readonly values: readonly string[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'any' | 'all'; readonly of: readonly Condition[] }

/** Finds the place at the end of `steps`: names of members, and `[]` for items. */
export function findPlace(place: BodyPlace, steps: readonly string[]): BodyPlace {
  return steps.reduce((above, step) => {
    const next = step === '[]' ? above.items : above.members?.[step]
    if (!next) throw new Error(`${above.path || 'the whole body'} has no ${step}.`)
    return next
  }, place)
}
