/**
 * Writes a function that says whether a value surely conforms to several schemas laid over each other. It may say no too often, never yes:
 * a `then` is asked for whether its `if` holds or not, lengths are those of UTF-16, long arrays and objects of a class are refused. So it
 * needs no paths and no errors, and costs a fraction of a validator that does.
 */
import type { AnySchemaObject } from 'ajv/dist/2020.js'

/** The longest array that a quick look reads. */
const MAX_ITEMS = 1000

/** The text of an exported function `name`, after the functions and patterns that it uses. The first schema is closed and says the types. */
export function formatQuickLook(name: string, schemas: AnySchemaObject[]): string {
  const lines: string[] = []
  const whole = addPlace(name.replace('isQuiet', 'is'), schemas, lines)
  return [...lines, `export function ${name}(body) { return ${whole('body')} }`].join('\n')
}

/** An expression that tests what it is given. */
type Test = (value: string) => string

function addPlace(name: string, schemas: readonly AnySchemaObject[], lines: string[]): Test {
  const rules = schemas.flatMap(flatten)
  const type = rules.find((rule) => rule['type'] !== undefined)?.['type']
  if (rules.some(({ not }) => not && Object.keys(not).every((keyword) => keyword.startsWith('x-'))))
    return () => 'false'
  if (type === 'object') return addObject(name, rules, lines)
  if (type === 'array') return addArray(name, rules, lines)
  return addScalar(name, String(type), rules, lines)
}

/** A schema and all that holds beside it, conditions taken as met. */
function flatten(schema: AnySchemaObject): AnySchemaObject[] {
  const { allOf = [], then } = schema
  return [schema, ...allOf.flatMap(flatten), ...(then ? flatten(then) : [])]
}

function addObject(name: string, rules: readonly AnySchemaObject[], lines: string[]): Test {
  const [page = {}] = rules
  const cases = Object.keys(page['properties']).map((member) => {
    const test = addPlace(
      name,
      rules.map((rule) => rule['properties']?.[member]).filter(Boolean),
      lines,
    )
    return `case ${JSON.stringify(member)}: if (m !== undefined && !(${test('m')})) return false; break`
  })
  const required = [...new Set(rules.flatMap((rule) => rule['required'] ?? []))].map(
    (member) => ` && v.${member} !== undefined`,
  )
  const own = `${name}${lines.length}`
  lines.push(
    `function ${own}(v) {`,
    `  if (typeof v !== 'object' || v === null) return false`,
    `  const p = Object.getPrototypeOf(v)`,
    `  if (p !== Object.prototype && p !== null) return false`,
    `  for (const k in v) { const m = v[k]; switch (k) {`,
    ...cases.map((text) => `    ${text}`),
    `    default: return false`,
    `  } }`,
    `  return true${required.join('')}`,
    `}`,
  )
  return (value) => `${own}(${value})`
}

function addArray(name: string, rules: readonly AnySchemaObject[], lines: string[]): Test {
  const most = Math.min(MAX_ITEMS, ...rules.flatMap(({ maxItems }) => maxItems ?? []))
  const least = Math.max(0, ...rules.flatMap(({ minItems }) => minItems ?? []))
  const test = addPlace(name, rules.map((rule) => rule['items']).filter(Boolean), lines)
  const own = `${name}${lines.length}`
  lines.push(
    `function ${own}(v) {`,
    `  if (!(Array.isArray(v) && v.length <= ${most} && v.length >= ${least})) return false`,
    `  for (let i = 0; i < v.length; i++) { const m = v[i]; if (!(${test('m')})) return false }`,
    `  return true`,
    `}`,
  )
  return (value) => `${own}(${value})`
}

function addScalar(
  name: string,
  type: string,
  rules: readonly AnySchemaObject[],
  lines: string[],
): Test {
  const tests = rules.flatMap((rule) => formatRule(rule, name, lines))
  return (value) =>
    [`typeof ${value} === '${type}'`, ...tests.map((test) => test(value))].join(' && ')
}

function formatRule(rule: AnySchemaObject, name: string, lines: string[]): Test[] {
  const tests: Test[] = []
  for (const [keyword, limit] of Object.entries(rule)) {
    const test = formatKeyword(keyword, limit, name, lines)
    if (test) tests.push(test)
    else if (!KNOWN.has(keyword) && !keyword.startsWith('x-'))
      throw new Error(`the quick look does not know the keyword ${keyword}`)
  }
  return tests
}

/** Keywords that ask nothing of a scalar, or were taken apart already. */
const KNOWN: ReadonlySet<string> = new Set(['type', '$comment', 'title', 'allOf', 'if', 'then'])

function formatKeyword(
  keyword: string,
  operand: unknown,
  name: string,
  lines: string[],
): Test | undefined {
  const limit = Number(operand)
  switch (keyword) {
    case 'maxLength':
      return (value) => `${value}.length <= ${limit}`
    case 'minLength':
      return (value) => `${value}.length >= ${limit}`
    case 'minimum':
      return (value) => `${value} >= ${limit}`
    case 'maximum':
      return (value) => `${value} <= ${limit}`
    case 'pattern':
      return formatPattern(operand, `${name}${lines.length}`, lines)
    case 'enum':
      return (value) => `(${formatOneOf(value, operand)})`
    case 'const':
      return (value) => formatOneOf(value, [operand])
    case 'not':
      return (value) => `!(${formatOneOf(value, readEnum(operand))})`
    case 'type':
      return operand === 'integer'
        ? (value) => `Number.isInteger(${value})`
        : operand === 'number'
          ? (value) => `Number.isFinite(${value})`
          : undefined
    default:
      return undefined
  }
}

function formatPattern(pattern: unknown, own: string, lines: string[]): Test {
  lines.push(`const ${own} = new RegExp(${JSON.stringify(pattern)}, 'u')`)
  return (value) => `${own}.test(${value})`
}

function formatOneOf(value: string, allowed: unknown): string {
  if (!Array.isArray(allowed) || allowed.length === 0)
    throw new Error('the quick look needs values to compare with')
  return allowed.map((one) => `${value} === ${JSON.stringify(one)}`).join(' || ')
}

function readEnum(schema: unknown): unknown {
  return typeof schema === 'object' && schema !== null && 'enum' in schema ? schema.enum : undefined
}
