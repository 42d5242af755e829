import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { formatUnredacted } from '../suites/unredacted.ts'
import { startProvider } from '../../src/provider/index.ts'
import {
  buildResponse,
  buildExchange,
  buildInput,
  buildRecording,
} from '../replayer/recorded-exchanges.ts'
import { createFolder, findControls, type Folder, runStarttask } from './starttask.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const SAMPLE = readFileSync(join(root, 'recordings/started/page-sample.json'), 'utf8')

interface Check {
  check: string
  status: 'ok' | 'warn' | 'fail'
  fact: string
  place?: string
  remedy?: string
}

/** A project in which nothing is wrong; a test plants its fault in it. */
const createProject = (
  manifest: object = {},
): Folder & {
  put(name: string, text: string): void
  install(name: string, version: string): void
} => {
  const folder = createFolder()
  const put = (name: string, text: string) => {
    mkdirSync(dirname(join(folder.path, name)), { recursive: true })
    writeFileSync(join(folder.path, name), text)
  }
  put('package.json', JSON.stringify({ name: 'project', type: 'module', ...manifest }))
  put('recordings/started/sample.json', SAMPLE)
  mkdirSync(join(folder.path, 'node_modules'))
  symlinkSync(root, join(folder.path, 'node_modules/starttask-harness'))
  const install = (name: string, version: string) =>
    put(`node_modules/${name}/package.json`, JSON.stringify({ name, version }))
  return { ...folder, put, install, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

const diagnose = async (folder: Folder, env: Record<string, string> = {}, ...args: string[]) => {
  const { code, stdout, stderr } = await runStarttask(['doctor', '--json', ...args], {
    cwd: folder.path,
    env,
  })
  const { schemaVersion, checks }: { schemaVersion: number; checks: Check[] } = JSON.parse(stdout)
  expect(schemaVersion).toBe(1)
  for (const { status, remedy } of checks) expect(remedy !== undefined).toBe(status !== 'ok')
  return { code, stderr, checks, wrong: checks.filter(({ status }) => status !== 'ok') }
}

test('finds nothing wrong in a project in order', async () => {
  using project = createProject()
  const { code, checks, wrong } = await diagnose(project)
  expect({ code, wrong }).toEqual({ code: 0, wrong: [] })
  expect(new Set(checks.map(({ check }) => check))).toEqual(
    new Set([
      'node',
      'package',
      'interceptors',
      'sources',
      'mode',
      'endpoint',
      'region',
      'config',
      'recordings',
    ]),
  )
})

test('looks at the project around a folder in it', async () => {
  using project = createProject()
  const run = await runStarttask(['doctor', '--json'], { cwd: join(project.path, 'recordings') })
  expect(JSON.parse(run.stdout)).toMatchObject({
    project: expect.stringMatching(/starttask-test-\w+$/),
  })
})

test('warns of a project that has this package not installed, and no recordings', async () => {
  using folder = createFolder()
  folder.write('package.json', '{}')
  const { code, wrong } = await diagnose(folder)
  expect(code).toBe(0)
  expect(wrong).toMatchObject([
    { check: 'package', status: 'warn', remedy: 'npm i -D starttask-harness' },
    { check: 'recordings', status: 'warn' },
  ])
})

test('fails for two copies of the interceptors, and names both', async () => {
  using project = createProject({ devDependencies: { msw: '*' } })
  project.install('msw', '3.0.5')
  project.install('msw/node_modules/@mswjs/interceptors', '0.44.0')
  const { code, wrong } = await diagnose(project)
  expect(code).toBe(1)
  expect(wrong).toMatchObject([
    {
      check: 'interceptors',
      status: 'fail',
      fact: expect.stringMatching(
        /^2 copies of @mswjs\/interceptors \(0\.45\.\d+ for starttask-harness; 0\.44\.0 for msw\)/,
      ),
      place: expect.stringContaining('msw/node_modules/@mswjs/interceptors'),
    },
  ])
})

test.for([
  ['msw', '2.10.5', '^3'],
  ['nock', '15.0.2', '^15'],
  ['vitest', '4.0.0', '^5'],
] as const)('fails for %s %s', async ([name, version, range]) => {
  using project = createProject({ devDependencies: { [name]: '*' } })
  project.install(name, version)
  const { code, wrong } = await diagnose(project)
  expect(code).toBe(1)
  expect(wrong).toMatchObject([
    {
      check: name,
      status: 'fail',
      fact: expect.stringContaining(version),
      remedy: expect.stringContaining(`${name}@${range}`),
    },
  ])
})

test.for([
  ['server.listen({ onUnhandledRequest: "error" })', 'onUnhandledFrame'],
  ['const onUnhandledFrame = ({ defaults }) => { defaults.error() }', 'goes to the network'],
  ["import { rest } from 'msw'; rest.post('/', () => {})", 'rest is of msw 1'],
] as const)('names the line of an option that msw 3 does not have: %s', async ([line, told]) => {
  using project = createProject()
  project.put('test/setup.ts', `// onUnhandledRequest was it\n\n${line}\n`)
  const { code, wrong } = await diagnose(project)
  expect(code).toBe(1)
  expect(wrong).toMatchObject([{ check: 'msw', status: 'fail', place: 'test/setup.ts:3' }])
  expect(JSON.stringify(wrong)).toContain(told)
})

test('does not look into what is installed, built or hidden', async () => {
  using project = createProject()
  for (const name of ['node_modules/x/a.js', 'dist/a.js', '.cache/a.js', 'coverage/a.js'])
    project.put(name, 'onUnhandledRequest')
  expect((await diagnose(project)).wrong).toEqual([])
})

test('fails where nock is imported beside msw, unless NOCK_OFF keeps it still', async () => {
  using project = createProject()
  project.put('test/a.test.js', "import nock from 'nock'\nimport { setupServer } from 'msw/node'\n")
  expect((await diagnose(project)).wrong).toMatchObject([
    { check: 'nock', status: 'fail', place: 'test/a.test.js:1' },
  ])
  expect((await diagnose(project, { NOCK_OFF: 'true' })).wrong).toEqual([])
})

test('warns where nock and msw are imported by different files', async () => {
  using project = createProject()
  project.put('a.js', "const nock = require('nock')\n")
  project.put('b.js', "import { http } from 'msw'\n")
  expect(await diagnose(project)).toMatchObject({
    code: 0,
    wrong: [{ check: 'nock', status: 'warn', place: 'a.js:1' }],
  })
})

test('fails for a subpath whose package is not installed', async () => {
  using project = createProject()
  project.put(
    'a.test.ts',
    "import { startReplay } from 'starttask-harness/msw'\nimport { replayFetch } from 'starttask-harness/fetch'\n",
  )
  expect((await diagnose(project)).wrong).toMatchObject([
    {
      check: 'packages',
      status: 'fail',
      place: 'a.test.ts:1',
      remedy: expect.stringMatching(/^npm i -D msw@\^3/),
    },
  ])
})

test.for([
  [{ STARTTASK_MODE: 'recrod' }, 'mode', 'fail', /Unknown mode: "recrod"/],
  [{ STARTTASK_MODE: 'lockdown' }, 'mode', 'fail', /Unknown mode: "lockdown"/],
  [
    { STARTTASK_MODE: 'record', STARTTASK_UPSTREAM: 'http://x', CI: '1' },
    'mode',
    'fail',
    /CI is set/,
  ],
  [{ STARTTASK_MODE: 'record' }, 'mode', 'fail', /STARTTASK_UPSTREAM names none/],
  [{ STARTTASK_MODE: 'record', STARTTASK_UPSTREAM: 'http://x' }, 'mode', 'warn', /real tasks/],
  [{ AWS_ENDPOINT_URL: 'http://x' }, 'endpoint', 'warn', /clients of ECS go there/],
  [
    { AWS_ENDPOINT_URL_ECS: 'http://x', AWS_USE_FIPS_ENDPOINT: 'true' },
    'endpoint',
    'fail',
    /refuse to combine/,
  ],
  [
    { AWS_ENDPOINT_URL_ECS: 'http://x', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
    'endpoint',
    'fail',
    /ignore it/,
  ],
  [{ AWS_REGION: 'eu-west-1' }, 'region', 'warn', /AWS_DEFAULT_REGION/],
  [{ AWS_DEFAULT_REGION: 'eu-west-1' }, 'region', 'warn', /AWS_REGION/],
] as const)('reads the environment: %j', async ([env, check, status, fact]) => {
  using project = createProject()
  const { code, wrong } = await diagnose(project, env)
  expect(code).toBe(status === 'fail' ? 1 : 0)
  expect(wrong).toMatchObject([{ check, status, fact: expect.stringMatching(fact) }])
})

test('warns of a preload behind an endpoint of this machine', async () => {
  using project = createProject()
  const env = {
    NODE_OPTIONS: '--no-deprecation --title=starttask-harness/register',
    AWS_ENDPOINT_URL_ECS: 'http://127.0.0.1:1',
  }
  expect((await diagnose(project, env)).wrong).toMatchObject([
    { check: 'endpoint' },
    { check: 'preload', status: 'warn', place: 'NODE_OPTIONS' },
  ])
})

test.for([
  ['.nvmrc', 'v20.11'],
  ['.node-version', '20'],
] as const)('fails for a %s that asks for an old Node.js', async ([name, text]) => {
  using project = createProject()
  project.put(name, `${text}\n`)
  expect(await diagnose(project)).toMatchObject({
    code: 1,
    wrong: [{ check: 'node', status: 'fail', fact: expect.stringContaining(name) }],
  })
})

test('takes a .nvmrc that names a new enough Node.js', async () => {
  using project = createProject()
  project.put('.nvmrc', '22')
  expect((await diagnose(project)).wrong).toEqual([])
})

test('fails for npm scripts that run on an old Node.js', async () => {
  using project = createProject()
  project.put('node_modules/.bin/node', '#!/bin/sh\necho v20.19.0\n')
  chmodSync(join(project.path, 'node_modules/.bin/node'), 0o755)
  expect((await diagnose(project)).wrong).toMatchObject([
    { check: 'node', status: 'fail', fact: expect.stringContaining('20.19.0') },
  ])
})

test('warns of jest that is to load msw 3 without its flag', async () => {
  using project = createProject({ scripts: { test: 'jest' } })
  project.install('jest', '30.5.2')
  project.install('msw', '3.0.5')
  expect((await diagnose(project)).wrong).toMatchObject([{ check: 'jest', status: 'warn' }])
  expect((await diagnose(project, { NODE_OPTIONS: '--experimental-vm-modules' })).wrong).toEqual([])
})

test('fails for a configuration file that is none, and names the place in it', async () => {
  using project = createProject()
  project.put('starttask.config.json', '{"match":{"ingore":[]}}')
  expect((await diagnose(project)).wrong).toMatchObject([
    {
      check: 'config',
      status: 'fail',
      place: expect.stringMatching(/starttask\.config\.json at \/match\/ingore$/),
      remedy: expect.stringContaining('ignore'),
    },
  ])
})

test('fails for a recording that cannot be read, and for one with a secret; a departure of the service it only tells', async () => {
  using project = createProject()
  const token = ['ghp', 'a1B2c3D4e5F6'.repeat(3)].join('_')
  project.put('recordings/cut.json', SAMPLE.slice(0, 400))
  project.put('recordings/departs.json', SAMPLE.replace('"PENDING"', '12'))
  project.put(
    'recordings/secret.json',
    formatUnredacted(
      buildRecording(
        buildExchange(
          { ...buildInput('a'), group: token },
          buildResponse(200, { tasks: [], failures: [] }),
        ),
      ),
    ),
  )
  const { code, wrong } = await diagnose(project)
  expect(code).toBe(1)
  expect(
    wrong.map(({ status, place, remedy }) => [status, place, remedy?.split(' ', 2).join(' ')]),
  ).toEqual([
    ['fail', 'recordings/cut.json', 'put the'],
    ['warn', 'recordings/departs.json', 'starttask check'],
    ['fail', 'recordings/secret.json', 'starttask scan'],
  ])
  expect(JSON.stringify(wrong)).not.toContain(token)
})

test('warns of a journal that a recorder has left', async () => {
  using project = createProject()
  const header = {
    format: 'starttask-journal',
    version: 1,
    out: 'web.json',
    startedAt: 1,
    runStartedAt: 1,
    provenance: {},
    existing: 'keep',
    ignore: [],
    pid: 1,
    host: 'h',
  }
  project.put('recordings/.web.json.x.journal', `${JSON.stringify(header)}\n`)
  expect((await diagnose(project)).wrong).toMatchObject([
    {
      check: 'journals',
      status: 'warn',
      place: 'recordings/.web.json.x.journal',
      remedy: 'where none runs: starttask recover recordings/web.json',
    },
  ])
})

test('asks a service that is named, with one request that changes nothing', async () => {
  using project = createProject()
  await using provider = await startProvider({})
  const { code, checks } = await diagnose(project, {}, '--upstream', provider.url)
  expect(code).toBe(0)
  expect(checks.at(-1)).toMatchObject({ check: 'upstream', status: 'ok' })
})

test.for([
  ['http://127.0.0.1:1', /cannot be reached \(bad port\)/], // what fetch keeps from every port that browsers refuse
  ['not a url', /URL is needed/],
  ['http://ecs.eu-west-1.amazonaws.com', /https alone/],
] as const)('fails for an upstream that cannot be reached: %s', async ([url, fact]) => {
  using project = createProject()
  const { code, wrong } = await diagnose(project, {}, '--upstream', url)
  expect(code).toBe(1)
  expect(wrong).toMatchObject([
    { check: 'upstream', status: 'fail', fact: expect.stringMatching(fact) },
  ])
})

test('fails for an upstream at which nothing listens', async () => {
  using project = createProject()
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  const { wrong } = await diagnose(
    project,
    {},
    '--upstream',
    `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
  )
  expect(wrong).toMatchObject([
    { check: 'upstream', status: 'fail', fact: expect.stringContaining('refused') },
  ])
})

test('tells a server that is no ECS, and one that speaks no TLS', async () => {
  using project = createProject()
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(String(request.headers['x-amz-target']), request.headers.authorization)
    response.end('<html>')
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const host = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const plain = await diagnose(project, {}, '--upstream', `http://${host}`)
  const tls = await diagnose(project, {}, '--upstream', `https://${host}`)
  server.close()
  expect(plain.wrong).toMatchObject([
    { check: 'upstream', fact: expect.stringContaining('not as ECS does') },
  ])
  expect(tls.wrong).toMatchObject([{ check: 'upstream', fact: 'it does not speak TLS' }])
  expect(asked).toEqual(['AmazonEC2ContainerServiceV20141113.ListClusters', undefined])
})

test('asks nobody who is not named', async () => {
  using project = createProject()
  const asked: string[] = []
  const server = createServer((request) => asked.push(request.url ?? ''))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  await diagnose(project, {
    AWS_ENDPOINT_URL_ECS: url,
    STARTTASK_UPSTREAM: url,
    AWS_ENDPOINT_URL: url,
  })
  server.close()
  expect(asked).toEqual([])
})

test('tells a person fact, place and remedy, and a program one line a check', async () => {
  using project = createProject()
  project.put('a\u001b[31m\n::error::x.js', 'onUnhandledRequest')
  const told = await runStarttask(['doctor'], { cwd: project.path })
  const plain = await runStarttask(['doctor', '--plain'], { cwd: project.path })
  expect(told.stdout).toMatch(
    /^fail {2}msw .*\n {8}place {6}a\\u001b\[31m\\n::error::x\.js:1\n {8}remedy {5}write onUnhandledFrame/m,
  )
  expect(plain.stdout).toMatch(
    /^fail\tmsw\tonUnhandledRequest .*\ta\\u001b\[31m\\n::error::x\.js:1\twrite .*$/m,
  )
  expect(findControls(told.stdout + told.stderr + plain.stdout)).toEqual([])
  for (const line of plain.stdout.slice(0, -1).split('\n')) expect(line.split('\t')).toHaveLength(5)
})
