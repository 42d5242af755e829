import { basename, dirname, extname, join, relative } from 'node:path'
import { formatDetail } from '../../../../message/index.ts'
import {
  type MadeInteractions,
  makeInteractions,
  namePactFile,
  savePact,
} from '../../../../pact/index.ts'
import { loadStoredRecordings } from '../../../../recording/index.ts'
import { EXIT, printNotice, printText } from '../../../output/terminal.ts'

export interface WritePactCommand {
  paths: string[]
  consumer: string
  out: string
  reads: string[] | undefined
  json: boolean
}

/** Makes a pact of recordings; what a recording gave before and gives no longer goes. Gives the exit code: 1 when no interaction came of them. */
export async function writePact({
  paths,
  consumer,
  out,
  reads,
  json,
}: WritePactCommand): Promise<number> {
  const file = namePactFile(out, consumer)
  const recordings = loadStoredRecordings(paths)
  const left: MadeInteractions['left'] = []
  const removed: string[] = []
  let interactions = 0
  let written = 0
  for (const { path, recording } of recordings) {
    const made = makeInteractions([{ name: nameRecording(path), recording }], reads)
    left.push(...made.left.map((one) => ({ ...one, recording: path })))
    if (made.interactions.length === 0 && recordings.length > 1) continue
    const saved = await savePact({ file, consumer, interactions: made.interactions, source: path })
    removed.push(...saved.removed)
    interactions = saved.interactions
    written += made.interactions.length
  }
  if (json)
    printText(JSON.stringify({ schemaVersion: 1, file, interactions, written, removed, left }))
  for (const { recording, exchange, reason } of left)
    printNotice(formatDetail('left', `${recording} #${exchange}: ${reason}`))
  for (const description of removed) printNotice(formatDetail('removed', description))
  printNotice(
    `starttask: ${written} interactions of ${recordings.length} recordings in ${file}, which has ${interactions}`,
  )
  return written > 0 ? EXIT.fine : EXIT.failed
}

/** With its folder, which says what a scenario is about: `unplaced/agent-disconnected`. */
function nameRecording(path: string): string {
  const folder = basename(dirname(relative('.', path)))
  const name = basename(path, extname(path))
  return folder === '' || folder === '.' || folder === '..'
    ? name
    : join(folder, name).replaceAll('\\', '/')
}
