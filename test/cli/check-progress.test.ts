import { expect, test } from 'vitest'

import { createProgress, isAnimated } from '../../src/cli/output/progress.ts'

/** A progress line on a screen and a clock of the test's own. */
const startProgress = (isShown = true, columns = 40) => {
  const written: string[] = []
  const clock = { now: 0 }
  const stream = { columns, write: (text: string) => written.push(text) }
  return { written, clock, progress: createProgress({ stream, now: () => clock.now, isShown }) }
}

test('shows nothing of a short run', () => {
  const { written, clock, progress } = startProgress()
  for (clock.now = 0; clock.now < 500; clock.now++) progress.show('1 checked')
  progress.clear()
  expect(written).toEqual([])
})

test('rewrites its line at most four times a second', () => {
  const { written, clock, progress } = startProgress()
  for (clock.now = 0; clock.now < 2500; clock.now++) progress.show(`${clock.now} checked`)
  expect(written).toHaveLength(8)
  expect(written[0]).toBe('\r\u001b[K500 checked')
})

test('takes its line away once', () => {
  const { written, clock, progress } = startProgress()
  clock.now = 1000
  progress.show('1 checked')
  progress.clear()
  progress.clear()
  expect(written.slice(1)).toEqual(['\r\u001b[K'])
})

test('keeps to one line, whatever a file is called', () => {
  const { written, clock, progress } = startProgress(true, 20)
  clock.now = 1000
  progress.show(`a\n\u001b[2J${'x'.repeat(100)}`)
  const [line = ''] = written
  expect(line.slice('\r\u001b[K'.length)).toMatch(/^a\\n\\u001b\[2Jx+…$/)
  expect(line.length).toBeLessThanOrEqual('\r\u001b[K'.length + 19)
})

test('writes nothing where it is not to be shown', () => {
  const { written, clock, progress } = startProgress(false)
  clock.now = 1000
  progress.show('1 checked')
  progress.clear()
  expect(written).toEqual([])
})

test.each([
  ['a terminal', { isTTY: true }, {}, true],
  ['no terminal', {}, {}, false],
  ['a terminal of CI', { isTTY: true }, { CI: 'true' }, false],
  ['a dumb terminal', { isTTY: true }, { TERM: 'dumb' }, false],
])('is animated on %s or not', (_what, stream, env, expected) => {
  expect(isAnimated(stream, env)).toBe(expected)
})
