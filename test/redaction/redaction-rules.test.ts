import { gzipSync } from 'node:zlib'

import { expect, test } from 'vitest'

import {
  createRedaction,
  containsPseudonym,
  REDACTED,
  type RedactionOptions,
} from '../../src/redaction/index.ts'

const KEY_ID = 'AK' + 'IA' + 'Q3EGZEXAMPLE7XYZ'
const ACCOUNT = '312345678901'
const BODY = {
  startedBy: ACCOUNT,
  overrides: {
    containerOverrides: [
      {
        environment: [{ name: 'A', value: 'plain text' }],
        command: ['echo', 'plain text', '10.1.2.3'],
      },
    ],
  },
}
const VALUE = '/overrides/containerOverrides/*/environment/*/value'

function redact(body: unknown, options: RedactionOptions = {}): unknown {
  return createRedaction(options).redactRequestBody({}, body)
}

const hash = (options?: RedactionOptions): string => createRedaction(options).rulesHash

test('keeps in clear what is at a kept place, and does not take it for a secret elsewhere', () => {
  expect(
    redact(BODY, { keep: [VALUE, '/startedBy', '/overrides/containerOverrides/0/command'] }),
  ).toEqual(BODY)
})

test('keeps no credential in clear', () => {
  const body = { environment: [{ name: 'A', value: `say ${KEY_ID}` }], command: [KEY_ID] }
  expect(redact(body, { keep: ['/environment', '/command'] })).toEqual({
    environment: [{ name: 'A', value: `say ${REDACTED}` }],
    command: [REDACTED],
  })
})

test('takes out what is at a redacted place and below, and what repeats it', () => {
  const body = {
    labels: { a: 'river stone', b: [1, true, null] },
    command: ['echo', 'river stone'],
  }
  expect(redact(body, { redact: ['/labels'] })).toEqual({
    labels: { a: REDACTED, b: [0, true, null] },
    command: ['echo', REDACTED],
  })
})

test('lets a redacted place win over a kept one', () => {
  expect(redact({ a: 'b' }, { keep: ['/a'], redact: ['/*'] })).toEqual({ a: REDACTED })
})

test.each([
  ['is none', 'startedBy'],
  ['is empty', ''],
  ['is too long', `/${'a'.repeat(1000)}`],
])('refuses a pointer that %s', (_case, pointer) => {
  expect(() => redact({}, { keep: [pointer] })).toThrow(
    'a JSON Pointer such as /startedBy is needed',
  )
})

test('refuses more pointers than a configuration file may hold', () => {
  expect(() =>
    redact({}, { redact: Array.from({ length: 2001 }, (_, index) => `/${index}`) }),
  ).toThrow('2000 at most')
})

test('walks a large body under two thousand pointers in no time that grows with both', () => {
  const keep = Array.from(
    { length: 2000 },
    (_, index) => `${'/*'.repeat(1 + (index % 90))}/${index}`,
  )
  const body = Array.from({ length: 3000 }, (_, index) => ({ a: { b: [index] } }))
  expect(redact(body, { keep })).toEqual(body)
})

test('has one hash for one set of rules, whatever their order and the key', () => {
  expect(hash()).toMatch(/^sha256-[0-9a-f]{16,64}$/)
  expect(hash({ keep: ['/a', '/b'], key: new Uint8Array(32) })).toBe(hash({ keep: ['/b', '/a'] }))
  expect(new Set([hash(), hash({ keep: ['/a'] }), hash({ redact: ['/a'] })]).size).toBe(3)
})

test('gives other pseudonyms with another key, and none for pseudonyms', () => {
  const [one, other] = [1, 2].map((byte) =>
    redact({ startedBy: ACCOUNT }, { key: new Uint8Array(32).fill(byte) }),
  )
  expect(one).not.toEqual(other)
  expect(one).toEqual({ startedBy: expect.stringMatching(/^0000\d{8}$/) })
  expect(redact(one)).toEqual(one)
})

test('leaves a request valid where no parentheses may stand', () => {
  const body = { startedBy: KEY_ID, tags: [{ key: 'password', value: 'two words' }] }
  expect(redact(body)).toEqual({
    startedBy: 'redacted',
    tags: [{ key: 'password', value: 'redacted' }],
  })
})

test.each([
  ['an address', '10.83.47.211', /^198\.1[89]\.\d+\.\d+$/],
  ['an address with a port', 'http://10.83.47.211:80/', /^http:\/\/198\.1[89]\.\d+\.\d+:80\/$/],
  ['a network', '10.1.0.0/16', /^198\.1[89]\.0\.0\/16$/],
  ['a host name of AWS', 'ip-10-83-47-211.ec2.internal', /^ip-198-1[89]-\d+-\d+\.ec2\.internal$/],
  ['an address of IPv6', '[2600:1f14::8]:80', /^\[2001:db8:[0-9a-f:]+::1\]:80$/],
  ['a network interface', 'eni-0a91c7de52b48f306', /^eni-0000[0-9a-f]{13}$/],
  ['a MAC address', '0a:5b:cc:91:e7:3d', /^02:00:00:[0-9a-f:]{8}$/],
  ['an account with hyphens', '3123-4567-8901', /^0000-\d{4}-\d{4}$/],
  ['an account in percent', 'iam%3A%3A312345678901%3Arole', /^iam%3A%3A0000\d{8}%3Arole$/],
  ['an account that begins as pseudonyms do', '000012345678', /^0000(?!12345678)\d{8}$/],
])('gives %s a pseudonym of its form', (_kind, id, form) => {
  const key = new Uint8Array(32).fill(7)
  const body = redact({ command: [id] }, { key })
  expect(body).toEqual({ command: [expect.stringMatching(form)] })
  expect(redact(body)).toEqual(body)
  expect(containsPseudonym(JSON.stringify(body))).toBe(true)
})

test.each([
  '127.0.0.1',
  '0.0.0.0',
  'http://169.254.170.2/v2',
  '255.255.255.0',
  '::1',
  '1.2.3.4-beta',
  'v1.2.3.4',
  '000000000000',
  '202611231200',
  '22:00:32',
  '4c543eed-f83f-47da-b1d8-312345678901',
])('leaves %s as it is', (text) => {
  expect(redact({ command: [text] })).toEqual({ command: [text] })
  expect(containsPseudonym(text)).toBe(false)
})

test.each([
  ['gzip in base64', gzipSync(ACCOUNT).toString('base64')],
  [
    'base64 of base64',
    Buffer.from(Buffer.from(`see ${ACCOUNT}`).toString('base64')).toString('base64'),
  ],
  ['hexadecimal', Buffer.from(`see 10.83.47.211`).toString('hex')],
  ['UTF-16 in base64', Buffer.from('see 10.83.47.211 there', 'utf16le').toString('base64')],
])('takes what holds an id in %s out whole', (_way, text) => {
  expect(redact({ command: [text] })).toEqual({ command: [REDACTED] })
})

test.each([
  'DB_PASS=hunter2xyz',
  'sshpass -p hunter2xyz ssh a',
  'user:hunter2xyz@tcp(db:3306)/x',
  "curl -H 'Cookie: hunter2xyz'",
  '["--db-password","hunter2xyz"]',
  'mysql --password hunter2xyz',
  'amqps://me:hunter2xyz@mq/vh',
  'Server=db;Uid=me;Pwd=hunter2xyz;',
])('takes the secret out of %s', (text) => {
  expect(JSON.stringify(redact({ command: [text] }))).not.toContain('hunter2xyz')
})

test('takes the argument behind a flag that names a secret out, wherever the request repeats it', () => {
  expect(
    redact({ command: ['--db-password', 'hunter2xyz', '--verbose', 'on', 'is hunter2xyz'] }),
  ).toEqual({
    command: ['--db-password', REDACTED, '--verbose', 'on', `is ${REDACTED}`],
  })
})
