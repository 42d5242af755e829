import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

import { expect, inject, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const blocks = [...readme.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(([, language = '', file, text = '']) => ({
  language,
  file,
  text,
}))

/** What the README's miss calls; its own text is not worth a reader's time. */
const CALL = `import { ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'
try {
  await new ECSClient({}).send(new StartTaskCommand({ taskDefinition: 'hello_wrld', containerInstances: ['4c543eed-f83f-47da-b1d8-3d23f1da4c64'] }))
} catch (error) {
  console.error(String(error))
}
`

/** A folder as a user's project: the README's files, the shipped recordings, and the packages that it imports. */
const createProject = (): string => {
  const project = mkdtempSync(join(tmpdir(), 'starttask-readme-'))
  const modules = join(project, 'node_modules')
  mkdirSync(join(modules, '@aws-sdk'), { recursive: true })
  symlinkSync(root, join(modules, 'starttask-harness'))
  for (const name of ['msw', 'vitest', '@aws-sdk/client-ecs', '.bin']) symlinkSync(join(root, 'node_modules', name), join(modules, name))
  cpSync(join(root, 'recordings'), join(project, 'recordings'), { recursive: true })
  writeFileSync(join(project, 'package.json'), '{"type":"module"}')
  writeFileSync(join(project, 'call.ts'), CALL)
  for (const { file, text } of blocks) if (file !== undefined) writeFileSync(join(project, file), text)
  return project
}

const run = (project: string, command: string): string => {
  const plain = command.replaceAll('npx starttask', `node ${join(root, 'dist/cli/bin.js')}`).replaceAll('npx vitest', 'vitest')
  const env = {
    ...process.env,
    PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`,
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
    VITEST: undefined,
    CI: undefined,
  }
  const script = `cd ${project} && { ${plain}; } 2>&1 || true`
  return stripVTControlCharacters(execFileSync('sh', ['-c', script], { encoding: 'utf8', env }))
}

/** The lines in order; `…` stands for any lines, or for the rest of one. */
const findMissingLine = (expected: string, printed: string): string | undefined => {
  const lines = printed.split('\n').map((line) => line.trimEnd())
  let from = 0
  for (const line of expected.split('\n').map((text) => text.trimEnd())) {
    if (line === '…' || line === '') continue
    const found = lines.findIndex((one, index) => index >= from && (line.endsWith('…') ? one.startsWith(line.slice(0, -1)) : one === line))
    if (found === -1) return line
    from = found + 1
  }
  return undefined
}

const examples = blocks
  .filter(({ language }) => language === 'console')
  .flatMap(({ text }) => text.split(/^\$ /m).slice(1))
  .map((example) => {
    const [command = '', ...printed] = example.split('\n')
    return { command, printed: printed.join('\n') }
  })

test('finds the samples of the README', () => {
  expect(examples.length).toBeGreaterThanOrEqual(5)
})

test.for(examples)('prints what the README shows: $command', { timeout: 60_000 }, ({ command, printed }, { skip }) => {
  if (/\baws /.test(command) && !inject('programs').awsCli) skip('aws is not installed')
  const output = run(createProject(), command)
  expect(findMissingLine(printed, output), `README line not printed; the command printed:\n${output}`).toBeUndefined()
})

test('runs the test that the README writes for an msw server', { timeout: 60_000 }, () => {
  expect(run(createProject(), 'npx vitest run server.test.ts')).toMatch(/1 passed/)
})

test('compiles the samples of the README', { timeout: 60_000 }, () => {
  const project = createProject()
  const options = {
    strict: true,
    module: 'nodenext',
    target: 'esnext',
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    types: ['node'],
  }
  symlinkSync(join(root, 'node_modules/@types'), join(project, 'node_modules/@types'))
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['*.ts'], exclude: ['call.ts'] }))
  expect(run(project, 'tsc -p .')).toBe('')
})
