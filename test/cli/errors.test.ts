import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import type { HarnessErrorCode } from '../../src/message/index.ts'
import { consumerContract } from '../../src/pact/index.ts'
import { startRecording } from '../../src/recorder/index.ts'
import { createReplayer } from '../../src/replayer/engine/index.ts'
import { startBroker } from '../pact/broker.ts'
import { makePact } from '../pact/sample-pact.ts'
import { createFolder, type Folder, type Run, runStarttask } from './starttask.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const SAMPLE = join(root, 'recordings/started/page-sample.json')
const TOKEN = ['ghp', 'a1B2c3D4e5F6'.repeat(3)].join('_')

/** A run of the built command that ends in this error, with the exit code; or why no command can, and the library's error. */
type Row =
  | { exit: 2 | 3; run: (folder: Folder, ask: (...args: string[]) => Promise<Run>) => Promise<Run> }
  | { why: string; fail: (folder: Folder) => unknown }
  | { slow: string }

const explain = (content: string): Row => ({
  exit: 3,
  run: (folder, ask) => ask('explain', folder.write('request.json', content), SAMPLE),
})

const ROWS = {
  usage: { exit: 2, run: (_folder, ask) => ask('replay', SAMPLE, '--json') },
  'recording-invalid': {
    exit: 3,
    run: (folder, ask) =>
      ask('explain', folder.write('request.json', '{}'), folder.write('recording.json', '{}')),
  },
  'recording-version': {
    exit: 3,
    run: (folder, ask) => {
      const later = readFileSync(SAMPLE, 'utf8').replace('"version": 1', '"version": 99')
      return ask(
        'explain',
        folder.write('request.json', '{}'),
        folder.write('recording.json', later),
      )
    },
  },
  'too-large': explain(`"${'x'.repeat(5 * 1024 * 1024)}"`),
  'too-deep': explain('['.repeat(200) + ']'.repeat(200)),
  'not-json': explain('{'),
  'not-found': { exit: 3, run: (_folder, ask) => ask('check', 'missing.json') },
  'write-failed': {
    exit: 3,
    run: (folder, ask) =>
      ask('archive', SAMPLE, '--out', join(folder.write('file', ''), 'all.ndjson')),
  },
  'secret-found': {
    exit: 3,
    run: (folder, ask) => {
      const file = folder.write(
        'a.json',
        readFileSync(SAMPLE, 'utf8').replace('"hello_world"', `"${TOKEN}"`),
      )
      return ask('pact', 'write', file, '--consumer', 'c', '--out', folder.path)
    },
  },
  'lock-held': { slow: 'test/long/error-codes.test.ts' },
  'credentials-missing': {
    exit: 3,
    run: (folder, ask) =>
      ask(
        'record',
        '--out',
        join(folder.path, 'a.json'),
        '--upstream',
        'https://ecs.eu-west-1.amazonaws.com',
        '--',
        'true',
      ),
  },
  'port-in-use': {
    exit: 3,
    run: async (_folder, ask) => {
      const server = createServer()
      await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
      const address = server.address()
      const run = await ask(
        'provider',
        '--port',
        String(typeof address === 'object' ? address?.port : 0),
      )
      server.close()
      return run
    },
  },
  'listen-failed': { exit: 3, run: (_folder, ask) => ask('replay', SAMPLE, '--host', '192.0.2.1') }, // an address of no machine: RFC 5737
  'upstream-required': {
    exit: 2,
    run: (folder, ask) => ask('record', '--out', join(folder.path, 'a.json'), '--', 'true'),
  },
  'upstream-unreachable': {
    exit: 3,
    run: (folder, ask) => ask('demo', '--upstream', 'http://127.0.0.1:1', '--out', folder.path),
  },
  unused: {
    why: 'starttask replay --require-used says what was unused in its summary, and ends with 1',
    fail: () => createReplayer(SAMPLE).requireAllUsed(),
  },
  'already-active': {
    why: 'each run of the command is a process of its own',
    fail: async (folder) => {
      await using first = startRecording({ out: join(folder.path, 'a.json') })
      return [first, startRecording({ out: join(folder.path, 'b.json') })]
    },
  },
  'broker-refused': {
    exit: 3,
    run: async (folder, ask) => {
      await using broker = await startBroker('unauthorised')
      const pact = folder.write('a.json', JSON.stringify(await makePact()))
      return await ask(
        'pact',
        'publish',
        pact,
        '--broker',
        broker.url,
        '--version-id',
        '1',
        '--branch',
        'main',
      )
    },
  },
  'interaction-failed': {
    why: 'a consumer test runs in the code that it tests',
    fail: async (folder) => {
      const contract = consumerContract({
        consumer: 'nobody',
        dir: folder.path,
        testFile: fileURLToPath(import.meta.url),
      })
      const received = contract
        .given('a cluster')
        .uponReceiving('nothing', { containerInstances: ['a'], taskDefinition: 'web:1' })
      await received
        .respondWith({ outcome: 'rejected', error: 'ClusterNotFoundException' })
        .run(() => undefined)
    },
  },
  'interaction-conflict': {
    exit: 3,
    run: async (folder, ask) => {
      const text = readFileSync(SAMPLE, 'utf8')
      for (const name of ['x', 'x/a', 'y', 'y/a']) mkdirSync(join(folder.path, name))
      const files = [
        folder.write('x/a/b.json', text),
        folder.write('y/a/b.json', text.replaceAll('"PENDING"', '"RUNNING"')),
      ]
      return await ask('pact', 'write', ...files, '--consumer', 'c', '--out', folder.path)
    },
  },
  'node-too-old': {
    why: 'bin.js refuses in a line of its own before anything of the package is loaded (the test below)',
    fail: () => importUnderOldNode(join(root, 'dist/index.js')),
  },
} satisfies Record<HarnessErrorCode, Row>

/** This Node.js, which says that it is an old one. */
const OLD = `data:text/javascript,${encodeURIComponent(
  "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } })",
)}`

const importUnderOldNode = (file: string): never => {
  const script = `import(${JSON.stringify(file)}).catch((error) => console.log(JSON.stringify({ code: error.code, message: error.message })))`
  const { stdout } = spawnSync(process.execPath, ['--import', OLD, '-e', script], {
    encoding: 'utf8',
  })
  const { code, message }: { code: string; message: string } = JSON.parse(stdout)
  throw Object.assign(new Error(message), { code })
}

const rows: [string, Row][] = Object.entries(ROWS)
const commands = rows.flatMap(([code, row]) => ('run' in row ? [{ code, ...row }] : []))
const others = rows.flatMap(([code, row]) => ('fail' in row ? [{ code, ...row }] : []))

test('has a row for every code', () => {
  const source = readFileSync(join(root, 'src/message/harness-error.ts'), 'utf8')
  const codes = [...source.matchAll(/^ {2}\| '([a-z-]+)'$/gm)].map(([, code = '']) => code)
  expect(codes.length).toBeGreaterThan(20)
  expect(Object.keys(ROWS).toSorted()).toEqual(codes.toSorted())
})

test.for(commands)(
  'tells $code as fact, place and remedy, and ends with $exit',
  async ({ code, exit, run }) => {
    using folder = createFolder()
    const env = {
      HOME: folder.path,
      AWS_EC2_METADATA_DISABLED: 'true',
      STARTTASK_KEY_FILE: join(folder.path, 'key'),
    }
    const told = await run(folder, (...args) =>
      runStarttask(args, { env: { ...env, STARTTASK_DEBUG: '1' }, cwd: folder.path }),
    )
    expect(told.stderr).toContain(`\n  code       ${code}\n`)
    expect(told.stderr).toMatch(/\n {4}at /)
    expect(told.code).toBe(exit)
    expect(told.stdout).toMatch(/^(?:1\. Record .*\n)?$/) // the demo alone says what it is about to do
  },
)

test.for(commands)('shows no stack for $code unless it is asked for', async ({ run }) => {
  using folder = createFolder()
  const env = {
    HOME: folder.path,
    AWS_EC2_METADATA_DISABLED: 'true',
    STARTTASK_KEY_FILE: join(folder.path, 'key'),
  }
  const { stderr } = await run(folder, (...args) => runStarttask(args, { env, cwd: folder.path }))
  expect(stderr).toMatch(/^(?:starttask: .*\n)*error: \S/)
  expect(stderr).not.toMatch(/\n {4}at |\n {2}code {7}/)
})

test.for(others)(
  'throws $code from the library, which no command does: $why',
  async ({ code, fail }) => {
    using folder = createFolder()
    await expect((async () => await fail(folder))()).rejects.toMatchObject({ code })
  },
)

test('refuses an old Node.js in one line, with 3', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', OLD, join(root, 'dist/cli/bin.js'), 'check', SAMPLE],
    {
      encoding: 'utf8',
    },
  )
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  expect(stderr).toBe('starttask-harness needs Node.js 22.20.0 or newer; this is 20.19.0.\n')
})
