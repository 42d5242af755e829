import { mkdirSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { deflateSync, gzipSync } from 'node:zlib'

import { expect, test } from 'vitest'

import { checkExchange } from '../../src/contract/index.ts'
import { type Exchange, isTransportFailure } from '../../src/protocol/index.ts'
import { loadRecordings } from '../../src/recording/index.ts'
import { createReplayer } from '../../src/replayer/engine/index.ts'
import { HAS_PYTHON, scanPaths } from '../secrets/scanner.ts'
import type { Plan, Report } from '../recorder/children/plan.ts'
import {
  plant,
  PLANTED,
  writeAuthorization,
  writeKey,
  writePresignedUrl,
} from '../recorder/planted-secrets.ts'
import { makeFolder, RECORDERS, runScript } from '../recorder/recorders.ts'
import { answerJson, type MetRequest, startUpstream } from '../recorder/upstream.ts'

const TARGET = 'AmazonEC2ContainerServiceV20141113.StartTask'
const ARN = `arn:aws:ecs:us-east-1:${plant('account')}`
const HEADERS = {
  authorization: writeAuthorization(plant('keyInStartedBy'), plant('signature')),
  'x-amz-security-token': plant('token'),
  'x-amz-meta': plant('secretKey'),
  'user-agent': `agent/1.0 ${plant('keyInError')}`,
  cookie: `sid=${plant('flagToken')}`,
}

const SEEN_BY_LOOKS: readonly string[] = [
  'access key id',
  'secret access key',
  'session token',
  'web token',
  'vendor token',
  'account id',
  'address',
  'hardware address',
  'network interface',
]

const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64')
const hex = (text: string) => Buffer.from(text).toString('hex')

/** Everything at once, as a configuration file has it, and what is known by its looks alone. */
const ALL = JSON.stringify([
  Object.values(PLANTED).map(({ kind, value }) => ({ kind, password: value })),
  Object.values(PLANTED).flatMap(({ kind, value }) =>
    SEEN_BY_LOOKS.includes(kind) ? [`It is ${value} there.`] : [],
  ),
])
const IDS = JSON.stringify([
  plant('account'),
  plant('address'),
  plant('addressV6'),
  plant('mac'),
  plant('networkInterface'),
  `${ARN}:cluster/a`,
])

const COMMAND = [
  'sh',
  '-c',
  `psql postgres://me:${plant('postgres')}@db.internal:5432/x; mongosh mongodb+srv://u:${plant('mongo')}@c.example.net/a`,
  `redis-cli -u redis://:${plant('redis')}@cache:6379/0`,
  `java -Durl=jdbc:mysql://db/x?user=me&password=${plant('jdbc')}&ssl=true`,
  `Server=tcp:db;Database=x;User ID=me;Pwd=${plant('ado')};Encrypt=true`,
  '--password',
  plant('flagPassword'),
  `--api-token=${plant('flagToken')}`,
  `deploy --db-password '${plant('flagInShell')}' --verbose`,
  `curl -u robot:${plant('basicUser')} -H "Authorization: Bearer ${plant('jwtInCommand')}" ${writePresignedUrl()}`,
  `https://account.blob.core.windows.net/c/f?sv=2024&sig=${plant('azureSignature')}&sr=b`,
  `export AWS_SECRET_ACCESS_KEY=${plant('secretKeyInCommand')} GITHUB_TOKEN=${plant('github')}`,
  writeKey('privateKey'),
  JSON.stringify({ config: JSON.stringify({ stripe: plant('stripe'), host: plant('address') }) }),
  `nc ${plant('publicAddress')} 443; ping6 ${plant('addressV6')}; ip link set dev eth0 address ${plant('mac')}`,
  `arn%3Aaws%3Aecs%3Aus-east-1%3A${plant('account')}%3Acluster%2Fmain`,
  base64(ALL),
  base64(gzipSync(IDS)),
]

const BODIES = {
  command: {
    startedBy: plant('keyInStartedBy'),
    overrides: { containerOverrides: [{ name: 'app', command: COMMAND }] },
  },
  environment: {
    overrides: {
      taskRoleArn: `arn:aws:iam::${plant('otherAccount')}:role/worker`,
      containerOverrides: [
        {
          name: 'app',
          environment: [
            { name: 'CONFIG', value: plant('environment') },
            { name: 'WORD', value: plant('environmentWord') },
            { name: 'ENI', value: plant('otherNetworkInterface') },
          ],
          command: ['echo', plant('environment')],
        },
      ],
    },
  },
  map: {
    overrides: {
      containerOverrides: [{ name: 'app', environment: { MAP: plant('environmentInMap') } }],
    },
  },
  ids: {
    cluster: `${ARN}:cluster/main`,
    tags: [
      { key: 'db-password', value: plant('tag') },
      { key: 'owner', value: plant('account') },
      { key: 'address', value: plant('address') },
      { key: 'interface', value: plant('networkInterface') },
    ],
    overrides: {
      containerOverrides: [
        { name: 'app', command: [hex(IDS), encodeURIComponent(IDS), base64(base64(IDS)), IDS] },
      ],
    },
  },
}

const BASE = {
  taskDefinition: `${ARN}:task-definition/web:3`,
  containerInstances: [`${ARN}:container-instance/main/ci-a`],
}

function buildTask(): object {
  const taskArn = `${ARN}:task/main/0123456789abcdef0123456789abcdef`
  return {
    taskArn,
    clusterArn: `${ARN}:cluster/main`,
    lastStatus: 'PENDING',
    startedBy: plant('keyInStartedBy'),
    attachments: [
      {
        id: '4c543eed-f83f-47da-b1d8-3d23f1da4c64',
        type: 'ElasticNetworkInterface',
        status: 'ATTACHED',
        details: [
          { name: 'networkInterfaceId', value: plant('networkInterface') },
          { name: 'macAddress', value: plant('mac') },
          { name: 'privateIPv4Address', value: plant('address') },
          {
            name: 'privateDnsName',
            value: `ip-${plant('address').replaceAll('.', '-')}.ec2.internal`,
          },
        ],
      },
    ],
    containers: [
      {
        containerArn: `${ARN}:container/1`,
        name: 'app',
        image: `${plant('otherAccount')}.dkr.ecr.us-east-1.amazonaws.com/app@sha256:${'ab'.repeat(32)}`,
        reason: `CannotPullContainerError: GET https://u:${plant('mongo')}@registry/v2 gave ${plant('jwtInResponse')}`,
        networkInterfaces: [
          {
            attachmentId: 'a',
            privateIpv4Address: plant('address'),
            ipv6Address: plant('addressV6'),
          },
          { attachmentId: 'b', privateIpv4Address: plant('publicAddress') },
        ],
      },
    ],
    tags: [{ key: 'session', value: plant('tokenInResponse') }],
    stoppedReason: `${writeKey('privateKeyInResponse')} ${plant('slack')}`,
  }
}

/** What comes back for a request that asks for it by its `group`. */
const RESPONSES: Record<string, (response: ServerResponse, request: MetRequest) => void> = {
  started: (response) => answerJson(response, 200, { tasks: [buildTask()], failures: [] }),
  unplaced: (response) => {
    const detail = `${ALL} and ${base64(ALL)} and ${base64(deflateSync(ALL))}`
    answerJson(response, 200, {
      tasks: [],
      failures: [{ arn: `${ARN}:container-instance/main/ci-a`, reason: 'AGENT', detail }],
    })
  },
  rejected: (response, { headers, body }) => {
    const message = `User: arn:aws:sts::${plant('otherAccount')}:assumed-role/x/${plant('roleId')} may not: ${writeAuthorization(plant('keyInError'), plant('signatureInError'))} ${JSON.stringify(headers)} ${body} ${ALL}`
    answerJson(
      response,
      400,
      { __type: 'AccessDeniedException', message },
      { 'x-amzn-requestid': `${plant('account')}-${plant('token')}` },
    )
  },
  html: (response, { body }) =>
    void response
      .writeHead(503, { 'content-type': 'text/html' })
      .end(`<p>${body}</p>${encodeURIComponent(ALL)}<i>${hex(IDS)}</i>`),
  'cut-json': (response) =>
    void response
      .writeHead(200)
      .end(JSON.stringify({ tasks: [buildTask()], note: IDS }).slice(0, -3)),
  'member-names': (response) =>
    answerJson(response, 200, {
      tasks: [],
      failures: [],
      ...Object.fromEntries(
        Object.values(PLANTED).map(({ kind, value }) => [`${kind} password=${value}`, 1]),
      ),
      [plant('account')]: { [plant('address')]: plant('addressV6') },
    }),
}

/** Each response once, and each request once: a look at all of their pairs would find no more and take long. */
const REQUESTS = [
  ...Object.keys(RESPONSES).map((response) => ({
    ...BASE,
    ...BODIES.command,
    group: `${response}-all`,
  })),
  ...Object.entries(BODIES).map(([name, body]) => ({ ...BASE, ...body, group: `started-${name}` })),
]

function chooseResponse(body: string): (typeof RESPONSES)[string] | undefined {
  const group = String(JSON.parse(body).group)
  return Object.entries(RESPONSES).find(([name]) => group.startsWith(`${name}-`))?.[1]
}

function countErrors(exchange: Exchange): number {
  return checkExchange(exchange).filter(({ severity }) => severity === 'error').length
}

test('plants forty secrets of fifteen kinds', () => {
  const kinds = new Set(Object.values(PLANTED).map(({ kind }) => kind))
  expect(new Set(Object.values(PLANTED).map(({ value }) => value)).size).toBe(40)
  expect(kinds.size).toBe(15)
})

test.skipIf(!HAS_PYTHON).each(RECORDERS)(
  'keeps forty planted secrets out of what is recorded $name, which replays and conforms (needs python3)',
  async ({ script }) => {
    const folder = makeFolder()
    const [written, kept, temporary] = ['written', 'kept', 'tmp'].map((name) => join(folder, name))
    for (const path of [written, kept, temporary]) mkdirSync(String(path))
    const onTheWire: string[] = []
    await using upstream = await startUpstream((request, response) => {
      const send = response.end.bind(response)
      const end = (body: string) => {
        onTheWire.push(request.body, JSON.stringify(request.headers), body)
        return send(body)
      }
      chooseResponse(request.body)?.(Object.assign(response, { end }), request)
    })
    const plan: Plan = {
      out: join(String(written), 'all'),
      url: upstream.url,
      waves: [REQUESTS.map((body) => ({ client: 'http', body, headers: HEADERS }))],
    }
    const env = { KEPT_FILES: kept, TMPDIR: temporary, XDG_CONFIG_HOME: join(folder, 'config') }
    const nodeArgs = [
      '--import',
      join(import.meta.dirname, '../recorder/children/keep-temporary-files.ts'),
    ]
    const ended = await runScript(script, plan, { env, nodeArgs })
    writeFileSync(join(folder, 'output.txt'), ended.stdout + ended.stderr)
    const report: Report = JSON.parse(ended.stdout)
    expect(report).toMatchObject({ stopped: { lost: 0 } })

    const values = Object.values(PLANTED).map(({ value }) => value)
    expect(
      values.filter(
        (value) => !onTheWire.some((text) => text.includes(JSON.stringify(value).slice(1, -1))),
      ),
    ).toEqual([])
    const scan = await scanPaths(
      [String(written), String(kept), String(temporary), join(folder, 'output.txt')],
      values,
    )
    expect(scan.found).toEqual([])
    expect(scan.code).toBe(0)

    const recordings = await loadRecordings(plan.out)
    const exchanges = recordings.flatMap((recording) => recording.exchanges)
    expect(exchanges).toHaveLength(REQUESTS.length)
    const replayer = createReplayer(recordings)
    for (const body of REQUESTS) {
      const headers = {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': TARGET,
        ...HEADERS,
      }
      const response = await replayer.respond({
        method: 'POST',
        url: '/',
        headers,
        body: JSON.stringify(body),
      })
      expect(isTransportFailure(response) ? response.failure : String(response.body)).not.toContain(
        'NoRecordingMatched',
      )
    }
    expect(replayer.unused()).toEqual([])
    const valid = exchanges.filter(({ request: { body } }) =>
      /(?:started|unplaced)-(?!map)/.test(JSON.stringify(body)),
    )
    expect(valid).toHaveLength(5)
    expect(valid.map(countErrors)).toEqual(valid.map(() => 0))
  },
  30_000,
)
