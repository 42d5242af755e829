import { existsSync, readdirSync, watch } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { createFolder, runStarttask, startStarttask } from '../cli/starttask.ts'
import { makeEvent, writeTrail } from '../query/trails.ts'

/** Enough to be under way for a second or more. */
function writeManyFiles(folder: string): string {
  const events = Array.from({ length: 3000 }, (_, number) => makeEvent(number))
  for (let file = 0; file < 20; file++) writeTrail(folder, events, `${file}.json.gz`)
  return folder
}

/** Resolves once a run has begun to write beside its place. */
function waitForBeginning(folder: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(folder, (_event, name) => {
      if (!name?.endsWith('.tmp')) return
      watcher.close()
      resolve()
    })
  })
}

test('an archive whose making was killed is none, and can be made again', async () => {
  using folder = createFolder()
  const trail = writeManyFiles(join(folder.path, 'trail'))
  const out = join(folder.path, 'archive')
  const begun = waitForBeginning(folder.path)
  const run = startStarttask(['incident', 'archive', trail, '--out', out])
  await begun
  run.kill('SIGKILL')
  expect(await run.ended).toMatchObject({ signal: 'SIGKILL' })
  expect(existsSync(out)).toBe(false)
  const [half = ''] = readdirSync(folder.path).filter((name) => name.endsWith('.tmp'))
  const asked = await runStarttask([
    'incident',
    'query',
    join(folder.path, half),
    '--named',
    'events',
  ])
  expect(asked.code).toBe(3)
  const again = await runStarttask(['incident', 'archive', trail, '--out', out, '--json'])
  expect(again.code).toBe(0)
  expect(JSON.parse(again.stdout)).toMatchObject({ rows: 60_000, files: 6 }) // two days, in three portions
  const { stdout } = await runStarttask([
    'incident',
    'query',
    out,
    '--sql',
    'select count(*) as n from cloudtrail_logs',
    '--json',
  ])
  expect(JSON.parse(stdout)).toMatchObject({ rows: [[60_000]] })
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  '%s gives up the making of an archive, and leaves nothing of it',
  async (signal, code) => {
    using folder = createFolder()
    const trail = writeManyFiles(join(folder.path, 'trail'))
    const begun = waitForBeginning(folder.path)
    const run = startStarttask([
      'incident',
      'archive',
      trail,
      '--out',
      join(folder.path, 'archive'),
    ])
    await begun
    run.kill(signal)
    expect(await run.ended).toMatchObject({ code })
    expect(readdirSync(folder.path)).toEqual(['trail'])
  },
)
