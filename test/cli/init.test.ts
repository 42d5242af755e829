import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { createUserProject } from './projects.ts'
import { createFolder, runStarttask } from './starttask.ts'

const init = (cwd: string, ...args: string[]) => runStarttask(['init', ...args], { cwd })

test('shows a plan and writes nothing without a yes', async () => {
  using project = createUserProject({ type: 'module', devDependencies: { vitest: '^5' } })
  const { code, stdout, stderr } = await init(project.path)
  expect(code).toBe(2)
  expect(stdout).toMatch(/^project .*\nrunner {5}vitest, by the packages in package\.json\n/)
  expect(stdout).toContain('create     test/starttask.test.js')
  expect(stderr).toMatch(/^error: Nothing was written.*\n {2}remedy {5}starttask init --yes\n$/)
  expect(project.list()).toEqual(['package.json'])
})

test('writes nothing for --dry-run, not even with --yes', async () => {
  using project = createUserProject({})
  for (const more of [[], ['--yes'], ['--json']])
    expect((await init(project.path, '--dry-run', ...more)).code).toBe(0)
  expect(project.list()).toEqual(['package.json'])
})

test('writes a recording that conforms, a test, and what git is to leave alone', async () => {
  using project = createUserProject({ type: 'module', devDependencies: { vitest: '^5' } })
  project.put('tsconfig.json', '{}')
  project.put('.gitignore', 'node_modules')
  expect((await init(project.path, '--yes')).code).toBe(0)
  expect(project.list()).toEqual([
    '.gitignore',
    'package.json',
    'recordings/unplaced/agent-disconnected.json',
    'test/starttask.test.ts',
    'tsconfig.json',
  ])
  expect(readFileSync(join(project.path, '.gitignore'), 'utf8')).toBe('node_modules\n.starttask/\n')
  expect((await runStarttask(['check', 'recordings'], { cwd: project.path })).code).toBe(0)
})

test('leaves everything as it is the second time', async () => {
  using project = createUserProject({})
  project.put('.git/HEAD', '')
  await init(project.path, '--yes')
  const before = project.list().map((name) => readFileSync(join(project.path, name), 'utf8'))
  const { code, stdout, stderr } = await init(project.path)
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'starttask: all of it is there already\n' })
  expect(stdout).toContain('leave      test/starttask.test.mjs, which is there already')
  expect(project.list().map((name) => readFileSync(join(project.path, name), 'utf8'))).toEqual(
    before,
  )
})

test('overwrites no file of the user', async () => {
  using project = createUserProject({})
  project.put('test/starttask.test.mjs', 'mine')
  await init(project.path, '--yes')
  expect(readFileSync(join(project.path, 'test/starttask.test.mjs'), 'utf8')).toBe('mine')
  expect(project.list()).toContain('recordings/unplaced/agent-disconnected.json')
})

test.for([
  [{ devDependencies: { vitest: '1', jest: '1' } }, [], 'vitest'],
  [{ devDependencies: { vitest: '1', jest: '1' }, scripts: { test: 'jest --ci' } }, [], 'jest'],
  [{ dependencies: { mocha: '1' } }, [], 'mocha'],
  [{ scripts: { test: 'node --test' } }, [], 'node'],
  [{}, ['jest.config.cjs'], 'jest'],
  [{}, ['.mocharc.yml'], 'mocha'],
  [{}, [], 'node'],
] as const)('finds the runner: %j', async ([manifest, files, runner]) => {
  using project = createUserProject(manifest)
  for (const file of files) project.put(file, '')
  const { stdout } = await init(project.path, '--json', '--dry-run')
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, runner, isWritten: false })
})

test('takes the runner that it is told', async () => {
  using project = createUserProject({ devDependencies: { vitest: '1' } })
  const { stdout } = await init(project.path, '--json', '--dry-run', '--runner', 'mocha')
  expect(JSON.parse(stdout)).toMatchObject({
    runner: 'mocha',
    from: '--runner',
    next: expect.arrayContaining(['npx mocha test/starttask.test.mjs']),
  })
})

test('puts the test where the project has its tests', async () => {
  using project = createUserProject({ type: 'module', devDependencies: { vitest: '1' } })
  project.put('tests/a.test.js', '')
  const { stdout } = await init(project.path, '--json', '--dry-run')
  const { files }: { files: { path: string }[] } = JSON.parse(stdout)
  expect(files.map(({ path }) => path)).toContain('tests/starttask.test.js')
})

test('says that there is no project', async () => {
  using folder = createFolder()
  const { code, stderr } = await init(folder.path, '--yes')
  expect(code).toBe(3)
  expect(stderr).toMatch(/^error: There is no package\.json in .*\n {2}remedy {5}npm init -y/)
})

test('tells what could not be written, and where', async () => {
  using project = createUserProject({})
  project.put('recordings', 'a file')
  const { code, stderr } = await init(project.path, '--yes')
  expect(code).toBe(3)
  expect(stderr).toMatch(/^error: Cannot write .*recordings\/unplaced\/agent-disconnected\.json: /)
})

test.for([
  ['node:test', { type: 'module' }, []],
  [
    'node:test and the AWS SDK',
    { dependencies: { '@aws-sdk/client-ecs': '3' } },
    ['@aws-sdk/client-ecs'],
  ],
] as const)(
  'writes a test that passes as it stands: %s',
  { timeout: 30_000 },
  async ([, manifest, installed]) => {
    using project = createUserProject(manifest, installed)
    const { stdout } = await init(project.path, '--yes', '--json')
    const { next, isWritten }: { next: string[]; isWritten: boolean } = JSON.parse(stdout)
    expect({ next: next.slice(-2), isWritten }).toEqual({
      next: ['node --test test/starttask.test.mjs', 'npx starttask doctor'],
      isWritten: true,
    })
    const { status, output } = project.runNode(['--test', 'test/starttask.test.mjs'])
    expect({ status, output }).toEqual({ status: 0, output: expect.stringMatching(/pass 1\b/) })
  },
)

test.for([
  ['JavaScript', {}, []],
  [
    'TypeScript and the AWS SDK',
    { devDependencies: { '@aws-sdk/client-ecs': '3', vitest: '5' } },
    ['@aws-sdk/client-ecs'],
  ],
] as const)(
  'writes a test that passes as it stands: vitest, %s',
  { timeout: 60_000 },
  async ([, manifest, installed]) => {
    using project = createUserProject({ type: 'module', ...manifest }, ['vitest', ...installed])
    if (installed.length > 0) project.put('tsconfig.json', '{}')
    await init(project.path, '--yes', '--runner', 'vitest')
    const { status, output } = project.runNode(['node_modules/vitest/vitest.mjs', 'run'])
    expect({ status, output }).toEqual({
      status: 0,
      output: expect.stringMatching(/Tests\s+1 passed/),
    })
  },
)

test(
  'writes a test that notices when something has started after all',
  { timeout: 30_000 },
  async () => {
    using project = createUserProject({})
    await init(project.path, '--yes')
    const file = join(project.path, 'recordings/unplaced/agent-disconnected.json')
    project.put(
      'recordings/unplaced/agent-disconnected.json',
      readFileSync(file, 'utf8').replace('"AGENT"', '"MISSING"'),
    )
    expect(project.runNode(['--test', 'test/starttask.test.mjs']).status).toBe(1)
  },
)
