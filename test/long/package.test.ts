import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Block, findMissingLine, listPages, readExamples, ROOT } from '../docs/pages.ts'
import { type Packed, packPackage, type Project } from './packed.ts'

const MANAGERS = ['npm', 'pnpm'] as const
const OLD_NODE = '/usr/bin/node'
const exported: Record<string, unknown> = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
).exports
const ENTRIES = Object.keys(exported)
  .filter((subpath) => !subpath.endsWith('*') && !subpath.endsWith('.json'))
  .map((subpath) => `starttask-harness${subpath.slice(1)}`)

/** They load in their runner alone, where test/runners/ has them. */
const RUNNERS = ['starttask-harness/jest', 'starttask-harness/vitest']
/** jest's own packages bring a build script, which pnpm does not install unasked: test/runners/ has that entry and its types. */
const TYPED = ENTRIES.filter((name) => name !== 'starttask-harness/jest')
const LOADABLE = ENTRIES.filter((name) => !RUNNERS.includes(name))

let packed: Packed
const projects = new Map<string, Project>()
const installed = new Map<string, string>()

/** The page that the first steps are on: its commands, and the file that it has written. */
const STARTED = listPages().find(({ name }) => name === 'docs/getting-started.md')
const COMMANDS = readExamples(
  (STARTED?.blocks ?? [])
    .filter(({ language }) => language === 'console')
    .slice(0, 2)
    .map(({ text }) => text)
    .join(''),
)
const FIRST = STARTED?.blocks.find(({ file }) => file === 'first.test.ts')

/** Empty projects with the tarball: as the page says, by pnpm, and with nothing else. */
beforeAll(async () => {
  packed = await packPackage()
  const add = `'${packed.tarball}' @aws-sdk/client-ecs vitest msw fast-check typescript @types/node`
  await install('pnpm', `pnpm add --save-dev ${add}`)
  await install('npm', `npm install --save-dev ${add}`)
  await install('bare', `npm install --foreground-scripts '${packed.tarball}'`)
})
afterAll(() => packed[Symbol.asyncDispose]())

async function install(name: string, command: string): Promise<void> {
  const project = packed.createProject(name)
  projects.set(name, project)
  const { code, output } = await project.run(command)
  if (code !== 0)
    throw new Error(
      `${command}\n${output}\nnot in the registry: ${[...packed.registry.missing].join(' ')}`,
    )
  installed.set(name, output)
}

function openProject(name: string): Project {
  const project = projects.get(name)
  if (!project) throw new Error(`There is no project ${name}.`)
  return project
}

test('leads from the tarball to a first passing test in three commands and ten lines', async () => {
  const project = packed.createProject('first')
  const lines = (FIRST?.text ?? '').trimEnd().split('\n')
  expect({
    commands: COMMANDS.length <= 3 && COMMANDS.length > 0,
    lines: lines.length <= 10 && lines.length > 5,
  }).toEqual({
    commands: true,
    lines: true,
  })
  const began = performance.now()
  project.write('first.test.ts', FIRST?.text ?? '')
  for (const { command, printed } of COMMANDS) {
    const { code, output } = await project.run(
      command.replace('starttask-harness', `'${packed.tarball}'`),
    )
    expect({ code, missing: findMissingLine(printed, output), output }).toEqual({
      code: 0,
      missing: undefined,
      output,
    })
  }
  const seconds = (performance.now() - began) / 1000
  process.stderr.write(
    `from the tarball to a first passing test: ${COMMANDS.length} commands, ${lines.length} lines, ${seconds.toFixed(1)} s\n`,
  )
  expect(seconds).toBeLessThan(300) // five minutes, as the page says
})

test('packs what users need alone', () => {
  const place = join(openProject('bare').folder, 'node_modules/starttask-harness')
  expect(readdirSync(place).toSorted()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'contracts',
    'dist',
    'docs',
    'package.json',
    'recordings',
  ])
  const files = readdirSync(place, { recursive: true, encoding: 'utf8' })
  expect(
    files.filter((file) => /\.(?:png|tsbuildinfo)$|(?<!\.d)\.ts$|^contracts\/pacts/.test(file)),
  ).toEqual([])
  expect(files).toContain('docs/getting-started.md')
})

test('ships source maps without sources, which name the line of a source', () => {
  const place = join(openProject('bare').folder, 'node_modules/starttask-harness')
  const map: unknown = JSON.parse(readFileSync(join(place, 'dist/core.js.map'), 'utf8'))
  expect(map).toMatchObject({
    sources: expect.arrayContaining(['../src/contract/check.ts']),
  })
  expect(map).not.toHaveProperty('sourcesContent')
})

test('packs into less than 1.5 MB', () => {
  const bytes = statSync(packed.tarball).size
  process.stderr.write(`packed: ${Math.round(bytes / 1000)} kB\n`)
  expect(bytes).toBeLessThan(1_500_000)
})

test('runs nothing when it is installed, and npm lists no script of it', () => {
  expect(installed.get('bare')).toContain('added ')
  expect(installed.get('bare')).not.toMatch(/> starttask-harness@|install-scripts/)
})

test.for(MANAGERS)('imports every entry where %s installed it', (manager) => {
  const script = `process.env.STARTTASK_MODE = 'off'
for (const name of ${JSON.stringify(LOADABLE)}) console.log(name, Object.keys(await import(name)).length > 0)`
  const expected = LOADABLE.map(
    (name) => `${name} ${name !== 'starttask-harness/register'}\n`,
  ).join('')
  expect(openProject(manager).runModule(script)).toEqual({ code: 0, output: expected })
})

test.for(MANAGERS)('gives every entry to CommonJS, where %s installed it', async (manager) => {
  const project = openProject(manager)
  project.write(
    'all.cjs',
    `process.env.STARTTASK_MODE = 'off'\nfor (const name of ${JSON.stringify(LOADABLE)}) console.log(name, typeof require(name))`,
  )
  const expected = LOADABLE.map((name) => `${name} object\n`).join('')
  expect(await project.run('node all.cjs')).toEqual({ code: 0, output: expected })
})

/** A user's file; an unused \`@ts-expect-error\` would show that the declarations are not read at all. */
const CONSUMER = `import { checkRequest, type StartTaskRequest } from 'starttask-harness'
${TYPED.map((name, index) => `import * as entry${index} from '${name}'`).join('\n')}
const request: StartTaskRequest = { containerInstances: ['a'], taskDefinition: 'web:3' }
const errors: string[] = checkRequest(request).map(({ rule }) => rule)
// @ts-expect-error startedBy is a text
const wrong: StartTaskRequest = { containerInstances: ['a'], taskDefinition: 'web:3', startedBy: 1 }
console.log(errors, wrong, ${TYPED.map((_, index) => `entry${index}`).join(', ')})
`

test.for(MANAGERS)(
  "compiles a user's file against every entry, declarations included, where %s installed it",
  async (manager) => {
    const project = openProject(manager)
    project.write('consumer.mts', CONSUMER)
    const options =
      '--module nodenext --target es2024 --lib es2024,esnext.disposable,dom --types node --strict --noEmit --skipLibCheck false'
    const { output } = await project.run(`npx tsc ${options} consumer.mts`)
    expect(
      output
        .split('\n')
        .filter((line) => /^(consumer|node_modules.*\/starttask-harness\/)/.test(line)),
    ).toEqual([])
  },
)

test.for(MANAGERS)('runs the first sample of the README where %s installed it', async (manager) => {
  const project = openProject(manager)
  cpSync(
    join(project.folder, 'node_modules/starttask-harness/recordings'),
    join(project.folder, 'recordings'),
    { recursive: true },
  )
  const blocks: readonly Block[] =
    listPages()
      .find(({ name }) => name === 'README.md')
      ?.blocks.slice(0, 3) ?? []
  for (const { file, text } of blocks) if (file !== undefined) project.write(file, text)
  const [example] = readExamples(blocks.at(-1)?.text ?? '')
  const { output } = await project.run(example?.command ?? '')
  expect(example?.printed).toContain('promise resolved "undefined" instead of rejecting')
  expect({ missing: findMissingLine(example?.printed ?? '', output), output }).toEqual({
    missing: undefined,
    output,
  })
})

const PEERS: { what: string; script: string; command: string }[] = [
  {
    what: 'msw',
    script: `await import('starttask-harness/msw')`,
    command: `Cannot find package 'msw'`,
  },
  {
    what: 'fast-check',
    script: `await import('starttask-harness/arbitraries')`,
    command: `Cannot find package 'fast-check'`,
  },
  {
    what: 'vitest',
    script: `await import('starttask-harness/vitest')`,
    command: `Cannot find package 'vitest'`,
  },
  {
    what: 'jest',
    script: `await import('starttask-harness/jest')`,
    command: `Cannot find package '@jest/globals'`,
  },
  {
    what: 'nock',
    script: `await (await import('starttask-harness/nock')).startNockRecording({ out: 'x.json' })`,
    command: 'npm install --save-dev nock',
  },
  {
    what: 'Pact',
    script: `const { consumerContract } = await import('starttask-harness/pact')
await consumerContract({ consumer: 'a', dir: 'pacts', testFile: import.meta.url }).given('container instances can take the task', { containerInstances: ['i-1'] }).uponReceiving('a', { taskDefinition: 'web', containerInstances: ['i-1'] }).respondWith({ outcome: 'started' }).run(() => {})`,
    command: 'npm i -D @pact-foundation/pact@17',
  },
]

test.for(PEERS)(
  'names the package, and where it can the command that installs it, where $what is missing',
  ({ script, command }) => {
    const { code, output } = openProject('bare').runModule(script)
    expect(output).toContain(command)
    expect(code).toBe(1)
  },
)

test.for([
  ['drift --sdk', 'npm i -D @aws-sdk/client-ecs'],
  ['demo', 'npm install --save-dev @aws-sdk/client-ecs'],
  ['pact publish contracts --broker BROKER --version-id 1', 'npm i -D @pact-foundation/pact-cli'],
] as const)('names the command that installs what starttask %s needs', async ([args, command]) => {
  const project = openProject('bare')
  cpSync(join(ROOT, 'contracts/pacts'), join(project.folder, 'contracts'), { recursive: true })
  expect(
    (await project.run(`npx starttask ${args.replace('BROKER', packed.registry.url)}`)).output,
  ).toContain(command)
})

test('imports all other entries where no optional package is installed', () => {
  const others = LOADABLE.filter((name) => !/\/(?:msw|arbitraries)$/.test(name))
  const script = `process.env.STARTTASK_MODE = 'off'
for (const name of ${JSON.stringify(others)}) await import(name)
console.log('fine')`
  expect(openProject('bare').runModule(script)).toEqual({ code: 0, output: 'fine\n' })
})

test('checks a body with validators that are loaded when they are needed', () => {
  const script = `import { checkRequest } from 'starttask-harness'
console.log(checkRequest({ containerInstances: [1] }).length > 1)`
  expect(openProject('bare').runModule(script)).toEqual({ code: 0, output: 'true\n' })
})

test('throws one error class from every entry', () => {
  const script = `import { HarnessError, isHarnessError } from 'starttask-harness'
import { startReplayServer } from 'starttask-harness/server'
import { startRecording } from 'starttask-harness/recorder'
for (const start of [() => startReplayServer('missing'), () => startRecording({ nonsense: true })]) {
  try { await start() } catch (error) { console.log(error instanceof HarnessError, isHarnessError(error)) }
}`
  expect(openProject('bare').runModule(script)).toEqual({
    code: 0,
    output: 'true true\ntrue true\n',
  })
})

test('imports every entry under a listening msw server', () => {
  const script = `import { setupServer } from 'msw/node'
process.env.STARTTASK_MODE = 'off'
const server = setupServer(); server.listen({ onUnhandledFrame: 'error' })
for (const name of ${JSON.stringify(LOADABLE)}) await import(name)
server.close(); console.log('fine')`
  expect(openProject('npm').runModule(script)).toEqual({ code: 0, output: 'fine\n' })
})

test('runs the command from the package', async () => {
  expect((await openProject('bare').run('npx starttask --version')).output).toMatch(
    /^\d+\.\d+\.\d+\n$/,
  )
})

test('replays the recordings that the package ships', () => {
  const script = `import { createReplayer } from 'starttask-harness'
const replayer = createReplayer('node_modules/starttask-harness/recordings')
console.log(replayer.unused().length > 0)`
  expect(openProject('bare').runModule(script).output).toBe('true\n')
})

const hasOldNode =
  existsSync(OLD_NODE) &&
  execFileSync(OLD_NODE, ['--version'], { encoding: 'utf8' }).startsWith('v20.')
const TOO_OLD = /starttask-harness needs Node\.js 22\.20\.0 or newer; this is 20\./

test.skipIf(!hasOldNode).for(TYPED)(
  'says in one line which Node.js it needs when an older one loads %s',
  (entry) => {
    const project = openProject('npm')
    const ways = [`await import('${entry}')`, `import * as all from '${entry}'; console.log(all)`]
    for (const script of [
      ...ways,
      `import { createRequire } from 'node:module'; createRequire(import.meta.url)('${entry}')`,
    ]) {
      const { code, output } = project.runModule(script, OLD_NODE)
      expect(output).toMatch(TOO_OLD)
      expect(output).not.toContain('SyntaxError')
      expect(code).toBe(1)
    }
  },
)

test.skipIf(!hasOldNode)('says so when an older Node.js runs the command', async () => {
  const { output } = await openProject('npm').run(
    `${OLD_NODE} node_modules/starttask-harness/dist/cli/bin.js --version`,
  )
  expect(output).toMatch(new RegExp(`^${TOO_OLD.source}`))
})
