import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { listDependencies, listScripts } from '../../input/project.ts'

export type Runner = 'vitest' | 'jest' | 'node' | 'mocha'

/** The runner of a project, and what told it. */
export interface FoundRunner {
  runner: Runner
  from: string
}

/** What tells a runner besides its package: a script that begins it, a file that sets it up. */
const SIGNS: readonly { runner: Runner; script: RegExp; files: readonly string[] }[] = [
  {
    runner: 'vitest',
    script: /\bvitest\b/,
    files: ['vitest.config.ts', 'vitest.config.js', 'vitest.config.mts', 'vitest.config.mjs'],
  },
  {
    runner: 'jest',
    script: /\bjest\b/,
    files: [
      'jest.config.js',
      'jest.config.ts',
      'jest.config.mjs',
      'jest.config.cjs',
      'jest.config.json',
    ],
  },
  {
    runner: 'mocha',
    script: /\bmocha\b/,
    files: ['.mocharc.json', '.mocharc.js', '.mocharc.cjs', '.mocharc.yml', '.mocharc.yaml'],
  },
  { runner: 'node', script: /\bnode\b.*--test\b/, files: [] },
]

/** Finds the test runner: by what scripts begin, then by packages, then by files. Without any of them it is Node.js's own, which needs nothing. */
export function findRunner(
  folder: string,
  manifest: Readonly<Record<string, unknown>>,
): FoundRunner {
  const scripts = [...listScripts(manifest)]
  const packages = listDependencies(manifest)
  for (const { runner, script } of SIGNS) {
    const named = scripts.find(([, text]) => script.test(text))
    if (named) return { runner, from: `the script ${JSON.stringify(named[0])}` }
  }
  for (const { runner } of SIGNS)
    if (packages.has(runner)) return { runner, from: 'the packages in package.json' }
  for (const { runner, files } of SIGNS) {
    const file = files.find((name) => existsSync(join(folder, name)))
    if (file !== undefined) return { runner, from: file }
  }
  return { runner: 'node', from: 'nothing else that was found' }
}
