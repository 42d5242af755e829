import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { formatUnredacted } from '../suites/unredacted.ts'
import { makeExchange, openReplayer } from '../archive/archived.ts'
import { buildRecording } from '../replayer/recorded-exchanges.ts'

const cache = mkdtempSync(join(tmpdir(), 'starttask-cache-'))
beforeAll(() => void vi.stubEnv('XDG_CACHE_HOME', cache))
afterAll(() => rmSync(cache, { recursive: true }))

const COUNT = 60

/** A folder of one-file recordings, as if written a while ago. */
function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'starttask-many-'))
  for (let index = 0; index < COUNT; index++)
    write(folder, `${index}.json`, `instance-${index}`, `answer-${index}`)
  return folder
}

function write(folder: string, name: string, instance: string, reason: string): void {
  writeFileSync(
    join(folder, name),
    formatUnredacted(buildRecording(makeExchange(instance, reason))),
  )
}

/** Files that have rested are remembered; those of the moment are parsed again. */
async function settle(): Promise<void> {
  const start = Date.now()
  await vi.waitUntil(() => Date.now() - start > 150, { timeout: 2000, interval: 20 })
}

test('plays a folder of many recordings, the second time by what it knows of them', async () => {
  const folder = makeFolder()
  await settle()
  openReplayer(folder)
  writeFileSync(join(folder, '7.json'), 'no longer a recording')
  utimesSync(join(folder, '7.json'), 0, 0)
  expect(() => openReplayer(folder)).toThrow(expect.objectContaining({ name: 'HarnessError' })) // that one is looked at again
  rmSync(join(folder, '7.json'))
  const { ask } = openReplayer(folder)
  expect([
    await ask('instance-0'),
    await ask('instance-59'),
    (await ask('instance-7')).slice(0, 18),
  ]).toEqual(['answer-0', 'answer-59', 'NoRecordingMatched'])
})

test('sees recordings that were added, changed and taken away', async () => {
  const folder = makeFolder()
  await settle()
  openReplayer(folder)
  write(folder, 'more.json', 'instance-more', 'added')
  write(folder, '3.json', 'instance-3', 'changed')
  rmSync(join(folder, '4.json'))
  const { ask } = openReplayer(folder)
  expect([
    await ask('instance-more'),
    await ask('instance-3'),
    (await ask('instance-4')).slice(0, 18),
  ]).toEqual(['added', 'changed', 'NoRecordingMatched'])
})

test('refuses to answer from a file that was changed since the opening', async () => {
  const folder = makeFolder()
  await settle()
  openReplayer(folder)
  const { ask } = openReplayer(folder)
  write(folder, '5.json', 'instance-5', 'changed behind its back')
  expect(await ask('instance-5')).toMatch(
    /^HarnessFailure: .*5\.json cannot be read any more: it was changed meanwhile/,
  )
  expect(await ask('instance-6')).toBe('answer-6')
})

test('says what was used of such a folder', async () => {
  const folder = makeFolder()
  await settle()
  openReplayer(folder)
  const { ask, replayer } = openReplayer(folder)
  await ask('instance-9')
  expect(replayer.used()).toEqual([{ recording: join(folder, '9.json'), exchange: 1, times: 1 }])
  expect(replayer.unused()).toHaveLength(COUNT - 1)
})
