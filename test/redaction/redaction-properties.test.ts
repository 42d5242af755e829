import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { checkRequest } from '../../src/contract/index.ts'
import { identifyRequest } from '../../src/matching/index.ts'
import { type Exchange, isObject, isTransportFailure } from '../../src/protocol/index.ts'
import { createRedaction, redactRecordedBody, type Redaction } from '../../src/redaction/index.ts'

const [ONE, OTHER, PLAIN] = [1, 2]
  .map((byte) => createRedaction({ key: new Uint8Array(32).fill(byte) }))
  .concat(createRedaction())

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))
const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`))
const account = fc.oneof(
  digits(12),
  digits(8).map((end) => `0000${end}`),
  fc.constant('202611231200'),
  fc.constant('000000000000'),
)
const ipv4 = fc.ipV4()
const id = fc.oneof(
  account,
  ipv4,
  fc.ipV6(),
  hex(17).map((end) => `eni-${end}`),
  hex(12).map((all) => all.replaceAll(/..(?!$)/g, '$&:')),
  ipv4.map((address) => `ip-${address.replaceAll('.', '-')}`),
  account.map((digitsOf) => `arn:aws:iam::${digitsOf}:role/x`),
  account.map((digitsOf) => `${digitsOf}.dkr.ecr.us-east-1.amazonaws.com/app`),
  digits(12).map((one) => one.replaceAll(/....(?!$)/g, '$&-')),
)
const encode = fc.constantFrom<((text: string) => string)[]>(
  (text) => text,
  (text) => text,
  (text) => encodeURIComponent(text),
  (text) => JSON.stringify(JSON.stringify({ text })),
  (text) => text.replaceAll(':', '%253A'),
  (text) => `\n${text}\n`,
)
const around = fc.constantFrom(
  '',
  ' ',
  '/',
  '=',
  '"',
  '_',
  'x',
  '7',
  ':',
  '-',
  '.',
  '\\n',
  '%3A',
  '\\u0022',
)
const text = fc
  .tuple(around, id, encode, around)
  .map(([before, one, write, after]) => before + write(one) + after)
const encoded = fc
  .tuple(text, fc.constantFrom('base64', 'hex', 'base64url'))
  .map(([inner, way]) => Buffer.from(`see ${inner} .`).toString(way))
const command = fc.array(
  fc.oneof(text, encoded, fc.constantFrom('--password', 'worker', 'token=abc')),
  { maxLength: 4 },
)
const body = fc.record({
  taskDefinition: account.map((owner) => `arn:aws:ecs:us-east-1:${owner}:task-definition/web:3`),
  containerInstances: fc.array(hex(32), { minLength: 1, maxLength: 3 }),
  overrides: fc.record({
    containerOverrides: fc.array(fc.record({ name: fc.constant('app'), command }), {
      maxLength: 2,
    }),
  }),
  tags: fc.array(fc.record({ key: fc.constantFrom('owner', 'db-password'), value: id }), {
    maxLength: 1,
  }),
})

function exchangeOf(sent: unknown, answered: unknown): Exchange {
  return {
    operation: 'StartTask',
    startedAtMs: 0,
    request: { headers: {}, body: sent },
    response: { status: 200, headers: {}, body: answered },
  }
}

function redactBody(redaction: Redaction | undefined, sent: unknown): unknown {
  return redaction?.redactExchange(exchangeOf(sent, {})).request.body
}

function identify(sent: unknown): string {
  return identifyRequest('StartTask', sent).key
}

function countErrors(sent: unknown): number {
  return checkRequest(sent).filter(({ severity }) => severity === 'error').length
}

test('redacting twice, with another key too, is redacting once', () => {
  fc.assert(
    fc.property(body, command, (sent, log) => {
      const once = ONE?.redactExchange(exchangeOf(sent, { log }))
      if (!once) throw new Error('There is no redaction.')
      expect(ONE?.redactExchange(once)).toEqual(once)
      expect(OTHER?.redactExchange(once)).toEqual(once)
    }),
  )
})

test('a request is the same whatever key its recording was redacted with', () => {
  fc.assert(
    fc.property(body, (sent) => {
      const asSent = identify(PLAIN?.redactRequestBody({}, sent))
      expect(identify(redactRecordedBody(redactBody(ONE, sent)))).toBe(asSent)
      expect(identify(redactRecordedBody(redactBody(OTHER, sent)))).toBe(asSent)
    }),
  )
})

test('a request of ids alone is the same before and after redaction', () => {
  fc.assert(
    fc.property(id, (value) => {
      const sent = { tags: [{ key: 'owner', value }] }
      expect(identify(redactBody(ONE, sent))).toBe(identify(sent))
    }),
  )
})

test('an id has one pseudonym in request and response', () => {
  fc.assert(
    fc.property(id, (value) => {
      const { request, response } =
        ONE?.redactExchange(exchangeOf({ startedBy: value }, { log: `It is ${value} there` })) ?? {}
      const pseudonym = isObject(request?.body) ? request.body['startedBy'] : undefined
      expect(response && !isTransportFailure(response) && response.body).toEqual({
        log: `It is ${String(pseudonym)} there`,
      })
    }),
  )
})

test('a request breaks no more rules when it is redacted', () => {
  fc.assert(
    fc.property(body, (sent) => {
      expect(countErrors(redactBody(ONE, sent))).toBeLessThanOrEqual(countErrors(sent))
    }),
  )
})
