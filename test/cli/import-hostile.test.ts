import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { parseRecording } from '../../src/recording/index.ts'
import { makeRecord, makeTaskEvent } from '../formats/importing.ts'
import { createFolder, findControls, runStarttask } from './starttask.ts'

const HOSTILE =
  '\u001b[2J\u0007\u202e<script>alert(1)</script>\n::error file=x::owned\r\n../../../etc/passwd'
const TARGET = 'AmazonEC2ContainerServiceV20141113.StartTask'
const BODY = '{"containerInstances":["i-1"],"taskDefinition":"web:1"}'
const RESPONSE = '{"failures":[],"tasks":[]}'

/** The value once for each text in it, at any depth, and for each name of a member, with hostile text in its place. */
function spoil(value: unknown): unknown[] {
  if (typeof value === 'string') return [HOSTILE, `${value}${HOSTILE}`]
  if (Array.isArray(value))
    return value.flatMap((item, index) => spoil(item).map((bad) => value.with(index, bad)))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => [
    ...spoil(member).map((bad) => ({ ...value, [name]: bad })),
    { ...value, [`${name}${HOSTILE}`]: member },
  ])
}

const HAR_ENTRY = {
  startedDateTime: '2026-11-24T10:00:00.000Z',
  time: 12,
  request: {
    method: 'POST',
    url: 'https://ecs.us-east-1.amazonaws.com/',
    headers: [{ name: 'X-Amz-Target', value: TARGET }],
    postData: { mimeType: 'application/x-amz-json-1.1', text: BODY },
  },
  response: {
    status: 200,
    headers: [{ name: 'Content-Type', value: 'application/x-amz-json-1.1' }],
    content: { text: RESPONSE },
  },
  timings: { send: 0, wait: 12, receive: 0 },
}
const DEFINITION = {
  scope: 'https://ecs.us-east-1.amazonaws.com:443',
  method: 'POST',
  path: '/',
  body: JSON.parse(BODY),
  status: 200,
  response: JSON.parse(RESPONSE),
  rawHeaders: { 'content-type': 'application/x-amz-json-1.1' },
  reqheaders: { 'x-amz-target': TARGET },
}
const MAPPING = {
  scenarioName: 's',
  requiredScenarioState: 'Started',
  newScenarioState: 'again-2',
  request: {
    url: '/',
    method: 'POST',
    headers: { 'X-Amz-Target': { equalTo: TARGET } },
    bodyPatterns: [{ equalToJson: BODY }],
  },
  response: {
    status: 200,
    body: RESPONSE,
    headers: { 'Content-Type': 'application/x-amz-json-1.1' },
  },
}
const SDK_ENTRY = {
  time: '2026-11-24T10:00:00.000Z',
  clientName: 'ECSClient',
  commandName: 'StartTaskCommand',
  input: JSON.parse(BODY),
  output: {
    tasks: [{ taskArn: 'arn' }],
    failures: [{ arn: 'arn', reason: 'AGENT', detail: 'why' }],
  },
  error: { name: 'ClientException', message: 'why', code: 'x' },
  metadata: { httpStatusCode: 200, requestId: '6af5fd30-765e-11e9-a5f9-b7e8a953a005' },
}
/** A log of one call, with places for text: T in a header, J inside JSON. */
const DEBUG_LOG = [
  `2026-11-24 10:00:00,000 - MainThread - botocore.endpoint - DEBUG - Making request for OperationModel(name=StartTask) with params: {'url_path': '/', 'headers': {'X-Amz-Target': '${TARGET}', 'User-Agent': '{T}'}, 'body': b'${BODY.replace('web:1', '{J}')}', 'context': {}}`,
  `2026-11-24 10:00:00,100 - MainThread - botocore.endpoint - DEBUG - Sending http request: <AWSPreparedRequest method=POST, url=https://x/, headers={'X-Amz-Target': b'${TARGET}', 'User-Agent': b'{T}'}>`,
  '2026-11-24 10:00:00,200 - MainThread - urllib3.connectionpool - DEBUG - https://x "POST / HTTP/1.1" 400 26',
  "2026-11-24 10:00:00,201 - MainThread - botocore.parsers - DEBUG - Response headers: {'content-type': '{T}', 'x{T}': '{T}'}",
  '2026-11-24 10:00:00,202 - MainThread - botocore.parsers - DEBUG - Response body:',
  `b'{"__type":"{J}","message":"{J}"}'`,
].join('\n')

/** The log once for each of its places; written as Python writes bytes. */
function spoilLog(): string[] {
  const escapes = {
    '{T}': String.raw`\x1b[2J\x07<script>\n::error::owned`,
    '{J}': String.raw`\\u001b[2J\\u202e<script>\\n::error::owned`,
  }
  const places = DEBUG_LOG.split(/(\{[TJ]\})/)
  return places.flatMap((at, index) => {
    const hostile = Object.entries(escapes).find(([place]) => place === at)?.[1]
    return hostile === undefined
      ? []
      : [
          places
            .map((one, other) => (other === index ? hostile : one.replace(/^\{[TJ]\}$/, 'a')))
            .join(''),
        ]
  })
}

/** One file each, with a record for each place that a text can stand in. */
const SOURCES: Readonly<Record<string, string>> = {
  cloudtrail: JSON.stringify({
    Records: [
      ...spoil(makeRecord()),
      ...spoil(
        makeRecord({
          errorCode: 'AccessDenied',
          errorMessage: 'why',
          requestParameters: null,
          responseElements: null,
        }),
      ),
    ],
  }),
  eventbridge: JSON.stringify(
    spoil(
      makeTaskEvent({ stopCode: 'TaskFailedToStart', stoppedReason: 'why', lastStatus: 'STOPPED' }),
    ),
  ),
  har: JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: HOSTILE, version: HOSTILE },
      entries: spoil(HAR_ENTRY),
    },
  }),
  nock: JSON.stringify(spoil(DEFINITION)),
  wiremock: JSON.stringify({ mappings: spoil(MAPPING) }),
  'sdk-log': spoil(SDK_ENTRY)
    .map((entry) => JSON.stringify(entry))
    .join('\n'),
  'aws-cli-debug': spoilLog().join('\n'),
}

test.each(Object.entries(SOURCES))(
  'hostile text in every field of %s reaches no terminal, report or path',
  async (format, source) => {
    using folder = createFolder()
    const log = folder.write('hostile.log', source)
    const out = join(folder.path, 'out.json')
    const imported = await runStarttask(['import', format, log, '--out', out], { cwd: folder.path })
    const runs = [imported]
    for (const args of [
      ['import', format, log, '--out', join(folder.path, 'again.json'), '--json'],
      ['incident', 'timeline', out, '--all'],
      ['incident', 'timeline', out, '--json'],
    ])
      runs.push(await runStarttask(args, { cwd: folder.path }))
    expect(
      runs.map(({ stdout, stderr }) => [
        findControls(stdout + stderr),
        /^\s*::/m.test(stdout + stderr),
      ]),
    ).toEqual(runs.map(() => [[], false]))
    const { exchanges, taskStateChanges = [] } = parseRecording(readFileSync(out, 'utf8'))
    expect(exchanges.length + taskStateChanges.length).toBeGreaterThan(0)
    expect(readdirSync(folder.path).toSorted()).toEqual(['again.json', 'hostile.log', 'out.json'])
  },
)
