import { expect, test } from 'vitest'

import { migrateRecording, type Migration } from '../../src/recording/index.ts'

const OLD = { format: 'starttask-recording', version: 1, kept: true, name: 'a' }
const STEPS: ReadonlyMap<number, Migration> = new Map([
  [1, ({ name, ...rest }) => ({ ...rest, title: name })],
  [2, (recording) => ({ ...recording, title: `${String(recording['title'])}!` })],
])

test('migrates from version to version, and tells the one it began with', () => {
  expect(migrateRecording(OLD, 'a.json', { migrations: STEPS, to: 3 })).toEqual({
    value: { format: 'starttask-recording', version: 3, kept: true, title: 'a!' },
    from: 1,
  })
})

test('leaves the version that is read now as it is', () => {
  expect(migrateRecording(OLD, 'a.json')).toEqual({ value: OLD, from: 1 })
})

test.for([
  [
    { ...OLD, version: 4 },
    /a\.json has format version 4, made by a newer starttask-harness; this one knows versions up to 3/,
  ],
  [{ ...OLD, version: 0 }, /format version 0, which no release of starttask-harness wrote/],
  [{ ...OLD, version: 1.5 }, /format version 1\.5, which no release/],
] as const)('refuses a version that nothing migrates: $version', ([value, message]) => {
  expect(() => migrateRecording(value, 'a.json', { migrations: STEPS, to: 3 })).toThrow(message)
})

test('what is no recording is left for the parser to refuse', () => {
  for (const value of [null, [], { version: 0 }, { ...OLD, version: '1' }])
    expect(migrateRecording(value, 'a')).toEqual({ value, from: 1 })
})
