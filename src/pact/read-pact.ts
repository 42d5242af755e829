/** Pact files as others write them: specifications 1 to 4, in one shape. */
import { HarnessError } from '../message/index.ts'
import {
  formatPointer,
  isObject,
  type JsonObject,
  normaliseHeaders,
  parseBody,
  readList,
  readObject,
  readText,
} from '../protocol/index.ts'

/** The largest pact file, in bytes, that is read. */
export const MAX_PACT_BYTES = 64 * 1024 * 1024
const MOST_INTERACTIONS = 100_000

/** Matchers for one place, with where they stand in the file. */
export interface ReadRule {
  /** Pact's path expression from the body's root: `$.tasks[*].taskArn`. */
  path: string
  combine: 'AND' | 'OR'
  matchers: readonly JsonObject[]
  /** JSON Pointer into the file. */
  pointer: string
}

/** One side of an interaction. */
export interface ReadPart {
  /** Of the part in the file. */
  pointer: string
  headers: Record<string, string>
  /** `undefined` when there is none. */
  body: unknown
  /** Where the body's content stands. */
  bodyPointer: string
  /** What specification 4 says that the body is. */
  contentType: string | undefined
  bodyRules: readonly ReadRule[]
  headerRules: ReadonlyMap<string, ReadRule>
  statusRules: readonly JsonObject[]
}

/** One interaction over HTTP. */
export interface ReadInteraction {
  /** From 1, as people count. */
  number: number
  pointer: string
  description: string
  states: readonly { name: string; params: JsonObject }[]
  request: ReadPart & { method: string; path: string }
  response: ReadPart & { status: number }
}

/** A pact file. */
export interface ReadPact {
  consumer: string
  provider: string
  /** The specification's number: 1 to 4. */
  version: number
  interactions: readonly ReadInteraction[]
  /** Interactions that are no HTTP: messages. */
  others: number
}

/**
 * Reads a pact file. Throws `not-json`, `too-large`, `too-deep`, and `usage` when it is no pact.
 *
 * @param file what it is called in messages
 */
export function parsePact(text: string | Uint8Array, file: string): ReadPact {
  const value = parseBody(text, MAX_PACT_BYTES)
  const [consumer, provider] = isObject(value)
    ? [readName(value['consumer']), readName(value['provider'])]
    : []
  if (!isObject(value) || consumer === undefined || provider === undefined) {
    throw refusePact(file, 'has no consumer and provider with names')
  }
  const list = value['interactions'] ?? (Array.isArray(value['messages']) ? [] : undefined)
  if (!Array.isArray(list)) throw refusePact(file, 'has no list of interactions')
  if (list.length > MOST_INTERACTIONS)
    throw refusePact(file, `has more than ${MOST_INTERACTIONS} interactions`)
  const version = readVersion(value)
  const interactions = list.flatMap((interaction: unknown, index) => {
    if (!isObject(interaction))
      throw refusePact(file, `has an interaction that is no object, /interactions/${index}`)
    return isHttp(interaction) ? [readInteraction(interaction, index, version)] : []
  })
  const messages = readList(value['messages']).length
  return {
    consumer,
    provider,
    version,
    interactions,
    others: list.length - interactions.length + messages,
  }
}

function refusePact(file: string, fact: string): HarnessError {
  return new HarnessError('usage', `${file} is not a pact file: it ${fact}.`, {
    remedy: 'name a file that a consumer test or starttask pact write made',
  })
}

function readName(value: unknown): string | undefined {
  return readText(readObject(value)['name'])
}

function readVersion({ metadata }: JsonObject): number {
  const meta = readObject(metadata)
  const said =
    readVersionText(meta['pactSpecification']) ??
    readVersionText(meta['pact-specification']) ??
    meta['pactSpecificationVersion']
  const major = Number.parseInt(readText(said) ?? '2', 10)
  return Number.isNaN(major) ? 2 : major
}

function readVersionText(value: unknown): unknown {
  return readObject(value)['version']
}

function isHttp({ type }: JsonObject): boolean {
  return type === undefined || type === 'Synchronous/HTTP'
}

function readInteraction(interaction: JsonObject, index: number, version: number): ReadInteraction {
  const pointer = `/interactions/${index}`
  const [request, response] = [
    readObject(interaction['request']),
    readObject(interaction['response']),
  ]
  const { status } = response
  return {
    number: index + 1,
    pointer,
    description: readText(interaction['description']) ?? '',
    states: readStates(interaction),
    request: {
      ...readPart(request, `${pointer}/request`, version),
      method: readText(request['method'])?.toUpperCase() ?? '',
      path: readText(request['path']) ?? '',
    },
    response: {
      ...readPart(response, `${pointer}/response`, version),
      status: typeof status === 'number' ? status : 200,
    },
  }
}

function readStates({
  providerStates,
  providerState,
  provider_state: older,
}: JsonObject): ReadInteraction['states'] {
  if (Array.isArray(providerStates)) {
    return providerStates.flatMap((state: unknown) => {
      const name = readName(state)
      return name === undefined ? [] : [{ name, params: readObject(readObject(state)['params']) }]
    })
  }
  const name = providerState ?? older
  return typeof name === 'string' ? [{ name, params: {} }] : []
}

function readPart(part: JsonObject, pointer: string, version: number): ReadPart {
  const content = readContent(part, pointer, version)
  const rules = readObject(part['matchingRules'])
  const isGrouped = version >= 3
  return {
    pointer,
    headers: readHeaders(part['headers']),
    ...content,
    bodyRules: isGrouped
      ? readRules(readObject(rules['body']), `${pointer}/matchingRules/body`)
      : readFlatRules(rules, pointer, '$.body'),
    headerRules: new Map(
      (isGrouped
        ? readRules(readObject(rules['header']), `${pointer}/matchingRules/header`)
        : readFlatRules(rules, pointer, '$.headers')
      ).map((rule) => [
        rule.path
          .replace(/^\$\.?/, '')
          .replaceAll(/^\['|'\]$/g, '')
          .toLowerCase(),
        rule,
      ]),
    ),
    statusRules: readMatchers(rules['status']).matchers,
  }
}

/** Header values as one text each, as clients join them. */
function readHeaders(value: unknown): Record<string, string> {
  const entries = Object.entries(readObject(value)).flatMap(
    ([name, content]): [string, string][] => {
      const texts = (Array.isArray(content) ? content : [content]).filter(
        (text) => typeof text === 'string',
      )
      return texts.length > 0 ? [[name, texts.join(', ')]] : []
    },
  )
  return normaliseHeaders(Object.fromEntries(entries))
}

function readContent(
  part: JsonObject,
  pointer: string,
  version: number,
): Pick<ReadPart, 'body' | 'bodyPointer' | 'contentType'> {
  const body = part['body']
  if (version < 4)
    return {
      body: typeof body === 'string' ? decodeText(body) : body,
      bodyPointer: `${pointer}/body`,
      contentType: undefined,
    }
  const { content, contentType, encoded } = readObject(body)
  return {
    body: encoded === 'base64' || encoded === true ? decodeContent(content) : content,
    bodyPointer: `${pointer}/body/content`,
    contentType: readText(contentType),
  }
}

/** A body that the file keeps as base64: JSON when it is, else its text. */
function decodeContent(content: unknown): unknown {
  return typeof content === 'string'
    ? decodeText(Buffer.from(content, 'base64').toString('utf8'))
    : content
}

function decodeText(text: string): unknown {
  try {
    return parseBody(text)
  } catch {
    return text
  }
}

/** The rules of one body, by their paths. */
export function readRules(rules: JsonObject, pointer: string): ReadRule[] {
  return Object.entries(rules).map(([path, rule]) => ({
    path,
    ...readMatchers(rule),
    pointer: `${pointer}${formatPointer([path])}`,
  }))
}

/** Specification 2 has one map of rules for all parts: `$.body.tasks[0].taskArn`. */
function readFlatRules(rules: JsonObject, pointer: string, start: string): ReadRule[] {
  return Object.entries(rules).flatMap(([path, rule]): ReadRule[] => {
    const isHere = path === start || path.startsWith(`${start}.`) || path.startsWith(`${start}[`)
    if (!isHere || !isObject(rule)) return []
    const matcher =
      rule['match'] === undefined
        ? { ...rule, match: rule['regex'] === undefined ? 'type' : 'regex' }
        : rule
    return [
      {
        path: `$${path.slice(start.length)}`,
        combine: 'AND',
        matchers: [matcher],
        pointer: `${pointer}/matchingRules${formatPointer([path])}`,
      },
    ]
  })
}

function readMatchers(rule: unknown): Pick<ReadRule, 'combine' | 'matchers'> {
  const { combine, matchers } = readObject(rule)
  return {
    combine: combine === 'OR' ? 'OR' : 'AND',
    matchers: Array.isArray(matchers) ? matchers.filter((matcher) => isObject(matcher)) : [],
  }
}
