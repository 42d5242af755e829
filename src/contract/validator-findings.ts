import { parsePointer, readText } from '../protocol/index.ts'
import type { Departure, Finding, Severity } from './finding.ts'
import { createValidators, type ValidatorError, type Validators } from './generated/validators.js'
import { describeKind } from './json-copy.ts'
import {
  findNewer,
  findSource,
  formatLabel,
  formatRulePath,
  readPlace,
  type Segments,
} from './place.ts'
import { describeError } from './validator-words.ts'

/** One side of the documented contract, in one view of it. */
export interface Side {
  name: 'request' | 'response'
  /** The members that the page shows, by the name of their constant. */
  shape: ShapeName
  /** The validators of the API page, and of the ECS model and the prose of other pages, where each place has its source and severity. */
  validators: { page: ValidatorName; overlay: ValidatorName }
  /** Reports whether no rule is broken, as fast as possible. `true` is certain; `false` means that the validators have to run. */
  isQuiet(body: unknown): boolean
  /** Returns the notes about a body that breaks no rule. */
  note(body: unknown): Finding[]
  /** Checks the rules that a schema cannot express, on the value as it was written, with its null members. */
  checkRules(body: unknown): Departure[]
  /** Returns the severity that a rule of this kind has in this view; `undefined` for a rule that is not reported. */
  weigh(keyword: string, severity: Severity): Severity | undefined
}

/** The names of the validators. */
type ValidatorName = Exclude<keyof Validators, ShapeName>

/** The names of the shapes. */
type ShapeName = 'REQUEST_SHAPE' | 'RESPONSE_SHAPE'

let validators: Validators | undefined

/** Returns the validators and the shapes that their findings are described with. They are created at the first body that needs them. */
export function loadValidators(): Validators {
  validators ??= createValidators()
  return validators
}

/**
 * Runs the validators on `present` and returns their errors as departures. `written` is the same value with its null members. Messages name
 * types and do not repeat values, except short texts of a known form (never an environment entry).
 */
export function readDepartures(side: Side, present: unknown, written: unknown): Departure[] {
  const page = run(side.validators.page, present)
  const mistyped = new Set(
    page.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath),
  )
  const ofPage = page
    .filter(({ keyword, instancePath }) => keyword === 'type' || !mistyped.has(instancePath))
    .map((error) => readPageDeparture(side, error, present, written))
  const ofOverlay = run(side.validators.overlay, present)
    .filter((error) => error.keyword !== 'if' && !isWithin(mistyped, error.instancePath)) // an `if` only repeats what its `then` says
    .map((error) => readOverlayDeparture(side, error, present, written))
  return [...ofPage, ...ofOverlay].filter((departure) => departure !== undefined)
}

/** Reports whether a place, or one above it, is in `paths`. */
function isWithin(paths: ReadonlySet<string>, path: string): boolean {
  for (let end = path.length; end >= 0; end = end === 0 ? -1 : path.lastIndexOf('/', end - 1))
    if (paths.has(path.slice(0, end))) return true
  return false
}

function run(name: ValidatorName, present: unknown): ValidatorError[] {
  const validate = loadValidators()[name]
  if (validate(present)) return []
  const errors = validate.errors ?? []
  validate.errors = null // the validator would keep the checked value alive
  return errors
}

function readPageDeparture(
  side: Side,
  error: ValidatorError,
  present: unknown,
  written: unknown,
): Departure | undefined {
  if (error.keyword === 'additionalProperties')
    return readUnknownMember(side, error, present, written)
  const segments = readSegments(error, present)
  const says = error.keyword === 'pattern' ? readAnnotations(error.parentSchema).says : undefined
  return depart(side, error, segments, written, {
    severity: 'error',
    source: findSource(loadValidators()[side.shape], segments),
    says,
  })
}

function readOverlayDeparture(
  side: Side,
  error: ValidatorError,
  present: unknown,
  written: unknown,
): Departure | undefined {
  const annotations = readAnnotations(error.parentSchema)
  return depart(side, error, readSegments(error, present), written, annotations)
}

interface Annotations {
  severity: Severity
  source: string
  rule?: string | undefined
  says?: string | undefined
}

/** Reads the annotations of the rule that an error breaks. The build writes them to each place of the overlay. */
function readAnnotations(schema: unknown): Annotations {
  const read = (name: string): unknown => readPlace(schema, [name])
  const [severity, source, rule, says] = [
    read('x-severity'),
    read('x-source'),
    read('x-rule'),
    read('x-says'),
  ]
  return {
    severity: severity === 'warning' || severity === 'info' ? severity : 'error',
    source: String(source),
    rule: readText(rule),
    says: readText(says),
  }
}

function depart(
  side: Side,
  error: ValidatorError,
  segments: Segments,
  written: unknown,
  about: Annotations,
): Departure | undefined {
  const severity = side.weigh(error.keyword, about.severity)
  if (!severity) return undefined
  const path = formatRulePath(segments)
  const isFraction = error.keyword === 'type' && error.params['type'] === 'integer'
  return {
    segments,
    rule: [
      side.name,
      ...(path === '' ? [] : [path]),
      about.rule ?? (isFraction ? 'integer' : error.keyword),
    ].join('.'),
    severity,
    source: about.source,
    ...describeError(
      error,
      formatLabel(segments, side.name),
      readPlace(written, segments),
      about.says,
    ),
  }
}

/** Describes a member that the page does not have. A member of a later model has its own rule. */
function readUnknownMember(
  side: Side,
  error: ValidatorError,
  present: unknown,
  written: unknown,
): Departure | undefined {
  const segments = readSegments(error, present)
  const label = formatLabel(segments, side.name)
  const actual = describeKind(readPlace(written, segments))
  const newer = findNewer(loadValidators()[side.shape], segments)
  if (newer) {
    const message = `${label} is no member on the API page; a later model has it, since ${newer.since}`
    return {
      segments,
      rule: `${side.name}.newerMember`,
      severity: 'warning',
      message,
      source: newer.source,
      expected: 'absent',
      actual,
    }
  }
  const severity = side.weigh(error.keyword, 'error')
  if (!severity) return undefined
  const message = `${label} is no member of the StartTask ${side.name} on the API page`
  const source = findSource(loadValidators()[side.shape], segments)
  return {
    segments,
    rule: `${side.name}.unknownMember`,
    severity,
    message,
    source,
    expected: 'absent',
    actual,
  }
}

/** Returns the place of an error; for a missing or unknown member, the place of the member. Indexes of arrays are numbers. */
function readSegments(error: ValidatorError, root: unknown): Segments {
  const segments: (string | number)[] = []
  for (const text of parsePointer(error.instancePath) ?? [])
    segments.push(Array.isArray(readPlace(root, segments)) ? Number(text) : text)
  const name = error.params['missingProperty'] ?? error.params['additionalProperty']
  return typeof name === 'string' ? [...segments, name] : segments
}
