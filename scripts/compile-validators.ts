/**
 * Compiles contracts/*.json into what src/ imports: validators that need no Ajv at run time, and the documented shapes and errors as data.
 * Run it after every change in contracts/: `node scripts/compile-validators.ts`. What it writes is git-ignored.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv2020, type AnySchemaObject, type Options } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'

const ROOT = join(import.meta.dirname, '..')

/** Ajv's ESM code still asks for these with `require`, which no module has: each has its own text instead. */
const INLINED: Readonly<Record<string, string>> = {
  'require("ajv/dist/runtime/ucs2length").default':
    '(text) => { let length = 0; for (let index = 0; index < text.length; index++, length++) if (text.codePointAt(index) > 0xffff) index++; return length }',
}

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
/** Whether a value conforms; \`errors\` belongs to the latest run. */
export interface Validator {
  (value: unknown): boolean
  errors?: ValidatorError[] | null
}
`

const SHAPE_TYPES = `import type { DocumentedError, Shape } from '../shape.ts'

export declare const REQUEST_SHAPE: Shape
export declare const RESPONSE_SHAPE: Shape
/** The errors that the API page lists for StartTask, by name. */
export declare const DOCUMENTED_ERRORS: Readonly<Record<string, DocumentedError>>
`

try {
  compileContract()
  compileRecording()
} catch (error) {
  console.error(`compile-validators: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}

function compileContract(): void {
  const request = readSchema('contracts/start-task/request.schema.json')
  const response = readSchema('contracts/start-task/response.schema.json')
  const errors = readSchema('contracts/start-task/errors.json')
  const folder = 'src/contract/generated'
  writeValidators(
    `${folder}/validators`,
    { validateRequest: request, validateResponse: response },
    {
      allErrors: true,
      verbose: true,
      messages: false,
    },
  )
  writeModule(`${folder}/documented`, SHAPE_TYPES, [
    `/** @type {import('../shape.ts').Shape} */\nexport const REQUEST_SHAPE = ${JSON.stringify(readShape(request, request))}`,
    `/** @type {import('../shape.ts').Shape} */\nexport const RESPONSE_SHAPE = ${JSON.stringify(readShape(response, response))}`,
    `/** The errors that the API page lists for StartTask, by name. @type {Readonly<Record<string, import('../shape.ts').DocumentedError>>} */\nexport const DOCUMENTED_ERRORS = ${JSON.stringify(readErrors(errors))}`,
  ])
}

function compileRecording(): void {
  const path = 'contracts/recording.schema.json'
  if (!existsSync(join(ROOT, path))) return
  // The recording schema has one place of two shapes, which strict types do not allow; its reader shows the first departure alone.
  const options = { strictTypes: false, strictRequired: false }
  writeValidators('src/recording/generated/validator', { validateRecording: readSchema(path) }, options)
}

function readSchema(path: string): AnySchemaObject {
  if (!existsSync(join(ROOT, path))) throw new Error(`${path} does not exist; it is needed`)
  try {
    return JSON.parse(readFileSync(join(ROOT, path), 'utf8'))
  } catch (error) {
    throw new Error(`${path} is not JSON`, { cause: error })
  }
}

function writeValidators(file: string, schemas: Record<string, AnySchemaObject>, options: Options): void {
  const ajv = new Ajv2020({ strict: true, inlineRefs: false, ...options, code: { source: true, esm: true } })
  ajv.addVocabulary(['x-source'])
  for (const schema of Object.values(schemas)) ajv.addSchema(schema)
  const ids = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, String(schema['$id'])]))
  const code = Object.entries(INLINED).reduce((text, [call, own]) => text.replaceAll(call, own), standalone.default(ajv, ids))
  const declared = Object.keys(schemas).map((name) => `export declare const ${name}: Validator\n`)
  writeModule(file, VALIDATOR_TYPES + declared.join(''), [code])
}

function writeModule(file: string, types: string, statements: string[]): void {
  const note = '// Made by scripts/compile-validators.ts from contracts/: change those, not this.\n'
  const code = `${note}${statements.join('\n')}\n`
  const left = /\brequire\s*\([^)]*\)|\bimport\s*[({*"'][^;\n]*|\bimport\s+\w[^;\n]*/.exec(code.replaceAll(/^\/\*\*.*\*\/$/gm, ''))
  if (left) throw new Error(`${file}.js would still load something: ${left[0].slice(0, 120)}`)
  mkdirSync(dirname(join(ROOT, file)), { recursive: true })
  writeWhenChanged(join(ROOT, `${file}.js`), code)
  writeWhenChanged(join(ROOT, `${file}.d.ts`), note + types)
}

/** A file that tests of another run may be reading is left alone when it would say the same. */
function writeWhenChanged(place: string, text: string): void {
  if (!existsSync(place) || readFileSync(place, 'utf8') !== text) writeFileSync(place, text)
}

/** The schema as a tree without references: what may stand where, of which type, from which source. */
function readShape(root: AnySchemaObject, node: AnySchemaObject): object {
  const { $ref, ...beside } = node
  if (typeof $ref === 'string') return readShape(root, { ...readDefinition(root, $ref), ...beside })
  const members = Object.entries<AnySchemaObject>(node['properties'] ?? {}).map(([name, member]) => [name, readShape(root, member)])
  return {
    type: node['type'],
    source: node['x-source'],
    required: node['required'],
    members: node['type'] === 'object' ? Object.fromEntries(members) : undefined,
    items: node['items'] ? readShape(root, node['items']) : undefined,
  }
}

function readDefinition(root: AnySchemaObject, ref: string): AnySchemaObject {
  const definition = root['$defs']?.[ref.replace('#/$defs/', '')]
  if (!definition) throw new Error(`${root['$id']} has no ${ref}`)
  return definition
}

function readErrors(file: AnySchemaObject): object {
  const errors = Object.entries<AnySchemaObject>(file['errors']).map(([name, { status, fault }]) => [name, { status, fault }])
  return Object.fromEntries(errors)
}
