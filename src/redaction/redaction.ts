import { createHash } from 'node:crypto'

import {
  type Exchange,
  isObject,
  isTransportFailure,
  readObject,
  type RecordedRequest,
  type RecordedResponse,
  type Recording,
  type TaskStateChange,
} from '../protocol/index.ts'
import {
  chooseTelling,
  createPlaceRules,
  isFlagValue,
  isKept,
  isRedacted,
  isRemovable,
  isSecretName,
  KEPT_HEADERS,
  type Place,
  placeMember,
  type PlaceRules,
  readCredentials,
  readEnvironment,
  readPublicNames,
  readTextEnvironment,
} from './places.ts'
import {
  createPseudonyms,
  loadPseudonymKey,
  type Pseudonyms,
  REDACTED,
  REDACTED_WORD,
} from './pseudonym.ts'
import { RULES_VERSION, SECRET_PATTERNS } from './secret-patterns.ts'
import { findBeginnings, type KnownSecrets, redactSecrets } from './secret-search.ts'

declare const redacted: unique symbol

/**
 * The brand of what redaction returned. Every writer of recording content accepts only branded values, so that a recording that did not go through
 * redaction cannot reach a file. The symbol is not exported: no other module can make a branded value without a cast.
 */
export interface Redacted {
  readonly [redacted]: true
}
export type RedactedExchange = Exchange & Redacted
export type RedactedTaskState = TaskStateChange & Redacted
export type RedactedProvenance = Record<string, unknown> & Redacted

/** A recording of which each part went through redaction. {@link redactRecording} makes it, and so does `createRecording` from redacted parts. */
export interface RedactedRecording extends Recording {
  provenance: RedactedProvenance
  taskStateChanges?: RedactedTaskState[]
  exchanges: RedactedExchange[]
}

/** Options of redaction, in addition to its own rules. */
export interface RedactionOptions {
  /** What pseudonyms are made with. Without it they are equal on every machine, so that whose they are can be found out by trying. */
  key?: Uint8Array
  /**
   * Places of a body, as pointers in which `*` stands for any one index or member, whose value stays: environment values and ids as well.
   * What looks like a credential goes even there.
   */
  keep?: readonly string[]
  /** Places of a body whose values go besides: texts become one constant, numbers 0. */
  redact?: readonly string[]
}

/** Redaction under one set of rules. */
export interface Redaction {
  /** Tells this set of rules from another; the key is no part of it. */
  readonly rulesHash: string
  /**
   * Takes the secrets out of an exchange. Its headers are cut down to {@link KEPT_HEADERS}; values of container environments become one
   * constant; the credentials and environment values that came with the request, and whatever looks like a secret, go from every text,
   * encoded ones included; account ids, IP and MAC addresses and ids of network interfaces become pseudonyms of the same form that are equal
   * for equal ids. Redacting twice changes nothing, with whatever key.
   *
   * What stays: an environment value of fewer than six characters, where something else repeats it; an ordinary word (`worker`) or a name
   * that the request also asks by, where a 200 response repeats it; a password that nothing tells to be one; what `findPrivateIds` does not
   * take for an id; numbers, which are no account's. What is encoded in a way that is not named here, or more than three layers deep.
   */
  redactExchange(exchange: Exchange): RedactedExchange
  /** Redacts a task state change, by the rules of `redactExchange`. */
  redactTaskState(change: TaskStateChange): RedactedTaskState
  /** Redacts a provenance as a body, and notes the hash of the rules in it. */
  redactProvenance(provenance: Record<string, unknown>): RedactedProvenance
  /** Redacts a recording: provenance, exchanges and task state changes. */
  redactRecording(recording: Recording): RedactedRecording
  /**
   * Redacts a recording only if it needs it. Redacting twice changes nothing, so a recording in which redaction changes nothing is redacted: it is
   * returned as it is, with the hash of the rules that it went through.
   */
  redactIfNeeded(recording: Recording): { recording: RedactedRecording; places: number }
  /** As `redactExchange`, in two steps: the request's part can be done while its response is awaited. */
  redactRequest(request: RecordedRequest): RedactedRequest
  /** Redacts a request's body alone, by the rules that recorded ones went through: what is sent can then be compared with what is kept. `text` is what it was parsed from, where that is known. */
  redactRequestBody(headers: Record<string, string>, body: unknown, text?: string): unknown
}

/** A redacted request that waits for its response. */
export interface RedactedRequest {
  /** Redacts the response and returns the exchange. */
  finish(answered: Omit<Exchange, 'request'>): RedactedExchange
}

/** Redaction by our own rules and what is added to them. */
export function createRedaction({ key, keep = [], redact = [] }: RedactionOptions = {}): Redaction {
  const tools: Tools = { pseudonyms: createPseudonyms(key), rules: createPlaceRules(keep, redact) }
  let rulesHash: string | undefined
  const redaction: Redaction = {
    get rulesHash() {
      return (rulesHash ??= hashRules(keep, redact))
    },
    redactExchange: ({ request, ...answered }) => startExchange(tools, request).finish(answered),
    redactTaskState: (change) => redactTaskState(change, tools),
    redactProvenance(provenance) {
      const clean = redaction.redactRequestBody({}, provenance)
      const noted = { ...readObject(clean), redaction: redaction.rulesHash }
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- redacted in the line above
      return noted as object as RedactedProvenance
    },
    redactRecording({ provenance, taskStateChanges, exchanges, ...envelope }) {
      return {
        ...envelope,
        provenance: redaction.redactProvenance(provenance),
        ...(taskStateChanges
          ? { taskStateChanges: taskStateChanges.map((one) => redaction.redactTaskState(one)) }
          : {}),
        exchanges: exchanges.map((exchange) => redaction.redactExchange(exchange)),
      }
    },
    redactIfNeeded(recording) {
      const clean = redaction.redactRecording(recording)
      const { redaction: before } = recording.provenance
      const places = countDifferences(recording, {
        ...clean,
        provenance: { ...clean.provenance, redaction: before },
      })
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- equal to what redaction returned, but for the hash of its rules
      return { recording: places > 0 ? clean : (recording as RedactedRecording), places }
    },
    redactRequest: (request) => startExchange(tools, request),
    redactRequestBody: (headers, body, text) => {
      const values = [
        ...readCredentials(headers),
        ...chooseTelling(readEnvironment(body, tools.rules), body),
      ]
      return redactBody(body, values, tools, text)
    },
  }
  return redaction
}

/**
 * Redacts a recording, so that it can be written.
 *
 * @param options the key is the user's own by default: `STARTTASK_KEY_FILE`, or the file in the user's configuration folder
 */
export function redactRecording(
  recording: Recording,
  options: RedactionOptions = {},
): RedactedRecording {
  return createRedaction({ key: loadPseudonymKey().key, ...options }).redactRecording(recording)
}

/** Counts the places in which two values differ. */
export function countDifferences(before: unknown, after: unknown): number {
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.reduce<number>(
      (sum, item, index) => sum + countDifferences(item, after[index]),
      0,
    )
  }
  if (!isObject(before) || !isObject(after))
    return before === after || JSON.stringify(before) === JSON.stringify(after) ? 0 : 1
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].reduce((sum, name) => sum + countDifferences(before[name], after[name]), 0)
}

/** Brings a recorded request's body to the form that `redactRequestBody` gives. */
export function redactRecordedBody(body: unknown, redaction: Redaction = PLAIN): unknown {
  return redaction.redactRequestBody({}, body)
}

/** Redacts by our own rules alone, with pseudonyms that are equal on every machine. */
export function redactExchange(exchange: Exchange): RedactedExchange {
  return PLAIN.redactExchange(exchange)
}

/** As {@link redactExchange}, a request's body alone. */
export function redactRequestBody(headers: Record<string, string>, body: unknown): unknown {
  return PLAIN.redactRequestBody(headers, body)
}

const PLAIN = createRedaction()

function hashRules(keep: readonly string[], redact: readonly string[]): string {
  const rules = JSON.stringify([
    RULES_VERSION,
    SECRET_PATTERNS.map(String),
    [...KEPT_HEADERS],
    keep.toSorted(),
    redact.toSorted(),
  ])
  return `sha256-${createHash('sha256').update(rules).digest('hex').slice(0, 16)}`
}

interface Tools {
  pseudonyms: Pseudonyms
  rules: PlaceRules
}

interface Redactor {
  /** Takes secrets out of a text, and gives ids their pseudonyms. */
  readonly redactText: (text: string) => string
  /** Takes credentials out, and leaves the rest. */
  readonly redactKept: (text: string) => string
}

function startExchange(tools: Tools, request: RecordedRequest): RedactedRequest {
  const environment = [
    ...readEnvironment(request.body, tools.rules),
    ...readTextEnvironment(request.bodyText),
  ]
  const credentials = readCredentials(request.headers)
  const clean = redactRequest(
    request,
    [...credentials, ...chooseTelling(environment, request.body)],
    tools,
  )
  return {
    finish({ response, ...told }) {
      const whole: Exchange = {
        ...told,
        request: clean,
        response: isTransportFailure(response)
          ? response
          : redactResponse(response, request, { credentials, environment }, tools),
      }
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place that may say that an exchange is redacted
      return whole as RedactedExchange
    },
  }
}

function redactTaskState({ atMs, task }: TaskStateChange, tools: Tools): RedactedTaskState {
  const values = chooseTelling(readEnvironment(task, tools.rules), null)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it says here that it is redacted, and an object stays one
  return { atMs, task: redactBody(task, values, tools) } as RedactedTaskState
}

function redactRequest(
  request: RecordedRequest,
  values: readonly string[],
  tools: Tools,
): RecordedRequest {
  return {
    headers: keepHeaders(request.headers, createRedactor({ values }, tools)),
    body: redactBody(request.body, values, tools),
    ...redactBytes(request, values, tools),
  }
}

/** Errors, headers and broken bodies are prose, which no client reads for its words: there even an ordinary environment value goes. */
function redactResponse(
  response: RecordedResponse,
  { body }: RecordedRequest,
  came: { credentials: readonly string[]; environment: ReturnType<typeof readEnvironment> },
  tools: Tools,
): RecordedResponse {
  const environment = [...came.environment, ...readEnvironment(response.body, tools.rules)]
  const names = readPublicNames(body)
  const values = [
    ...came.credentials,
    ...environment.map(({ value }) => value).filter((value) => isRemovable(value, names)),
  ]
  const prose = createRedactor({ values }, tools)
  const told =
    response.status >= 400 ? values : [...came.credentials, ...chooseTelling(environment, body)]
  return {
    status: response.status,
    headers: keepHeaders(response.headers, prose),
    body: redactBody(response.body, told, tools),
    ...redactBytes(response, values, tools),
  }
}

/** What is kept of a body besides its JSON: its text, or its bytes, which are read as Latin-1 so that none is lost. */
function redactBytes(
  { bodyText, bodyBase64 }: { bodyText?: string; bodyBase64?: string },
  values: readonly string[],
  tools: Tools,
): { bodyText?: string; bodyBase64?: string } {
  const { redactText } = createRedactor({ values, hasValueTexts: true }, tools)
  return {
    ...(bodyText === undefined ? {} : { bodyText: redactText(bodyText) }),
    ...(bodyBase64 === undefined ? {} : { bodyBase64: redactBase64(bodyBase64, redactText) }),
  }
}

function redactBase64(encoded: string, redactText: (text: string) => string): string {
  if (redactText(encoded) !== encoded) return Buffer.from(REDACTED).toString('base64') // compressed, or in another encoding
  const text = Buffer.from(encoded, 'base64').toString('latin1')
  const clean = redactText(text)
  return clean === text ? encoded : Buffer.from(clean, 'latin1').toString('base64')
}

function createRedactor(told: KnownSecrets, { pseudonyms }: Tools): Redactor {
  const known = { ...told, pseudonyms }
  return {
    redactText: (text) => redactSecrets(text, known),
    redactKept: (text) => redactSecrets(text, NOTHING_KNOWN),
  }
}

const NOTHING_KNOWN: KnownSecrets = { values: [] }

function keepHeaders(
  headers: Record<string, string>,
  { redactText }: Redactor,
): Record<string, string> {
  const kept: [string, string][] = []
  for (const name of Object.keys(headers)) {
    if (KEPT_HEADERS.has(name.toLowerCase()))
      kept.push([name.toLowerCase(), redactText(headers[name] ?? '')])
  }
  return Object.fromEntries(kept)
}

function redactBody(
  body: unknown,
  values: readonly string[],
  tools: Tools,
  text?: string,
): unknown {
  return redactValue(
    body,
    createRedactor({ values, beginnings: findBeginnings(body, values, text) }, tools),
    tools.rules,
  )
}

/** The value itself where nothing of it goes; it is copied where something does. */
function redactValue(
  value: unknown,
  redactor: Redactor,
  rules: PlaceRules,
  place: Place = 'anywhere',
): unknown {
  if (value === null || value === undefined) return value
  if (Array.isArray(value)) return redactItems(value, redactor, rules, place)
  if (isObject(value)) return redactMembers(value, redactor, rules, place)
  if (isRedacted(rules))
    return typeof value === 'string' ? REDACTED : typeof value === 'boolean' ? value : 0
  if (isKept(rules)) return typeof value === 'string' ? redactor.redactKept(value) : value
  if (place !== 'anywhere') return REDACTED
  return typeof value === 'string' ? redactor.redactText(value) : value
}

/** What follows `--password` in a command is the password. */
function redactItems(
  items: readonly unknown[],
  redactor: Redactor,
  rules: PlaceRules,
  place: Place,
): readonly unknown[] {
  let clean: unknown[] | undefined
  for (let index = 0; index < items.length; index++) {
    const item = items[index]
    const below = rules.descend(String(index))
    const isGone = index > 0 && isFlagValue(items[index - 1], item) && !isKept(below)
    const made = isGone ? REDACTED : redactValue(item, redactor, below, place)
    if (made !== item) (clean ??= [...items])[index] = made
  }
  return clean ?? items
}

/** Where the service takes letters, digits and few signs. */
function isPlainText(name: string, { key, name: named }: Record<string, unknown>): boolean {
  return (
    name === 'startedBy' ||
    ((name === 'key' || name === 'value') && key !== undefined && named === undefined)
  )
}

function writePlainly(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll(REDACTED, REDACTED_WORD) : value
}

function redactMembers(
  value: Record<string, unknown>,
  redactor: Redactor,
  rules: PlaceRules,
  place: Place,
): Record<string, unknown> {
  const isSecretPair = isSecretName(value['name']) || isSecretName(value['key'])
  const names = Object.keys(value)
  let members: [string, unknown][] | undefined
  for (let index = 0; index < names.length; index++) {
    const name = names[index] ?? ''
    const member = value[name]
    const below = rules.descend(name)
    const isValue = name.toLowerCase() === 'value' && member !== null && !isKept(below)
    const isGone =
      isValue && (place === 'environment' || (isSecretPair && typeof member === 'string'))
    const clean = isGone
      ? REDACTED
      : redactValue(member, redactor, below, placeMember(name, place, member))
    const [cleanName, cleanMember] = [
      redactor.redactText(name),
      isPlainText(name, value) ? writePlainly(clean) : clean,
    ]
    if (!members && (cleanName !== name || cleanMember !== member))
      members = names.slice(0, index).map((before) => [before, value[before]])
    members?.push([cleanName, cleanMember])
  }
  return members ? Object.fromEntries(members) : value
}
