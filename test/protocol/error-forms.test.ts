import { execFile } from 'node:child_process'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

import { ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'
import { beforeAll, expect, inject, test } from 'vitest'

import {
  isObject,
  type JsonObject,
  parseBody,
  readErrorIdentity,
} from '../../src/protocol/index.ts'

const { boto3: HAS_BOTO3 } = inject('programs')
const NAME = 'ClusterNotFoundException'

/** One way in which an error can arrive. Clients send the title as `startedBy`, and get the form. */
interface Form {
  title: string
  status: number
  headers: Record<string, string | string[]>
  body: string
}

/** What a client says about an error; `name` is `null` when it failed to read the response. */
interface Said {
  name: unknown
  message: unknown
}

function build(title: string, body: unknown, more: Partial<Form> = {}): Form {
  return {
    title,
    status: 400,
    headers: {},
    body: body === undefined ? '' : JSON.stringify(body),
    ...more,
  }
}

const SPELLINGS = {
  bare: NAME,
  namespaced: `com.amazonaws.ecs#${NAME}`,
  'of another namespace': `aws.different.namespace#${NAME}`,
  'with a URI': `${NAME}:http://internal.amazon.com/coral/com.amazon.coral.validate/`,
  'namespaced, with a URI': `com.amazonaws.ecs#${NAME}:http://internal.amazon.com/coral/#fragment`,
  'in a list': `${NAME},ClientException`,
  'that nobody knows': 'SomethingNewException',
  'of spaces': ' Some Name ',
  'with two namespaces': 'outer#SomeName#inner',
  'with a list before the namespace': 'outer,ns#SomeName',
  'with a URI before the namespace': 'outer:ns#SomeName',
  'that is empty': '',
  'that is a namespace alone': 'ns#',
  'that is a URI alone': ':http://host/',
}

const PLACED = Object.entries(SPELLINGS).flatMap(([spelling, name]) => [
  build(`__type, ${spelling}`, { __type: name, message: 'said' }),
  build(`code, ${spelling}`, { code: name, message: 'said' }),
  build(`header, ${spelling}`, { message: 'said' }, { headers: { 'X-Amzn-ErrorType': name } }),
])

const NO_TEXT = [
  null,
  true,
  false,
  400,
  0,
  1.5,
  -2,
  { name: NAME },
  [NAME],
  [NAME, 'x'],
  [],
].flatMap((value) => [
  build(`__type of ${JSON.stringify(value)}`, { __type: value, message: 'said' }),
  build(`code of ${JSON.stringify(value)}`, { code: value, message: 'said' }),
])

const NUMBERS = [
  '9007199254740991',
  '9007199254740994',
  '9007199254740993',
  '1e400',
  '0.1234567890123456789',
  '1.50',
].map((digits) =>
  build(`__type of the number ${digits}`, undefined, { body: `{"__type":${digits}}` }),
)

const ORDER = [
  build('__type before code', { code: 'FromCode', __type: 'FromType' }),
  build(
    '__type before header',
    { __type: 'FromType' },
    { headers: { 'x-amzn-errortype': 'FromHeader' } },
  ),
  build(
    'code before header',
    { code: 'FromCode' },
    { headers: { 'x-amzn-errortype': 'FromHeader' } },
  ),
  build(
    'an empty __type before code and header',
    { __type: '', code: 'C' },
    { headers: { 'x-amzn-errortype': 'FromHeader' } },
  ),
  build(
    'a code of null before the header',
    { code: null },
    { headers: { 'x-amzn-errortype': 'FromHeader' } },
  ),
  build('Code', { Code: 'FromCode' }),
  build('CODE', { CODE: 'FromCode' }),
  build('Code before code', { Code: 'First', code: 'Second' }),
  build('__Type', { __Type: NAME }),
  build('X-AMZN-ERRORTYPE', {}, { headers: { 'X-AMZN-ERRORTYPE': NAME } }),
  build('the header twice', {}, { headers: { 'x-amzn-errortype': ['First', 'Second'] } }),
  build('__type in an own __proto__', undefined, { body: '{"__proto__":{"__type":"Inherited"}}' }),
  build('__type twice', undefined, { body: '{"__type":"First","__type":"Second"}' }),
]

const NESTED = [
  build('a nested __type beside its own', {
    __type: NAME,
    ErrorDetails: [{ __type: 'com.amazon.internal#ErrorDetails' }],
  }),
  build('a nested __type alone', { error: { __type: NAME } }),
  build('an Error of the Query protocol', { Error: { Code: NAME, Message: 'said' } }),
]

const MESSAGES = [NAME, 'SomethingNewException'].flatMap((name) => [
  build(`${name} without a message`, { __type: name }),
  build(`${name} with Message`, { __type: name, Message: 'Capital' }),
  build(`${name} with message and Message`, { __type: name, message: 'small', Message: 'Capital' }),
  build(`${name} with an empty message`, { __type: name, message: '' }),
  build(`${name} with an empty message and Message`, {
    __type: name,
    message: '',
    Message: 'Capital',
  }),
  build(`${name} with a message of null and Message`, {
    __type: name,
    message: null,
    Message: 'Capital',
  }),
  build(`${name} with MESSAGE`, { __type: name, MESSAGE: 'other' }),
  build(`${name} with a number as message`, { __type: name, message: 7 }),
  build(`${name} with an object as message`, { __type: name, message: { text: 'x' } }),
])

const BODIES = [
  build('an empty object', {}),
  build('an array', [NAME]),
  build('a text', NAME),
  build('null', null),
  build('nothing', undefined),
  ...[{}, [NAME], NAME, null, undefined].map((body) =>
    build(`the header and ${JSON.stringify(body) ?? 'nothing'}`, body, {
      headers: { 'x-amzn-errortype': NAME },
    }),
  ),
]

const ENVELOPES = [
  build('HTTP 500', { __type: 'ServerException', message: 'said' }, { status: 500 }),
  build('a server error with HTTP 400', { __type: 'ServerException', message: 'said' }),
  build('a client error with HTTP 503', { __type: NAME, message: 'said' }, { status: 503 }),
  build('HTTP 301', { __type: NAME, message: 'said' }, { status: 301 }),
  build(
    'the content type text/html',
    { __type: NAME, message: 'said' },
    { headers: { 'content-type': 'text/html' } },
  ),
]

const FORMS = [
  ...PLACED,
  ...NO_TEXT,
  ...NUMBERS,
  ...ORDER,
  ...NESTED,
  ...MESSAGES,
  ...BODIES,
  ...ENVELOPES,
]

/** Where a client says something else than `readErrorIdentity`, and what it says then. */
interface Deviation {
  reason: string
  applies(form: Form): boolean
  said(form: Form): Said
}

/** The members of a form's body, none when it is no object. */
function members({ body }: Form): JsonObject {
  const parsed = parseBody(body)
  return isObject(parsed) ? parsed : {}
}

const HANDS_ON_MESSAGE: Deviation = {
  reason: 'a message that is no text is handed on as it is; for us a message is text',
  applies: (form) =>
    ['number', 'object'].includes(typeof members(form)['message']) &&
    members(form)['message'] !== null,
  said: (form) => ({ name: members(form)['__type'], message: members(form)['message'] }),
}

const SDK_DEVIATIONS: readonly Deviation[] = [
  {
    reason:
      'the SDK looks for , : and # in a list as in a text, and finds a schema by a list with one name; a name is text',
    applies: (form) => Array.isArray(members(form)['__type'] ?? members(form)['code']),
    said: (form) => {
      const list = members(form)['__type'] ?? members(form)['code']
      return { name: Array.isArray(list) && list.length === 1 ? NAME : list, message: 'said' }
    },
  },
  HANDS_ON_MESSAGE,
]

const BOTOCORE_DEVIATIONS: readonly Deviation[] = [
  {
    reason: 'botocore fails on a body that is no object',
    applies: ({ body }) => body !== '' && !body.startsWith('{'),
    said: () => ({ name: null, message: null }),
  },
  {
    reason: 'botocore reads __type alone, and names an error without it by its HTTP status',
    applies: (form) => members(form)['__type'] === undefined,
    said: (form) => ({ name: String(form.status), message: members(form)['message'] ?? '' }),
  },
  {
    reason: 'botocore looks for : in a number, and fails',
    applies: ({ body }) => /"__type":[-\d]/.test(body),
    said: () => ({ name: null, message: null }),
  },
  {
    reason: 'botocore does not cut at a comma',
    applies: (form) =>
      ['__type, in a list', '__type, with a list before the namespace'].includes(form.title),
    said: (form) => ({
      name: form.title === '__type, in a list' ? `${NAME},ClientException` : 'SomeName',
      message: 'said',
    }),
  },
  {
    reason: 'botocore takes what follows the last #',
    applies: (form) => form.title === '__type, with two namespaces',
    said: () => ({ name: 'inner', message: 'said' }),
  },
  {
    reason: 'botocore does not go on to Message from a message that is empty or null',
    applies: (form) =>
      members(form)['Message'] !== undefined &&
      !members(form)['message'] &&
      'message' in members(form),
    said: (form) => ({ name: members(form)['__type'], message: members(form)['message'] }),
  },
  HANDS_ON_MESSAGE,
]

let sdk: ReadonlyMap<string, Said>
let botocore: ReadonlyMap<string, Said>

beforeAll(async () => {
  await using server = await startServer()
  const [bySdk, byBotocore] = await Promise.all([
    askSdk(server.url),
    HAS_BOTO3 ? askBotocore(server.url) : new Map<string, Said>(),
  ])
  sdk = bySdk
  botocore = byBotocore
}, 60_000)

/** Answers each StartTask with the form that its `startedBy` names. */
async function startServer(): Promise<{ url: string } & AsyncDisposable> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const sent: unknown = JSON.parse(await text(request))
    const title =
      typeof sent === 'object' && sent !== null && 'startedBy' in sent ? sent.startedBy : undefined
    const form = FORMS.find((candidate) => candidate.title === title)
    response
      .writeHead(form?.status ?? 500, {
        'content-type': 'application/x-amz-json-1.1',
        ...form?.headers,
      })
      .end(form?.body)
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  return {
    url: `http://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: () => (server.closeAllConnections(), close()),
  }
}

async function askSdk(endpoint: string): Promise<Map<string, Said>> {
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'none' }
  const client = new ECSClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })
  const said = new Map<string, Said>()
  for (const { title } of FORMS) {
    const command = new StartTaskCommand({
      taskDefinition: 'web',
      containerInstances: ['a'],
      startedBy: title,
    })
    const error: unknown = await client.send(command).catch((thrown: unknown) => thrown)
    if (!(error instanceof Error)) throw new Error(`The SDK took ${title} for a success.`)
    said.set(
      title,
      '$fault' in error
        ? { name: error.name, message: error.message }
        : { name: null, message: null },
    )
  }
  client.destroy()
  return said
}

const ASK_BOTOCORE = `
import boto3, json, os, sys
from botocore.config import Config
from botocore.exceptions import ClientError
client = boto3.client('ecs', endpoint_url=sys.argv[1], region_name='us-east-1', aws_access_key_id='AKID', aws_secret_access_key='none',
  config=Config(retries={'total_max_attempts': 1}, proxies={}, parameter_validation=False))
said = {}
for title in json.load(sys.stdin):
  try:
    client.start_task(taskDefinition='web', containerInstances=['a'], startedBy=title)
    raise SystemExit('boto3 took %s for a success' % title)
  except ClientError as error:
    said[title] = {'name': error.response['Error']['Code'], 'message': error.response['Error']['Message']}
  except Exception:
    said[title] = {'name': None, 'message': None}
json.dump(said, sys.stdout)
`

function askBotocore(endpoint: string): Promise<Map<string, Said>> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'python3',
      ['-c', ASK_BOTOCORE, endpoint],
      { timeout: 50_000 },
      (error, stdout) => {
        if (error) return reject(error)
        const said: Record<string, Said> = JSON.parse(stdout)
        resolve(new Map(Object.entries(said)))
      },
    )
    child.stdin?.end(JSON.stringify(FORMS.map(({ title }) => title)))
  })
}

/** What `readErrorIdentity` says of a form, whose headers HTTP joins and trims. */
function readForm(form: Form): Said {
  const headers = Object.fromEntries(
    Object.entries(form.headers).map(([name, value]) => [name, [value].flat().join(', ').trim()]),
  )
  return readErrorIdentity(headers, parseBody(form.body)) ?? NOTHING
}

const NOTHING: Said = { name: 'no error', message: '' }

/** The SDK's words for nothing: `Unknown` when nothing stands for the name, an empty name, or a failure of its own. */
function translateSdk({ name, message }: Said): Said {
  return name === null || name === '' || name === 'Unknown'
    ? NOTHING
    : { name, message: message === 'UnknownError' ? '' : message }
}

/** botocore's words for nothing: an empty code, or a failure of its own. */
function translateBotocore({ name, message }: Said): Said {
  return name === null || name === '' ? NOTHING : { name, message: message ?? '' }
}

function findDeviation(deviations: readonly Deviation[], form: Form): Deviation | undefined {
  return deviations.find((deviation) => deviation.applies(form))
}

function getSaid(said: ReadonlyMap<string, Said>, form: Form): Said {
  const response = said.get(form.title)
  if (!response) throw new Error('The client was not asked.')
  return response
}

for (const form of FORMS) {
  const bySdk = findDeviation(SDK_DEVIATIONS, form)
  test(`${bySdk ? `DEVIATION, ${bySdk.reason}` : 'reads what the SDK for JavaScript reads'}: ${form.title}`, () => {
    const said = getSaid(sdk, form)
    expect(bySdk ? said : translateSdk(said)).toEqual(bySdk ? bySdk.said(form) : readForm(form))
  })

  const byBotocore = findDeviation(BOTOCORE_DEVIATIONS, form)
  test.skipIf(!HAS_BOTO3)(
    `${byBotocore ? `DEVIATION, ${byBotocore.reason}` : 'reads what boto3 reads'}: ${form.title}`,
    () => {
      const said = getSaid(botocore, form)
      expect(byBotocore ? said : translateBotocore(said)).toEqual(
        byBotocore ? byBotocore.said(form) : readForm(form),
      )
    },
  )
}

test('gives each form a title of its own', () => {
  expect(new Set(FORMS.map(({ title }) => title)).size).toBe(FORMS.length)
})

test.for([SDK_DEVIATIONS, BOTOCORE_DEVIATIONS])(
  'lists no deviation that no form shows: %#',
  (deviations) => {
    expect(
      deviations.filter(
        (deviation) => !FORMS.some((form) => findDeviation(deviations, form) === deviation),
      ),
    ).toEqual([])
  },
)
