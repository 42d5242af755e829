import { join, relative } from 'node:path'

import { isObject } from '../protocol/index.ts'
import {
  createRedaction,
  formatRecording,
  listRecordingFiles,
  loadStandInKey,
  readRedactedRecording,
  saveRecording,
} from '../recording/index.ts'
import { loadRules } from '../rules/index.ts'
import { EXIT, printData, tell } from './terminal.ts'

export interface RedactCommand {
  paths: string[]
  /** A folder for the clean recordings; otherwise they take the place of the others. */
  out: string | undefined
  rules: string | undefined
  /** Whether nothing is written, and a recording that would change fails the run. */
  check: boolean
  json: boolean
}

/** Takes out of recordings what redaction takes out when they are made; gives the exit code. */
export async function redact({ paths, out, rules, check, json }: RedactCommand): Promise<number> {
  const decided = loadRules(rules === undefined ? {} : { file: rules })
  const redaction = createRedaction({ key: loadStandInKey().key, keep: decided.keep, redact: decided.redact })
  const results = paths.flatMap((named) =>
    listRecordingFiles(named).map((path) => {
      const recording = readRedactedRecording(path)
      if (!recording) return { path, places: 0 }
      const exchanges = recording.exchanges.map((exchange) => redaction.redactExchange(exchange))
      const places = countDifferences(recording.exchanges, exchanges)
      const clean = { ...recording, provenance: { ...recording.provenance, redaction: redaction.rulesHash }, exchanges }
      const target = out === undefined ? path : join(out, named === path ? path : relative(named, path))
      if (!check && (places > 0 || out !== undefined)) saveRecording(target, formatRecording(places > 0 ? clean : recording))
      return { path, places }
    }),
  )
  const changed = results.filter(({ places }) => places > 0)
  if (json) printData(JSON.stringify({ schemaVersion: 1, checked: results.length, changed }, undefined, 2))
  for (const { path, places } of changed)
    tell(`starttask: ${path}: ${places === 1 ? 'one place' : `${places} places`} ${check ? 'would be' : 'are'} redacted`)
  if (changed.length === 0) tell(`starttask: ${results.length === 1 ? 'the recording is' : `all ${results.length} recordings are`} clean`)
  return check && changed.length > 0 ? EXIT.failed : EXIT.fine
}

/** In how many places two values differ. */
function countDifferences(before: unknown, after: unknown): number {
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.reduce<number>((sum, item, index) => sum + countDifferences(item, after[index]), 0)
  }
  if (!isObject(before) || !isObject(after)) return before === after || JSON.stringify(before) === JSON.stringify(after) ? 0 : 1
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].reduce((sum, name) => sum + countDifferences(before[name], after[name]), 0)
}
