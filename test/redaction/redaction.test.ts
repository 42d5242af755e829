import { gzipSync } from 'node:zlib'

import { expect, test } from 'vitest'

import { checkExchange } from '../../src/contract/index.ts'
import {
  type Exchange,
  isObject,
  type RecordedResponse,
  type RecordedRequest,
} from '../../src/protocol/index.ts'
import { asRedactedProvenance } from '../suites/unredacted.ts'
import {
  createPseudonyms,
  KEPT_HEADERS,
  REDACTED,
  redactExchange,
  redactRecordedBody,
  redactRequestBody,
} from '../../src/redaction/index.ts'
import { formatRecording, parseRecording } from '../../src/recording/index.ts'

const ACCOUNT = '312345678901'
const pseudonymAccount = (id: string) => createPseudonyms(undefined).choose('account', id)
const PSEUDONYM = pseudonymAccount(ACCOUNT)
const KEY_ID = 'AK' + 'IA' + 'Q3EGZEXAMPLE7XYZ'
const TOKEN = 'session-' + 'Xq7/+=vPz3'.repeat(9)
const SIGNATURE = '5d672d79c15b13162d9279b0855cfba6'.repeat(2)
const PASSWORD = 'pl"ant<ed>&pä55/w0rd'
const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=${KEY_ID}/20261123/us-east-1/ecs/aws4_request, SignedHeaders=host, Signature=${SIGNATURE}`
const HEADERS = {
  'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask',
  authorization: AUTHORIZATION,
  'x-amz-security-token': TOKEN,
}
const SECRETS = {
  'access key id': KEY_ID,
  'session token': TOKEN,
  signature: SIGNATURE,
  'environment value': PASSWORD,
}

function override(environment: unknown, more: object = {}) {
  return { containerOverrides: [{ name: 'app', environment, ...more }] }
}

const BODY = {
  taskDefinition: 'web:3',
  containerInstances: ['ci-a'],
  overrides: override([{ name: 'DB', value: PASSWORD }]),
}

function redact(request: Partial<RecordedRequest>, response: Partial<RecordedResponse> = {}) {
  const exchange: Exchange = {
    operation: 'StartTask',
    startedAtMs: 0,
    request: { headers: HEADERS, body: BODY, ...request },
    response: { status: 200, headers: {}, body: { tasks: [], failures: [] }, ...response },
  }
  const clean = redactExchange(exchange)
  if ('failure' in clean.response) throw new Error('The response became a failure.')
  return { clean, request: clean.request, response: clean.response }
}

/** The error message that a client would read after redaction. */
function redactMessage(message: string, request: Partial<RecordedRequest> = {}): string {
  const { response } = redact(request, {
    status: 400,
    body: { __type: 'ClientException', message },
  })
  return isObject(response.body) ? String(response.body['message']) : ''
}

/** A request body's command after redaction: text that nothing tells to be secret but itself. */
function redactCommand(command: string): string {
  const body = redactRequestBody({}, { command })
  return isObject(body) ? String(body['command']) : ''
}

test('keeps six headers in both directions, in lower case', () => {
  const headers = {
    ...HEADERS,
    'Content-Type': 'application/x-amz-json-1.1',
    cookie: 'a=b',
    'user-agent': 'x/1',
    date: 'now',
    'x-amz-date': 'z',
  }
  const { request, response } = redact(
    { headers },
    { headers: { 'Retry-After': '3', 'set-cookie': 'c=d', 'x-amzn-requestid': 'id' } },
  )
  expect(request.headers).toEqual({
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': HEADERS['x-amz-target'],
  })
  expect(response.headers).toEqual({ 'retry-after': '3', 'x-amzn-requestid': 'id' })
  expect(KEPT_HEADERS.size).toBe(6)
})

test('keeps the operation in a header when an environment value is named like it', () => {
  const { request } = redact({ body: { overrides: override([{ name: 'A', value: 'StartTask' }]) } })
  expect(request.headers['x-amz-target']).toBe(HEADERS['x-amz-target'])
})

test.each(Object.entries(SECRETS))(
  'takes the %s out of every place of a response',
  (_name, secret) => {
    const body = { message: `It was ${secret}.`, [secret]: 1, deep: [{ log: secret }] }
    for (const status of [200, 400]) {
      const text = JSON.stringify(
        redact({}, { status, headers: { 'x-amzn-errortype': secret }, body }).response,
      )
      expect(text).not.toContain(JSON.stringify(secret).slice(1, -1))
      expect(text).toContain(`It was ${REDACTED}.`)
    }
  },
)

const WAYS: Record<string, (secret: string) => string> = {
  'as JSON': (secret) => JSON.stringify({ body: secret }),
  'as JSON in JSON': (secret) => JSON.stringify(JSON.stringify({ body: secret })),
  'with every character escaped': (secret) =>
    secret.replaceAll(/[^]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'in percent': (secret) => encodeURIComponent(secret),
  'in HTML': (secret) =>
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&#34;'),
  'in base64': (secret) => Buffer.from(secret).toString('base64'),
  'in base64 at the second alignment': (secret) => Buffer.from(`x${secret}`).toString('base64'),
  'in base64 at the third alignment': (secret) => Buffer.from(`xy${secret}`).toString('base64url'),
  'in base64 after other letters': (secret) => `ab${Buffer.from(secret).toString('base64')}`,
  'in base64 of the body': (secret) =>
    Buffer.from(JSON.stringify({ before: 'a'.repeat(50), secret, after: 'z' })).toString('base64'),
  'in base64 of base64': (secret) =>
    Buffer.from(Buffer.from(secret).toString('base64')).toString('base64'),
  'in base64 of gzip': (secret) => gzipSync(`body ${secret}`).toString('base64'),
  'in hexadecimal': (secret) => Buffer.from(secret).toString('hex'),
  'in UTF-16 in base64': (secret) => Buffer.from(secret, 'utf16le').toString('base64'),
}

test.each(Object.entries(WAYS))(
  'takes known secrets out that a response repeats %s',
  (_way, encode) => {
    for (const [name, secret] of Object.entries(SECRETS)) {
      const encoded = encode(secret)
      for (const status of [200, 500]) {
        const text = JSON.stringify(
          redact({}, { status, body: { log: `before ${encoded} after` } }).response.body,
        )
        expect(`${name}: ${text}`).toMatch(/before .*\(redacted\).* after/)
        expect(`${name}: ${text}`).not.toContain(JSON.stringify(encoded).slice(1, -1))
      }
    }
  },
)

test.each(['with every character escaped', 'in percent', 'in HTML'])(
  'takes out the whole of a secret %s, and no more',
  (way) => {
    expect(redactMessage(`before ${WAYS[way]?.(PASSWORD)} after`)).toBe(`before ${REDACTED} after`)
  },
)

test('redacts a body that repeats its environment values as it redacts the recorded one', () => {
  const body = {
    overrides: override([{ name: 'DB', value: PASSWORD }], { command: ['psql', PASSWORD] }),
  }
  expect(redactRequestBody(HEADERS, body)).toEqual(
    redactRecordedBody(redact({ body }).request.body),
  )
})

test('takes an environment value of base64 text out of a text that is no JSON', () => {
  const { response } = redact(
    {},
    { body: null, bodyText: `<pre>${Buffer.from(JSON.stringify(BODY)).toString('base64')}</pre>` },
  )
  expect(response.bodyText).toBe(`<pre>${REDACTED}</pre>`)
})

test('takes out what is left of a secret at the end of a body cut in half', () => {
  const { response } = redact({}, { body: null, bodyText: `{"message":"${TOKEN.slice(0, 20)}` })
  expect(response.bodyText).toBe(`{"message":"${REDACTED}`)
})

test.each([
  ['whole', '{"environment":[{"name":"A","value":"b c"}],'],
  ['cut within the value', '{"environment":[{"name":"A","value":"b'],
  ['cut within an escape', '{"environment":[{"name":"A","value":"b\\'],
  ['with a quote inside', '{"environment":[{"name":"A","value":"\\"b\\" b"}],'],
  ['with spaces', '{"environment":[{"name":"A","value" : "b"}'],
  ['as a number', '{"environment":[{"name":"A","value":77b'],
  ['without what is around it', '[{"name":"A","value":"b'],
  ['in another notation', "{'environment':[{'name':'A','value': 'b'}"],
])('takes environment values out of a request that is no JSON: %s', (_case, bodyText) => {
  const { request } = redact({ body: null, bodyText })
  expect(request.bodyText).toMatch(/["']value["'] ?: ?["']?\(redacted\)/)
  expect(request.bodyText).not.toMatch(/\bb\b|77/)
})

test('takes environment values of a request that is no JSON out of the error that repeats them', () => {
  const message = redactMessage('Cannot read hunter-22 here', {
    body: null,
    bodyText: '{"environment":[{"name":"A","value":"hunter-22"',
  })
  expect(message).toBe(`Cannot read ${REDACTED} here`)
})

test.each([
  ['a list', [{ name: 'A', value: 'bb' }], [{ name: 'A', value: REDACTED }]],
  ['an object as value', [{ name: 'A', value: { b: 'bb' } }], [{ name: 'A', value: REDACTED }]],
  ['numbers', [{ name: 'A', value: 5 }], [{ name: 'A', value: REDACTED }]],
  ['null', [{ name: 'A', value: null }], [{ name: 'A', value: null }]],
  ['capital members', [{ Name: 'A', Value: 'bb' }], [{ Name: 'A', Value: REDACTED }]],
  ['a map', { A: 'bb' }, { A: REDACTED }],
  ['assignments', ['A=bb'], [REDACTED]],
])(
  'takes environment values out of requests and responses when the environment is %s',
  (_form, environment, expected) => {
    const { request, response } = redact(
      { body: { overrides: override(environment) } },
      { body: { tasks: [{ overrides: override(environment) }] } },
    )
    expect(request.body).toEqual({ overrides: override(expected) })
    expect(response.body).toEqual({ tasks: [{ overrides: override(expected) }] })
  },
)

test('takes an environment value out of the command of the same request', () => {
  const { request } = redact({
    body: {
      overrides: override([{ name: 'DB', value: PASSWORD }], {
        command: ['psql', `--password=${PASSWORD}`],
      }),
    },
  })
  expect(request.body).toMatchObject({
    overrides: override([{ name: 'DB', value: REDACTED }], {
      command: ['psql', `--password=${REDACTED}`],
    }),
  })
})

test.each([
  ['what the request asks by', 'web:3444'],
  ['a region', 'eu-central-1'],
  ['an account id', ACCOUNT],
  ['an ARN', `arn:aws:ecs:eu-central-1:${ACCOUNT}:cluster/main`],
  ['an ordinary word', 'worker'],
])('leaves a 200 response whole when an environment value is %s', (_kind, value) => {
  const taskArn = `arn:aws:ecs:eu-central-1:${ACCOUNT}:task/worker/1f`
  const clusterArn = `arn:aws:ecs:eu-central-1:${ACCOUNT}:cluster/main`
  const body = { taskDefinition: 'web:34444', overrides: override([{ name: 'STAGE', value }]) }
  const { response } = redact(
    { body },
    { body: { tasks: [{ taskArn, clusterArn }], taskDefinition: 'web:34444' } },
  )
  const pseudonym = pseudonymAccount(ACCOUNT)
  expect(response.body).toEqual({
    tasks: [
      {
        taskArn: taskArn.replace(ACCOUNT, pseudonym),
        clusterArn: clusterArn.replace(ACCOUNT, pseudonym),
      },
    ],
    taskDefinition: 'web:34444',
  })
})

test('takes an ordinary word out of a 200 response when its name says that it is secret', () => {
  const { response } = redact(
    { body: { overrides: override([{ name: 'DB_PASSWORD', value: 'swordfish' }]) } },
    { body: { log: 'swordfish' } },
  )
  expect(response.body).toEqual({ log: REDACTED })
})

test('takes the values of members and pairs with secret names out', () => {
  const body = {
    secretAccessKey: 'a',
    password: 5,
    tags: [{ key: 'api_key', value: 'b' }],
    nextToken: 'page',
    secrets: [{ name: 'S', valueFrom: 'arn' }],
  }
  expect(redact({}, { body }).response.body).toEqual({
    secretAccessKey: REDACTED,
    password: REDACTED,
    tags: [{ key: 'api_key', value: 'redacted' }],
    nextToken: 'page',
    secrets: [{ name: 'S', valueFrom: 'arn' }],
  })
})

test.each([
  [
    'basic credentials',
    { authorization: `Basic ${Buffer.from('me:open-sesame').toString('base64')}` },
    'open-sesame',
  ],
  ['a bearer', { authorization: 'Bearer abra-cadabra' }, 'abra-cadabra'],
  ['a cookie', { cookie: 'theme=dark; sid=crumbs-of-it' }, 'crumbs-of-it'],
  ['an API key', { 'x-api-key': 'open-the-door' }, 'open-the-door'],
])('takes %s of the request out of the response', (_kind, headers, secret) => {
  expect(redactMessage(`You sent ${secret}`, { headers })).toBe(`You sent ${REDACTED}`)
})

test('gives an account a pseudonym of twelve digits, equal for equal ids and for the pseudonym itself', () => {
  const pseudonym = pseudonymAccount(ACCOUNT)
  expect(pseudonym).toMatch(/^0000\d{8}$/)
  expect(pseudonymAccount(ACCOUNT)).toBe(pseudonym)
  expect(pseudonymAccount(pseudonym)).toBe(pseudonym)
  expect(pseudonymAccount('312345678902')).not.toBe(pseudonym)
})

test('gives accounts pseudonyms of twelve digits, of which few fall together', () => {
  const pseudonyms = Array.from({ length: 5000 }, (_, index) =>
    pseudonymAccount(String(312_345_678_901 + index * 7)),
  )
  expect(pseudonyms.filter((pseudonym) => !/^\d{12}$/.test(pseudonym))).toEqual([])
  expect(new Set(pseudonyms).size).toBeGreaterThan(4950)
})

test('knows an account from the registry of an image alone', () => {
  const image = `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/app`
  expect(redact({}, { body: { image } }).response.body).toEqual({
    image: image.replace(ACCOUNT, pseudonymAccount(ACCOUNT)),
  })
})

test('gives an account the same pseudonym in request, response and error message', () => {
  const arn = `arn:aws:ecs:us-east-1:${ACCOUNT}:cluster/main`
  const image = `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/app`
  const pseudonym = pseudonymAccount(ACCOUNT)
  const { request, response } = redact(
    { body: { cluster: arn } },
    { body: { clusterArn: arn, image, owner: ACCOUNT } },
  )
  expect(request.body).toEqual({ cluster: arn.replace(ACCOUNT, pseudonym) })
  expect(response.body).toEqual({
    clusterArn: arn.replace(ACCOUNT, pseudonym),
    image: image.replace(ACCOUNT, pseudonym),
    owner: pseudonym,
  })
  expect(redactMessage(`Account ${ACCOUNT} may not do this`)).toBe(
    `Account ${pseudonym} may not do this`,
  )
})

test('leaves twelve digits alone that no ARN calls an account', () => {
  expect(redact({ body: { startedBy: '202611231200' } }).request.body).toEqual({
    startedBy: '202611231200',
  })
})

test('leaves a conforming exchange conforming', () => {
  const taskArn = `arn:aws:ecs:us-east-1:${ACCOUNT}:task/default/0123456789abcdef0123456789abcdef`
  const { clean } = redact(
    {},
    { body: { tasks: [{ taskArn, overrides: BODY.overrides }], failures: [] } },
  )
  expect(checkExchange(clean).filter(({ severity }) => severity === 'error')).toEqual([])
})

test.each([
  ['an access key id', `id ${KEY_ID}!`, `id ${REDACTED}!`],
  ['an access key id in a name', `key_${KEY_ID}`, `key_${REDACTED}`],
  ['a session token', `x${'FwoG' + 'ZXIvYXdz'}${'Ab0/'.repeat(12)}`, `x${REDACTED}`],
  ['a signature', `X-Amz-Signa` + `ture=${SIGNATURE}&x=1`, `X-Amz-Signature=${REDACTED}&x=1`],
  [
    'a web token',
    `jwt ${'ey' + 'JhbGciOiJIUzI1NiJ9'}.${'ey' + 'JzdWIiOiIxMjM0In0'}.dozjgNryP4J3jVmN end`,
    `jwt ${REDACTED} end`,
  ],
  ['a GitHub token', `${'gh' + 'p_'}${'a1B2'.repeat(9)}`, REDACTED],
  ['a Slack token', `${'xo' + 'xb-'}1234567890-abc`, REDACTED],
  ['a private key', `${'-----BEGIN ' + 'PRIVATE KEY-----'}\nMIIE\nabc`, REDACTED],
  ['the password of a URL', 'postgres://me:p@ss@db:5432/x', `postgres://me:${REDACTED}@db:5432/x`],
  ['a password', '--password=hunter2 --next', `--password=${REDACTED} --next`],
  [
    'a password in quotes',
    'password: "two words, one secret" next',
    `password: "${REDACTED}" next`,
  ],
  ['a password in JSON', '{"password":"two words"}', `{"password":"${REDACTED}"}`],
  [
    'a password in JSON in JSON',
    String.raw`{\"password\":\"two words\",\"x\":1}`,
    String.raw`{\"password\":\"(redacted)\",\"x\":1}`,
  ],
  [
    'a secret access key',
    `AWS_SECRET_` + `ACCESS_KEY=${'wJal+/'.repeat(6)}`,
    `AWS_SECRET_ACCESS_KEY=${REDACTED}`,
  ],
  [
    'a bearer',
    'curl -H "Authorization: Bearer abc.def"',
    `curl -H "Authorization: Bearer ${REDACTED}"`,
  ],
  ['an access key id in base64', Buffer.from(`id=${KEY_ID}`).toString('base64'), REDACTED],
  [
    'an environment in a string',
    '{"environment":[{"name":"A","value":"b"}]}',
    `{"environment":[{"name":"A","value":"${REDACTED}"}]}`,
  ],
])('takes %s out of any text', (_kind, text, expected) => {
  expect(redactCommand(text)).toBe(expected)
})

test.each([
  'hello_world:6',
  `arn:aws:secretsmanager:us-east-1:${PSEUDONYM}:secret:prod/db-AbCdEf`,
  `arn:aws:ecs:us-east-1:${PSEUDONYM}:container-instance/default/4c543eed-f83f-47da-b1d8-3d23f1da4c64`,
  'AmazonEC2ContainerServiceV20141113.StartTask',
  'https://example.com/path?page=2',
  'The token bucket is empty, key by key.',
  '0123456789abcdef0123456789abcdef',
  'aGVsbG8gd29ybGQsIHRoaXMgaXMgcGxhaW4=',
])('leaves %j as it is', (text) => {
  expect(redactCommand(text)).toBe(text)
})

/** Numbers that look drawn by chance and are the same in every run. */
function createDice(seed: number) {
  let state = seed
  const roll = (sides: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
  const choose = <Item>(items: readonly Item[]): Item => {
    const item = items[roll(items.length)]
    if (item === undefined) throw new Error('Nothing to choose from.')
    return item
  }
  return { roll, choose }
}

const ATOMS = [
  KEY_ID,
  TOKEN,
  SIGNATURE,
  PASSWORD,
  ACCOUNT,
  PSEUDONYM,
  '000012345678',
  REDACTED,
  'Signature=',
  'Credential=',
  'secret',
  'password',
  '_',
  '=',
  ': ',
  '"',
  "'",
  '\\',
  '\\"',
  '%41',
  '%',
  '&amp;',
  '://',
  'a://b:c@d',
  '@',
  ' ',
  ',',
  '\n',
  '\0',
  'ey' + 'JhbGciOiJIUz',
  '.',
  'gh' + 'p_',
  'a1B2'.repeat(6),
  'web:3',
  `arn:aws:ecs:us-east-1:${ACCOUNT}:cluster/x`,
  'worker',
  'us-east-1',
  '"value":"',
  'environment',
  Buffer.from(KEY_ID).toString('base64'),
  'Bearer ',
  Buffer.from(PASSWORD).toString('hex'),
  'äöü',
  '😀',
  '-----BEGIN ' + 'PRIVATE KEY-----',
  `${ACCOUNT}.dkr.ecr`,
  '_312345678901_',
  'xo' + 'xb-123',
  '0',
  'A',
]
const NAMES = [
  'cluster',
  'taskDefinition',
  'command',
  'environment',
  'name',
  'value',
  'password',
  'key',
  '__proto__',
  'overrides',
  KEY_ID,
  'nextToken',
]

function createBody(dice: ReturnType<typeof createDice>, depth = 0): unknown {
  const text = () => Array.from({ length: 1 + dice.roll(6) }, () => dice.choose(ATOMS)).join('')
  if (depth > 4 || dice.roll(3) === 0) return dice.choose([text(), text(), text(), 5, null, true])
  if (dice.roll(3) === 0)
    return Array.from({ length: dice.roll(4) }, () => createBody(dice, depth + 1))
  return Object.fromEntries(
    Array.from({ length: 1 + dice.roll(4) }, () => [
      dice.roll(4) === 0 ? text() : dice.choose(NAMES),
      createBody(dice, depth + 1),
    ]),
  )
}

const SEEDS = Array.from({ length: 200 }, (_, index) => index + 1)

test('redacts a body that is sent as it redacts the recorded one', () => {
  for (const seed of SEEDS) {
    const body = createBody(createDice(seed))
    const recorded = redact({ body }).request.body
    expect({ seed, body: redactRequestBody(HEADERS, body) }).toEqual({
      seed,
      body: redactRecordedBody(recorded),
    })
  }
})

test('changes nothing when it redacts a second time', () => {
  for (const seed of SEEDS) {
    const dice = createDice(seed)
    const [body, response, text] = [
      createBody(dice),
      createBody(dice),
      JSON.stringify(createBody(dice)),
    ]
    const status = dice.choose([200, 400, 503])
    const { clean } = redact(
      { body, bodyText: text.slice(0, -2) },
      { status, body: response, bodyText: text.slice(1) },
    )
    expect({ seed, clean: redactExchange(clean) }).toEqual({ seed, clean })
  }
})

test('leaves no known secret behind in any body', () => {
  for (const seed of SEEDS) {
    const dice = createDice(seed)
    const { clean } = redact(
      {},
      {
        status: dice.choose([200, 400]),
        body: createBody(dice),
        bodyText: JSON.stringify(createBody(dice)),
      },
    )
    const text = JSON.stringify(clean)
    for (const [name, secret] of Object.entries(SECRETS))
      expect(`${name}, seed ${seed}: ${text}`).not.toContain(JSON.stringify(secret).slice(1, -1))
  }
})

test('keeps members that are named like those of every object', () => {
  const body: unknown = JSON.parse(
    `{"__proto__":{"polluted":"${KEY_ID}"},"constructor":{"prototype":1},"toString":"x"}`,
  )
  const { request } = redact({ body })
  expect(JSON.stringify(request.body)).toBe(
    `{"__proto__":{"polluted":"${REDACTED}"},"constructor":{"prototype":1},"toString":"x"}`,
  )
  expect({}).not.toHaveProperty('polluted')
})

test('redacts what lies a hundred levels deep', () => {
  const deep = (leaf: string): unknown =>
    Array.from({ length: 99 }).reduce((inner: unknown) => [inner], { a: leaf })
  expect(redact({ body: deep(KEY_ID) }).request.body).toEqual(deep(REDACTED))
})

/** Long enough for time in the square of the length to break every test's time limit. */
const LENGTH = 256 * 1024
test.each(
  [
    'a',
    'A',
    'token ',
    'a://',
    'a://b:',
    '-eyJaaaaaaaa',
    '\\',
    '\\"',
    '"value":"',
    '-----BEGIN ' + 'PRIVATE KEY-----',
    '%41',
    '&amp;',
    '4',
    'password="',
  ].concat([
    'arn:',
    'arn:aws-',
    '\0',
    'AKIA',
    'Signature=',
    'secret_',
    `${'A'.repeat(20)}\n`,
    'environment"value":"\\a',
    ' ',
    '\\u0041',
    '1',
    'eyJ.',
  ]),
)('gets through a long text of nothing but %j', (unit) => {
  const text = unit.repeat(Math.ceil(LENGTH / unit.length))
  const { response } = redact({}, { status: 500, body: { message: text }, bodyText: text })
  expect(response.bodyText).toBeTypeOf('string')
})

test('gets through megabytes of escapes after a value', () => {
  const bodyText = `{"environment":[{"name":"A","value":"${'\\a'.repeat(4 * LENGTH)}`
  expect(redact({ body: null, bodyText }).request.bodyText).toBe(
    `{"environment":[{"name":"A","value":"${REDACTED}`,
  )
})

test('writes a redacted exchange that can be read again', () => {
  const { clean } = redact(
    {},
    {
      status: 400,
      headers: { 'x-amzn-errortype': `Error ${PASSWORD}` },
      body: { message: PASSWORD },
    },
  )
  const text = formatRecording({
    format: 'starttask-recording',
    version: 1,
    recordedAt: '2026-11-23T12:00:00.000Z',
    provenance: asRedactedProvenance({}),
    exchanges: [clean],
  })
  expect(parseRecording(text).exchanges).toHaveLength(1)
})

test('keeps a transport failure as it is', () => {
  const response = { failure: 'reset', code: 'ECONNRESET' } as const
  expect(
    redactExchange({
      operation: 'StartTask',
      startedAtMs: 0,
      request: { headers: {}, body: null },
      response,
    }).response,
  ).toEqual(response)
})
