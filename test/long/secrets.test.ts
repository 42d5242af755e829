import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { HAS_PYTHON, scanPaths } from '../secrets/scanner.ts'
import type { Plan, Report } from '../recorder/children/plan.ts'
import type { Sending } from '../recorder/children/sending.ts'
import { makeFolder, readRecording, RECORDERS, runScript } from '../recorder/recorders.ts'
import { answerJson, type MetRequest, startUpstream } from '../recorder/upstream.ts'

const KEY_ID = 'AS' + 'IA' + 'PLANTEDKEYID7XYZ'
const SECRET_KEY = 'plantedSecretKey/' + 'Zx9+Qw8/Er7+Ty6/Ui5+O'
const TOKEN = 'planted-token/' + 'kJ8+hG6/fD4='.repeat(20)
const ENVIRONMENT_VALUE = 'planted "environment" value, 100% & <more>'

/** Every way to give back to a client what it sent. */
const ECHOES: Record<string, (told: Told, response: ServerResponse) => void> = {
  'error-message': (told, response) =>
    answerJson(response, 400, {
      __type: 'ClientException',
      message: `Not signed: ${JSON.stringify(told)} with ${told.token} of ${told.value}`,
    }),
  overrides: (told, response) => {
    const { overrides } = JSON.parse(told.body)
    answerJson(response, 200, {
      tasks: [{ overrides, startedBy: told.token, tags: [{ key: told.keyId, value: told.value }] }],
      failures: [],
    })
  },
  html: (told, response) => {
    const text = told.body
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('"', '&quot;')
    response
      .writeHead(418, { 'content-type': 'text/html' })
      .end(`<h1>${told.keyId}</h1><!-- ${told.authorization} --><pre>${text}</pre>${told.token}`)
  },
  'cut-json': (told, response) =>
    void response
      .writeHead(200)
      .end(JSON.stringify({ told, body: JSON.parse(told.body) }).slice(0, -9)),
  headers: (told, response) => {
    const [requestid, kind] = [
      `${told.token} ${told.signature}`,
      `text/plain; boundary=${told.keyId}; x=${told.value}`,
    ]
    answerJson(
      response,
      400,
      {},
      {
        'x-amzn-requestid': requestid,
        'content-type': kind,
        'x-amzn-errortype': told.value,
        'set-cookie': told.token,
      },
    )
  },
  'member-names': (told, response) =>
    answerJson(response, 200, {
      [told.token]: 1,
      tasks: [{ [told.value]: { [told.keyId]: [] } }],
      [`is ${told.signature}`]: 'x',
      failures: [],
    }),
  base64: (told, response) => {
    const encode = (text: string) => Buffer.from(text).toString('base64')
    const logs = [
      told.body,
      told.token,
      `x${told.keyId}`,
      `xy${told.value}`,
      JSON.stringify(told),
      encode(told.token),
    ].map(encode)
    answerJson(response, 200, {
      tasks: [],
      failures: logs.map((detail) => ({ detail, reason: `see ${detail}.` })),
    })
  },
  'hexadecimal-and-percent': (told, response) => {
    const hex = Buffer.from(JSON.stringify(told)).toString('hex')
    answerJson(response, 500, {
      message: `${hex} ${encodeURIComponent(told.body)} ${encodeURIComponent(told.token)}`,
      Message: JSON.stringify(told.body),
    })
  },
}

/** What a service learns from a request. */
interface Told {
  authorization: string
  keyId: string
  signature: string
  token: string
  value: string
  body: string
}

function readTold({ headers, body }: MetRequest): Told {
  const authorization = headers.authorization ?? ''
  const signature = /Signature=([0-9a-f]+)/.exec(authorization)?.[1] ?? ''
  return {
    authorization,
    keyId: KEY_ID,
    signature,
    token: String(headers['x-amz-security-token']),
    value: ENVIRONMENT_VALUE,
    body,
  }
}

function buildSendings(name: string, index: number): Sending[] {
  const body = {
    taskDefinition: name,
    containerInstances: ['ci-a'],
    overrides: {
      containerOverrides: [
        {
          name: 'app',
          environment: [{ name: 'DB', value: ENVIRONMENT_VALUE }],
          command: ['--password', ENVIRONMENT_VALUE],
        },
      ],
    },
  }
  const signature = (0xabcdef0123 + index).toString(16).repeat(7).slice(0, 64)
  const authorization = `AWS4-HMAC-SHA256 Credential=${KEY_ID}/20261123/us-east-1/ecs/aws4_request, SignedHeaders=host, Signature=${signature}`
  const headers = {
    authorization,
    'x-amz-security-token': TOKEN,
    'user-agent': `${KEY_ID}/1.0`,
    cookie: `sid=${TOKEN}`,
    'x-amz-meta': SECRET_KEY,
  }
  return [
    { client: 'fetch', body, headers },
    { client: 'http', body: { ...body, startedBy: 'http' }, headers },
    ...(name === 'error-message' || name === 'overrides'
      ? [{ client: 'sdk', body: { ...body, startedBy: 'sdk' } } as const]
      : []),
  ]
}

const LAYOUTS = { 'one file': 'all.json', 'a folder': 'all' }

test
  .skipIf(!HAS_PYTHON)
  .each(
    RECORDERS.flatMap((recorder) =>
      Object.entries(LAYOUTS).map(([layout, out]) => ({ ...recorder, layout, out })),
    ),
  )(
  'writes no secret when recording $name into $layout, temporary files included (needs python3)',
  async ({ script, out }) => {
    const folder = makeFolder()
    const [written, kept, temporary, seen] = ['written', 'kept', 'tmp', 'seen'].map((name) =>
      join(folder, name),
    )
    for (const path of [written, kept, temporary, seen]) mkdirSync(String(path))
    const planted = new Set([KEY_ID, SECRET_KEY, TOKEN, ENVIRONMENT_VALUE])
    await using upstream = await startUpstream((request, response, count) => {
      const told = readTold(request)
      planted.add(told.signature)
      writeFileSync(join(String(seen), `${count}.json`), JSON.stringify({ ...request, told }))
      const { taskDefinition } = JSON.parse(request.body)
      ECHOES[String(taskDefinition)]?.(told, response)
    })
    const plan: Plan = {
      out: join(String(written), out),
      url: upstream.url,
      waves: Object.keys(ECHOES).map(buildSendings),
      credentials: { accessKeyId: KEY_ID, secretAccessKey: SECRET_KEY, sessionToken: TOKEN },
    }
    const env = { KEPT_FILES: kept, TMPDIR: temporary }
    const ended = await runScript(script, plan, {
      env,
      nodeArgs: [
        '--import',
        join(import.meta.dirname, '../recorder/children/keep-temporary-files.ts'),
      ],
    })
    writeFileSync(join(folder, 'output.txt'), ended.stdout + ended.stderr)
    const report: Report = JSON.parse(ended.stdout)
    const exchanges = report.stopped?.written.flatMap((path) => readRecording(path).exchanges) ?? []
    expect(exchanges).toHaveLength(upstream.met.length)
    expect(report.stopped?.lost).toBe(0)
    const names = readdirSync(String(kept), { recursive: true }).map(String)
    expect(names.filter((name) => name.endsWith('.tmp'))).not.toEqual([])
    const secrets = [...planted]
    const [control, scan] = await Promise.all([
      scanPaths([String(seen)], secrets),
      scanPaths(
        [String(written), String(kept), String(temporary), join(folder, 'output.txt')],
        secrets,
      ),
    ])
    expect(control.code).toBe(1) // the scanner sees the secrets where they are
    expect(scan.found).toEqual([])
    expect(scan.code).toBe(0)
  },
)
