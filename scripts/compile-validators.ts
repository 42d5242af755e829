/**
 * Compiles contracts/*.json into what src/ imports: validators that need no Ajv at run time, and the documented shapes and errors as data.
 * Run it after every change in contracts/: `node scripts/compile-validators.ts`. What it writes is git-ignored.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv2020, type AnySchemaObject, type Options } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import { readJson, resolveOverlay, resolveReferences, ROOT } from './contract-schemas.ts'
import { formatQuickLook } from './quick-look.ts'

/** Ajv's ESM code still asks for these with `require`, which no module has: each has its own text instead. */
const INLINED: Readonly<Record<string, string>> = {
  'require("ajv/dist/runtime/ucs2length").default':
    '(text) => { let length = 0; for (let index = 0; index < text.length; index++, length++) if (text.codePointAt(index) > 0xffff) index++; return length }',
}

/** The overlay's subschemas say no type where the page's schema says it. */
const LENIENT: Options = { strictTypes: false, strictRequired: false }

const ANNOTATIONS = [
  'x-source',
  'x-severity',
  'x-rule',
  'x-says',
  'x-newer',
  'x-accepted',
  'x-refused',
  'x-refused-beside',
]

const VALIDATOR_TYPES = `/** One departure, as Ajv reports it. */
export interface ValidatorError {
  instancePath: string
  schemaPath: string
  keyword: string
  params: Record<string, unknown>
  message?: string
  schema?: unknown
  parentSchema?: unknown
  data?: unknown
}
/** Reports whether a value conforms; \`errors\` belongs to the latest run. */
export interface Validator {
  (value: unknown): boolean
  errors?: ValidatorError[] | null
}
`

const QUICK_TYPES = `/** Reports whether a body breaks no rule of page and overlay. \`true\` is certain. It may throw for a body with members that throw. */
export declare function isQuietRequest(body: unknown): boolean
/** The same as \`isQuietRequest\`, for the body of an HTTP 200. */
export declare function isQuietResponse(body: unknown): boolean
`

const RULE_IDS_TYPES = `/** The id of every rule that a finding of the contract can name. */
export declare const RULE_IDS: readonly string[]
`

const CATALOGUE_TYPES = `import type { RuleDescription } from '../rules.ts'

/** The catalogue of rules, by id. */
export declare const CATALOGUE: Readonly<Record<string, RuleDescription>>
`

const SHAPE_TYPES = `import type { ResponseFault, CommonError, DocumentedError, FailureReason, NewerMember, RuleInCode, ServiceMessage, TransportFault } from '../shape.ts'

/** The rules that no schema can say, by id. */
export declare const RULES_IN_CODE: Readonly<Record<string, RuleInCode>>
/** The errors that the API page lists for StartTask, by name. */
export declare const DOCUMENTED_ERRORS: Readonly<Record<${listNames('errors')}, DocumentedError>>
/** The errors common to all actions, by name. */
export declare const COMMON_ERRORS: Readonly<Record<${listNames('commonErrors')}, CommonError>>
/** What can come back instead of AWS JSON, by name. */
export declare const TRANSPORT_FAULTS: Readonly<Record<${listNames('transportFaults')}, TransportFault>>
/** What can befall a response that comes back, by name; \`ms\` is in milliseconds. */
export declare const RESPONSE_FAULTS: Readonly<Record<${listNames('responseFaults')}, ResponseFault>>
/** Why a container instance got no task, by \`reason\`. */
export declare const FAILURE_REASONS: Readonly<Record<${listNames('failureReasons')}, FailureReason>>
/** Texts that users saw from the service, by what they are about. */
export declare const SERVICE_MESSAGES: Readonly<Record<${listNames('messages')}, ServiceMessage>>
`

try {
  compileContract()
  compileRecording()
  compileConfig()
} catch (error) {
  console.error(`compile-validators: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}

function compileContract(): void {
  const [request, response] = [
    readJson('contracts/start-task/request.schema.json'),
    readJson('contracts/start-task/response.schema.json'),
  ]
  const requestOverlay = resolveOverlay(
    readJson('contracts/start-task/request.overlay.schema.json'),
  )
  const responseOverlay = resolveOverlay(
    readJson('contracts/start-task/response.overlay.schema.json'),
  )
  const folder = 'src/contract/generated'
  writeContractValidators(
    `${folder}/validators`,
    {
      validateRequest: request,
      validateResponse: response,
      validateRequestOverlay: requestOverlay,
      validateResponseOverlay: responseOverlay,
    },
    {
      REQUEST_SHAPE: readShape(resolveReferences(request), requestOverlay),
      RESPONSE_SHAPE: readShape(resolveReferences(response), responseOverlay),
    },
  )
  writeModule(`${folder}/quick-looks`, QUICK_TYPES, [
    formatQuickLook('isQuietRequest', [resolveReferences(request), requestOverlay]),
    formatQuickLook('isQuietResponse', [resolveReferences(response), responseOverlay]),
  ])
  writeModule(`${folder}/catalogue`, CATALOGUE_TYPES, [readCatalogue()])
  writeModule(`${folder}/rule-ids`, RULE_IDS_TYPES, [declareRuleIds()])
  writeModule(`${folder}/documented`, SHAPE_TYPES, [...readRulesInCode(), ...readErrors()])
}

/** The ids alone: a configuration file is read against them, and the catalogue's texts are large. */
function declareRuleIds(): string {
  const rules: AnySchemaObject[] = readJson('contracts/start-task/rules.json')['rules']
  return `/** @type {readonly string[]} */\nexport const RULE_IDS = ${JSON.stringify(rules.map(({ id }) => id).join(' '))}.split(' ')`
}

/** What a finding's reader may want of the catalogue: all but the examples. */
function readCatalogue(): string {
  const rules: AnySchemaObject[] = readJson('contracts/start-task/rules.json')['rules']
  const known = rules.map(
    ({ id, side, severity, source, says }) => [id, { side, severity, source, says }] as const,
  )
  return `/** @type {Readonly<Record<string, import('../rules.ts').RuleDescription>>} */\nexport const CATALOGUE = ${JSON.stringify(Object.fromEntries(known))}`
}

function readRulesInCode(): string[] {
  const rules: AnySchemaObject[] = readJson('contracts/start-task/rules-in-code.json')['rules']
  const known = rules.map(({ id, severity, source }) => [id, { severity, source }] as const)
  return [declareTable('RULES_IN_CODE', 'RuleInCode', Object.fromEntries(known))]
}

function declareTable(name: string, type: string, table: object): string {
  return `/** @type {Readonly<Record<string, import('../shape.ts').${type}>>} */\nexport const ${name} = JSON.parse(${JSON.stringify(JSON.stringify(table))})`
}

/** The names in a table of the error catalogue, as a union of TypeScript. */
function listNames(member: string): string {
  const names = Object.keys(readJson('contracts/start-task/errors.json')[member])
  return names.map((name) => `'${name}'`).join(' | ')
}

/** Catalogue tables without what only a reader of contracts/ needs. */
function readErrors(): string[] {
  const file = readJson('contracts/start-task/errors.json')
  const table = (member: string) =>
    Object.fromEntries(
      Object.entries<AnySchemaObject>(file[member]).map(
        ([name, { 'x-source': _source, ...entry }]) => [name, entry],
      ),
    )
  return [
    declareTable('DOCUMENTED_ERRORS', 'DocumentedError', table('errors')),
    declareTable('COMMON_ERRORS', 'CommonError', table('commonErrors')),
    declareTable('TRANSPORT_FAULTS', 'TransportFault', table('transportFaults')),
    declareTable('RESPONSE_FAULTS', 'ResponseFault', table('responseFaults')),
    declareTable('FAILURE_REASONS', 'FailureReason', table('failureReasons')),
    declareTable('SERVICE_MESSAGES', 'ServiceMessage', table('messages')),
  ]
}

function compileRecording(): void {
  const path = 'contracts/recording.schema.json'
  if (!existsSync(join(ROOT, path))) return
  // The recording schema has one place of two shapes, which strict types do not allow; its reader shows the first departure alone.
  const options = { strictTypes: false, strictRequired: false }
  writeValidators(
    'src/recording/generated/validator',
    { validateRecording: readJson(path) },
    options,
  )
}

function compileConfig(): void {
  // Its reader shows the first departure, with the members and values that the schema allows there.
  writeValidators(
    'src/config/generated/validator',
    { validateConfig: readJson('contracts/config.schema.json') },
    { verbose: true },
  )
}

/** Writes validators as constants of a module. */
function writeValidators(
  file: string,
  schemas: Record<string, AnySchemaObject>,
  options: Options,
): void {
  const declared = Object.keys(schemas).map((name) => `export declare const ${name}: Validator\n`)
  const types = [VALIDATOR_TYPES, ...declared].join('')
  writeModule(file, types, [compileValidators(schemas, options)])
}

/**
 * Writes a function that creates the validators of the contract, and the shapes that their findings are described with. They are large, and
 * a body that breaks no rule does not need them: as a function, Node.js neither compiles nor runs them when the package is loaded.
 */
function writeContractValidators(
  file: string,
  schemas: Record<string, AnySchemaObject>,
  shapes: Record<string, object>,
): void {
  const code = compileValidators(schemas, {
    ...LENIENT,
    allErrors: true,
    verbose: true,
    messages: false,
  }).replaceAll('export const validate', 'const validate')
  const declared = [
    ...Object.keys(schemas).map((name) => `  ${name}: Validator\n`),
    ...Object.keys(shapes).map((name) => `  ${name}: Shape\n`),
  ]
  const types = [
    "import type { Shape } from '../shape.ts'\n\n",
    VALIDATOR_TYPES,
    '/** The validators of the contract, and the shapes that their findings are described with. */\n',
    `export interface Validators {\n${declared.join('')}}\n`,
    '/** Creates the validators: it takes some milliseconds. */\n',
    'export declare function createValidators(): Validators\n',
  ].join('')
  writeModule(file, types, [
    'export function createValidators() {',
    code,
    ...Object.entries(shapes).map(([name, value]) => `const ${name} = ${JSON.stringify(value)}`),
    `return { ${[...Object.keys(schemas), ...Object.keys(shapes)].join(', ')} }`,
    '}',
  ])
}

function compileValidators(schemas: Record<string, AnySchemaObject>, options: Options): string {
  const ajv = new Ajv2020({
    strict: true,
    inlineRefs: false,
    ...options,
    code: { source: true, esm: true },
  })
  ajv.addVocabulary(ANNOTATIONS)
  for (const schema of Object.values(schemas)) ajv.addSchema(schema)
  const ids = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, String(schema['$id'])]),
  )
  return Object.entries(INLINED).reduce(
    (text, [call, own]) => text.replaceAll(call, own),
    standalone.default(ajv, ids),
  )
}

function writeModule(file: string, types: string, statements: string[]): void {
  const note = '// Made by scripts/compile-validators.ts from contracts/: change those, not this.\n'
  const code = `${note}${statements.join('\n')}\n`
  const left = /\brequire\s*\([^)]*\)|\bimport\s*[({*"'][^;\n]*|\bimport\s+\w[^;\n]*/.exec(
    code.replaceAll(/^\/\*\*.*\*\/$/gm, ''),
  )
  if (left) throw new Error(`${file}.js would still load something: ${left[0].slice(0, 120)}`)
  mkdirSync(dirname(join(ROOT, file)), { recursive: true })
  writeWhenChanged(join(ROOT, `${file}.js`), code)
  writeWhenChanged(join(ROOT, `${file}.d.ts`), note + types)
}

/** A file that tests of another run may be reading is left alone when it would say the same. */
function writeWhenChanged(place: string, text: string): void {
  if (!existsSync(place) || readFileSync(place, 'utf8') !== text) writeFileSync(place, text)
}

/** Page and overlay as one tree: what may stand where, of which type, from which source, and what later models have beside it. */
function readShape(page: AnySchemaObject, overlay: AnySchemaObject | undefined): object {
  const members = Object.entries<AnySchemaObject>(page['properties'] ?? {}).map(
    ([name, member]) => [name, readShape(member, overlay?.['properties']?.[name])],
  )
  const newer = Object.entries<AnySchemaObject>(overlay?.['x-newer'] ?? {}).map(
    ([name, member]) => [name, { since: member['x-since'], source: member['x-source'] }],
  )
  return {
    type: page['type'],
    source: page['x-source'],
    required: page['required'],
    members: page['type'] === 'object' ? Object.fromEntries(members) : undefined,
    newer: newer.length > 0 ? Object.fromEntries(newer) : undefined,
    items: page['items'] ? readShape(page['items'], overlay?.['items']) : undefined,
  }
}
