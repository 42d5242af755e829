/** One interaction served by Pact's mock server, behind a listener that reports mismatches in the client's own protocol. */
import { request as sendHttp } from 'node:http'

import { checkRequest, type Finding } from '../contract/index.ts'
import { startListener } from '../listener/index.ts'
import {
  buildErrorResponse,
  formatPointer,
  isObject,
  MAX_BODY_BYTES,
  parseBody,
  readList,
  readObject,
  readText,
  type WireResponse,
} from '../protocol/index.ts'
import { type Details, formatMessage, formatValueBriefly } from '../message/index.ts'
import type { PactInteraction } from './interaction.ts'
import type { Matcher, Rule } from './matchers.ts'
import { loadPactCore, type NativeInteraction, type NativePact } from './pact-core.ts'
import { formatPathPointer } from './pact-path.ts'

/** The name of the error that a client meets whose request is not the one of the interaction. */
const MISMATCH_ERROR = 'ConsumerContractMismatch'

/** What the client did. */
export interface Requests {
  /** What its requests asked for: attempts of one invocation count once. */
  invocations: number
  /** What does not match, one line each, of the first request that does not. */
  mismatches: readonly string[]
}

/** A running mock of one interaction. */
export interface MockService extends AsyncDisposable {
  readonly url: string
  requests(): Requests
}

/** Starts Pact's mock server for one interaction. Throws `not-found` where Pact is not installed. */
export async function startMockService(
  consumer: string,
  interaction: PactInteraction,
): Promise<MockService> {
  const pact = loadPactCore().makeConsumerPact(consumer, 'AmazonECS', SPECIFICATION_4, 'error')
  fill(pact.newInteraction(interaction.description), interaction)
  const port = pact.createMockServer('127.0.0.1', 0, false)
  const requests = new Set<string>()
  let mismatches: readonly string[] = []
  const listener = await startListener({
    maxBodyBytes: MAX_BODY_BYTES,
    refuse: (status, name, message) => reject(status, name, message),
    async respond(received) {
      requests.add(received.headers['amz-sdk-invocation-id'] ?? `request ${requests.size + 1}`)
      const { isMatched, response } = await forward(port, received)
      if (isMatched) return response
      const found = describeMismatches(pact, port, interaction, received.body)
      if (mismatches.length === 0) mismatches = found
      return reject(
        400,
        MISMATCH_ERROR,
        formatMessage(describeRejected(interaction.description, found)),
      )
    },
  })
  return {
    url: listener.url,
    requests: () => ({ invocations: requests.size, mismatches }),
    async [Symbol.asyncDispose]() {
      await listener.stop()
      pact.cleanupMockServer(port)
    },
  }
}

/** FfiSpecificationVersion of pact-core 20. */
const SPECIFICATION_4 = 5

/** Describes a request that does not match: the client and the test get the same parts. */
export function describeRejected(
  description: string,
  mismatches: readonly string[],
): { summary: string; details: Details; remedy: string } {
  return {
    summary: `The request is not the one of the interaction ${JSON.stringify(description)}.`,
    details: mismatches.map((line) => ['place', line]),
    remedy: 'send what the interaction says, or say in uponReceiving what is sent',
  }
}

function reject(status: number, name: string, message: string): WireResponse {
  return buildErrorResponse(
    status,
    { name, message },
    { now: Date.now(), requestId: crypto.randomUUID() },
  )
}

function fill(
  native: NativeInteraction,
  { providerStates = [], request, response }: PactInteraction,
): void {
  for (const { name, params = {} } of providerStates)
    native.givenWithParams(name, JSON.stringify(params))
  native.withRequest(request.method, request.path)
  for (const [name, values] of Object.entries(request.headers)) {
    native.withRequestHeader(name, 0, formatHeader(values, request.matchingRules.header[name]))
  }
  native.withRequestBody(JSON.stringify(request.body.content), request.body.contentType)
  native.withRequestMatchingRules(
    JSON.stringify({ body: request.matchingRules.body, header: request.matchingRules.header }),
  )
  native.withStatus(response.status)
  for (const [name, values] of Object.entries(response.headers))
    native.withResponseHeader(name, 0, formatHeader(values, undefined))
  native.withResponseBody(JSON.stringify(response.body.content), response.body.contentType)
}

/** With its rule in one, as the core takes it: a rule that comes later does not reach the type of the body. */
function formatHeader(values: readonly string[], rule: Rule | undefined): string {
  const [value = ''] = values
  const matcher: Matcher | undefined = rule?.matchers[0]
  return matcher?.match === 'regex'
    ? JSON.stringify({ 'pact:matcher:type': 'regex', regex: matcher.regex, value })
    : value
}

interface Received {
  method: string
  url: string
  headers: Record<string, string>
  body: Uint8Array
}

function forward(
  port: number,
  { method, url, headers, body }: Received,
): Promise<{ isMatched: boolean; response: WireResponse }> {
  return new Promise((resolve, refuse) => {
    const sent = sendHttp(
      {
        host: '127.0.0.1',
        port,
        method,
        path: url,
        headers: { ...headers, host: `127.0.0.1:${port}` },
      },
      (response) => {
        const pieces: Buffer[] = []
        response.on('data', (piece: Buffer) => pieces.push(piece))
        response.on('error', refuse)
        response.on('end', () => {
          const {
            'x-pact': pact,
            'content-type': contentType = '',
            'x-amzn-requestid': requestId,
          } = response.headers
          resolve({
            isMatched: pact === undefined,
            response: {
              status: response.statusCode ?? 500,
              headers: {
                'content-type': contentType,
                'x-amzn-requestid': typeof requestId === 'string' ? requestId : crypto.randomUUID(),
              },
              body: Buffer.concat(pieces),
            },
          })
        })
      },
    )
    sent.on('error', refuse)
    sent.end(body)
  })
}

function describeMismatches(
  pact: NativePact,
  port: number,
  interaction: PactInteraction,
  body: Uint8Array,
): string[] {
  const sent = readSent(body)
  const seen = pact
    .mockServerMismatches(port)
    .flatMap((result) => readList(readObject(result)['mismatches']))
  const told = seen.flatMap((mismatch: unknown) =>
    isObject(mismatch) ? describeMismatch(mismatch, interaction, sent) : [],
  )
  const findings = isObject(sent)
    ? checkRequest(sent).filter(({ severity }) => severity === 'error')
    : []
  const places = [
    ...new Set(told.length > 0 ? told : ['the request: Pact matches no part of it']),
  ].toSorted() // the core has no order of its own
  return [...places, ...findings.map(formatFinding)]
}

function formatFinding({ pointer, rule, message }: Finding): string {
  return `${pointer} breaks the documented contract, ${rule}: ${message}`
}

function readSent(body: Uint8Array): unknown {
  try {
    return parseBody(body)
  } catch {
    return undefined
  }
}

function describeMismatch(
  mismatch: { [member: string]: unknown },
  interaction: PactInteraction,
  sent: unknown,
): string[] {
  const { type, path, key, mismatch: text } = mismatch
  const message = typeof text === 'string' ? text : formatValueBriefly(mismatch)
  switch (type) {
    case 'BodyMismatch': {
      const place = readText(path) ?? '$'
      const members = compareMembers(place, interaction.request.body.content, sent)
      if (members.length > 0) return members
      const rule = interaction.request.matchingRules.body[generalise(place)]
      return [
        `${formatPathPointer(place)} ${message}${rule ? `; the rule is ${formatRule(rule)}` : ''}`,
      ]
    }
    case 'HeaderMismatch':
      return [`header ${String(key)} ${message}`]
    default:
      return [message]
  }
}

/** `$.tags[3].key` under the rule of `$.tags[*].key`. */
function generalise(path: string): string {
  return path.replaceAll(/\[\d+\]/g, '[*]')
}

function formatRule({ matchers }: Rule): string {
  return matchers
    .map((matcher) =>
      matcher.match === 'regex' ? `regex ${matcher.regex}` : JSON.stringify(matcher),
    )
    .join(' and ')
}

/** The members of an object that one side has and the other has not; the core tells both lists, and leaves it to the reader to compare them. */
function compareMembers(path: string, expected: unknown, sent: unknown): string[] {
  const segments = formatPathPointer(path).split('/').slice(1)
  const [one, other] = [dig(expected, segments), dig(sent, segments)]
  if (!isObject(one) || !isObject(other)) return []
  const at = (name: string) => `${formatPathPointer(path)}${formatPointer([name])}`
  return [
    ...Object.keys(other)
      .filter((name) => !Object.hasOwn(one, name))
      .map((name) => `${at(name)} is sent, and the interaction does not have it`),
    ...Object.keys(one)
      .filter((name) => !Object.hasOwn(other, name))
      .map((name) => `${at(name)} is in the interaction, and is not sent`),
  ]
}

/** A later item of a list is compared with the example's first. */
function dig(value: unknown, segments: readonly string[]): unknown {
  return segments.reduce<unknown>((at, segment) => {
    if (Array.isArray(at)) return at[Number(segment)] ?? at[0]
    return isObject(at) && Object.hasOwn(at, segment) ? at[segment] : undefined
  }, value)
}
