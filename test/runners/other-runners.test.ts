import { cpSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { createProject, runNode } from './sample-project.ts'

const JEST = ['node_modules/jest/bin/jest.js', '--config']
const MODULES = { NODE_OPTIONS: '--experimental-vm-modules' }

const createExamples = (): string => {
  const project = createProject()
  cpSync(join(import.meta.dirname, 'examples'), project, { recursive: true })
  return project
}

const UNPLACED =
  /Expected a started task; none started, though the response is HTTP 200\.\n.*failure +AGENT at .*\n.*remedy +let the code read failures/

test.for([
  ['jest 30', [...JEST, 'jest/jest.config.js'], MODULES, /1 failed, 2 passed, 3 total/],
  ['jest 30 with CommonJS', [...JEST, 'jest-commonjs/jest.config.cjs'], {}, /1 failed, 1 total/],
  ['node:test', ['--test', 'node-test/launch.test.js'], {}, /pass 1\n.*fail 1\n/],
  [
    'mocha 12',
    ['node_modules/mocha/bin/mocha.js', 'mocha/launch.spec.js'],
    {},
    /1 passing.*\n.*1 failing/,
  ],
] as const)(
  'runs the example of %s, where failures are no success',
  { timeout: 60_000 },
  ([, args, env, counts]) => {
    const { status, output } = runNode(createExamples(), args, env)
    expect(output).toMatch(counts)
    expect(output).toMatch(UNPLACED)
    expect(status).not.toBe(0)
  },
)

test(
  'gives node:test and mocha what was found, what was expected, and the name of the assertion',
  { timeout: 60_000 },
  () => {
    const { output } = runNode(createExamples(), [
      '--test',
      '--test-reporter=tap',
      'node-test/launch.test.js',
    ])
    expect(output).toMatch(
      /code: 'ERR_ASSERTION'[^]*expected: 'started'\n +actual: 'unplaced: AGENT'\n +operator: 'assertStartedTask'/,
    )
  },
)

test('is required by Node.js itself as it is imported', () => {
  const { output } = runNode(createExamples(), [
    '-p',
    "try { require('starttask-harness/jest') } catch (error) { error.message }",
  ])
  expect(output).toContain('Do not import `@jest/globals` outside of the Jest test environment') // jest's own words, not ours
})
