import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'

import { expect, inject, test } from 'vitest'

import { findBotocoreModel } from '../contract/drift-models.ts'
import smithy from '../contract/start-task.smithy.json' with { type: 'json' }
import { createFolder, findControls, type Folder, runStarttask } from './starttask.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const AST = new URL('../contract/start-task.smithy.json', import.meta.url).pathname

test('ends with 0 on drift that the contract knows', async () => {
  const { code, stdout, stderr } = await runStarttask(['drift', '--sdk'], { cwd: ROOT })
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^contract against @aws-sdk\/client-ecs 3\.1164\.0\n/)
  expect(stdout).toMatch(
    /\ndrift: 7 \(2 errors, 0 warnings, 5 infos; 7 known\); could not check: \d+\n$/,
  )
})

test('shows drift with severity, place, both sides, who breaks, and the source', async () => {
  const { stdout } = await runStarttask(['drift', '--sdk'], { cwd: ROOT })
  expect(stdout).toContain(`
  info       request /volumeConfigurations/*/managedEBSVolume/volumeInitializationRate (known)
             the contract has no such member, @aws-sdk/client-ecs has a number; the contract knows it as newer than the page (2025-05-13)
  breaks     whoever sends the member through a closed request schema
  contract   overlay: AWS model of ECS, botocore of 2025-05-13
`)
})

test('ends with 1 on drift that the contract does not know', async () => {
  const { code, stdout } = await runStarttask(['drift', '--model', AST])
  expect(code).toBe(1)
  expect(stdout).toContain(
    '  error      request /enableExecuteCommand\n             start-task.smithy.json has no such member\n',
  )
})

test('ends with 0 when all unknown drift is info', async () => {
  using folder = createFolder()
  writeSdk(folder, '3.2000.0', [
    `const ecs = require(${JSON.stringify(join(ROOT, 'node_modules/@aws-sdk/client-ecs'))})`,
    plantMember('placement'),
  ])
  const { code, stdout } = await runStarttask(['drift', '--sdk', '--json'], { cwd: folder.path })
  const { drift } = JSON.parse(stdout) as {
    drift: { pointer: string; severity: string; known: boolean }[]
  }
  expect(drift).toContainEqual(
    expect.objectContaining({ pointer: '/placement', severity: 'info', known: false }),
  )
  expect(code).toBe(0)
})

test('prints one JSON document that names every source', async () => {
  const { stdout } = await runStarttask(['drift', '--sdk', '--model', AST, '--json'], { cwd: ROOT })
  const report = JSON.parse(stdout) as {
    drift: { against: string }[]
    couldNotCheck: { against: string; reason: string }[]
  }
  expect(report).toMatchObject({
    schemaVersion: 1,
    sources: [
      { name: '@aws-sdk/client-ecs', version: '3.1164.0' },
      { name: AST, version: '2014-11-13' },
    ],
  })
  expect(new Set(report.drift.map(({ against }) => against))).toEqual(
    new Set(['@aws-sdk/client-ecs', AST]),
  )
  expect(report.couldNotCheck.every(({ reason }) => reason !== '')).toBe(true)
})

test('ends with 3 and says how to install an SDK that is not there', async () => {
  using folder = createFolder()
  const { code, stdout } = await runStarttask(['drift', '--sdk'], { cwd: folder.path })
  expect(code).toBe(3)
  expect(stdout).toContain(
    'could not check everything against @aws-sdk/client-ecs: @aws-sdk/client-ecs is not installed here.',
  )
  expect(stdout).toContain('npm i -D @aws-sdk/client-ecs')
  expect(stdout).toMatch(/\ndrift: 0 \(.*\); could not check: 1\n$/)
})

test('ends with 3 and says that an SDK is too old', async () => {
  using folder = createFolder()
  writeSdk(folder, '3.100.0', ['module.exports = { StartTaskCommand: class {} }'])
  const { code, stdout } = await runStarttask(['drift', '--sdk'], { cwd: folder.path })
  expect(code).toBe(3)
  expect(stdout).toContain('It is too old to be compared')
})

test('ends with 3 and says that an SDK does not load', async () => {
  using folder = createFolder()
  writeSdk(folder, '3.100.0', ["throw new Error('half installed')"])
  const { code, stdout } = await runStarttask(['drift', '--sdk'], { cwd: folder.path })
  expect(code).toBe(3)
  expect(stdout).toContain('does not load: half installed')
})

test('ends with 3 when one of two sources could not be read', async () => {
  const { code, stdout } = await runStarttask(['drift', '--sdk', '--model', 'nowhere.json'], {
    cwd: ROOT,
  })
  expect(code).toBe(3)
  expect(stdout).toContain('contract against @aws-sdk/client-ecs')
  expect(stdout).toContain('nowhere.json does not exist')
})

test.each([
  { what: 'text', name: 'a.json', content: 'hello', says: 'not JSON' },
  { what: 'nothing', name: 'a.json', content: '', says: 'it is not a JSON object' },
  { what: 'a deep nest', name: 'a.json', content: '['.repeat(200_000), says: 'nested deeper' },
  {
    what: 'half of a gzip file',
    name: 'a.json.gz',
    content: gzipSync('{"shapes":{}}').subarray(0, 20),
    says: 'cannot be unpacked',
  },
  {
    what: 'a gzip bomb',
    name: 'a.json.gz',
    content: gzipSync(Buffer.alloc(70 * 1024 * 1024, 32)),
    says: 'more than 67108864 bytes',
  },
  {
    what: 'another service',
    name: 'a.json',
    content: '{"shapes":{},"operations":{}}',
    says: 'operations StartTask',
  },
])('ends with 3 and the reason for a model file of $what', async ({ name, content, says }) => {
  using folder = createFolder()
  const path = join(folder.path, name)
  writeFileSync(path, content)
  const { code, stdout, stderr } = await runStarttask(['drift', '--model', path])
  expect([code, stderr]).toEqual([3, ''])
  expect(stdout).toContain(says)
  expect(stdout).not.toMatch(/\n\s+at /)
})

test('refuses a folder for a model file', async () => {
  using folder = createFolder()
  expect(await runStarttask(['drift', '--model', folder.path])).toMatchObject({
    code: 3,
    stdout: expect.stringContaining('is no file'),
  })
})

test('asks for a source when none is named', async () => {
  const { code, stdout, stderr } = await runStarttask(['drift'])
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(
    'Add --sdk for the installed @aws-sdk/client-ecs, --model FILE for a model file, or both.',
  )
})

test('makes the names of a model safe to print', async () => {
  using folder = createFolder()
  const hostile = '\u001b[2J\u202e\ndrift: 0 (all is well)'
  const path = folder.write(
    'model.json',
    JSON.stringify(smithy).replace('"cluster":', `${JSON.stringify(hostile)}:`),
  )
  const { stdout } = await runStarttask(['drift', '--model', path])
  expect(findControls(stdout)).toEqual([])
  expect(stdout.match(/^drift:/gm)).toHaveLength(1)
})

test.skipIf(!inject('programs').boto3)(
  'reads the packed model of botocore (needs botocore)',
  async () => {
    const path = findBotocoreModel()
    const { stdout } = await runStarttask(['drift', '--model', path, '--json'])
    const { sources, drift } = JSON.parse(stdout) as {
      sources: unknown[]
      drift: { pointer: string; kind: string }[]
    }
    expect(sources).toEqual([expect.objectContaining({ name: path, version: '2014-11-13' })])
    expect(drift).toContainEqual(
      expect.objectContaining({
        kind: 'error-added',
        pointer: '/AccessDeniedException',
        known: true,
      }),
    )
  },
)

test('ends its help with examples', async () => {
  const { code, stdout } = await runStarttask(['drift', '--help'])
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/^Usage: starttask drift[^]*\nExamples:\n {2}starttask drift --sdk\n/),
  ])
})

test('is loaded by no import of the package', async () => {
  const script = `import { registerHooks } from 'node:module'
    registerHooks({ load(url, context, next) { console.log(url); return next(url, context) } })
    await import('starttask-harness')`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script],
    { cwd: ROOT },
  )
  const maps = stdout
    .split('\n')
    .filter((url) => url.startsWith('file:') && existsSync(`${fileURLToPath(url)}.map`))
    .map((url) => readFileSync(`${fileURLToPath(url)}.map`, 'utf8')) // its `sources` name the files of src/
  expect(maps.join('\n')).toContain('/contract/check.ts"')
  expect(maps.join('\n')).not.toMatch(/\/contract\/(?:drift|model)/)
})

/** An SDK of a folder's own. */
function writeSdk(folder: Folder, version: string, lines: readonly string[]): void {
  const home = join(folder.path, 'node_modules/@aws-sdk/client-ecs')
  mkdirSync(home, { recursive: true })
  writeFileSync(
    join(home, 'package.json'),
    JSON.stringify({ name: '@aws-sdk/client-ecs', version, main: 'index.js' }),
  )
  writeFileSync(join(home, 'index.js'), lines.join('\n'))
}

/** The real SDK with one member more in a request. */
function plantMember(name: string): string {
  return `const [kind, ns, own, traits, names, schemas, count] = ecs.StartTaskRequest$
module.exports = { ...ecs, StartTaskRequest$: [kind, ns, own, traits, [...names, '${name}'], [...schemas, 0], count] }`
}
