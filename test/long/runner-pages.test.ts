import { expect, test } from 'vitest'

import { findMissingLine, readPageSamples } from '../runners/page-samples.ts'
import { createProject, runShell } from '../runners/sample-project.ts'

const PAGES = [
  'testing.md',
  'migration/aws-sdk-client-mock.md',
  'migration/msw-handlers.md',
  'migration/nock-back.md',
  'migration/polly.md',
]

const samples = PAGES.flatMap((page) =>
  readPageSamples(page).commands.map(({ command, printed }) => ({ page, command, printed })),
)

test.for(samples)('prints what docs/$page shows: $command', ({ page, command, printed }) => {
  const output = runShell(createProject(readPageSamples(page).files), command)
  expect({ line: findMissingLine(printed, output), output }).toEqual({ line: undefined, output })
})

test('compiles what the pages write in TypeScript', () => {
  const compilerOptions = {
    strict: true,
    module: 'nodenext',
    target: 'esnext',
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    types: ['node'],
  }
  // Polly's own types are those of CommonJS, which its packages are not under nodenext
  for (const page of PAGES) {
    const { files } = readPageSamples(page)
    const project = createProject({
      ...files,
      'tsconfig.json': JSON.stringify({
        compilerOptions,
        include: ['*.ts'],
        exclude: page.includes('polly') ? ['before.test.ts'] : [],
      }),
    })
    expect({ page, output: runShell(project, 'tsc -p .') }).toEqual({ page, output: '' })
  }
})

test.for(PAGES)('finds commands in docs/%s', (page) => {
  expect(readPageSamples(page).commands.length).toBeGreaterThanOrEqual(2)
})

test.for([
  ['a line that was not printed', 'one\nthree\n', 'one\ntwo\n', 'three'],
  ['lines in another order', 'two\none\n', 'one\ntwo\n', 'one'],
  ['the beginning of another line', 'on…\ntw…\n', 'one\nthree\n', 'tw…'],
  ['all lines', '…\none\n…\nth…\n', 'zero\none\ntwo\nthree\n', undefined],
] as const)('notices %s', ([, expected, printed, missing]) => {
  expect(findMissingLine(expected, printed)).toBe(missing)
})
