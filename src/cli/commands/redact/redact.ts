import { realpathSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import {
  escapeLine,
  formatCount,
  formatDetail,
  HarnessError,
  isHarnessError,
} from '../../../message/index.ts'
import {
  createRedaction,
  type FoundSecret,
  loadPseudonymKey,
  type Redaction,
  scanRecording,
} from '../../../redaction/index.ts'
import {
  listRecordingFiles,
  mendRecording,
  openRecordingFile,
  saveRecording,
} from '../../../recording/index.ts'
import { loadConfig } from '../../../config/index.ts'
import { readExactText } from '../../input/exact-text.ts'
import { EXIT, printNotice, printText } from '../../output/terminal.ts'

export interface RedactCommand {
  paths: string[]
  /** A folder for the clean recordings; otherwise they take the place of the others. */
  out: string | undefined
  config: string | undefined
  /** Whether nothing is written, and a recording that would change fails the run. */
  check: boolean
  json: boolean
}

/** A recording, and where its clean copy goes. */
interface Target {
  path: string
  target: string
}

interface Result {
  path: string
  /** How many places redaction changed. */
  places: number
  /** What looks like a secret all the same: secretlint knows it, our rules do not. */
  left: FoundSecret[]
}

/**
 * Takes out of recordings what redaction takes out when they are made; one that is clean already stays byte for byte. Gives the exit code: 1
 * when something would change (`check`) or still looks like a secret, 3 when a file could not be read or written; the others are not held up.
 */
export async function redact({ paths, out, config, check, json }: RedactCommand): Promise<number> {
  const decided = loadConfig({ file: config })
  const { key, isKept } = loadPseudonymKey()
  const redaction = createRedaction({ key, keep: decided.keep, redact: decided.redact })
  const results: Result[] = []
  const failed: { path: string; reason: string }[] = []
  for (const target of listTargets(paths, out)) {
    try {
      results.push(
        await redactFile(target, redaction, { isWritten: !check, isCopied: out !== undefined }),
      )
    } catch (error) {
      if (!isHarnessError(error)) throw error
      failed.push({ path: target.path, reason: error.message })
    }
  }
  const changed = results
    .filter(({ places }) => places > 0)
    .map(({ path, places }) => ({ path, places }))
  const left = results.flatMap((result) =>
    result.left.map((leak) => ({ path: result.path, ...leak })),
  )
  if (json)
    printText(
      JSON.stringify(
        { schemaVersion: 1, checked: results.length, changed, left, failed },
        undefined,
        2,
      ),
    )
  for (const { path, places } of changed)
    printNotice(
      escapeLine(
        `starttask: ${path}: ${check ? 'would redact' : 'redacted'} ${formatCount(places, 'place')}`,
      ),
    )
  if (changed.length > 0 && !check && !isKept)
    printNotice(formatDetail('pseudonyms', 'are this run’s alone: their key could not be kept'))
  for (const { path, exchange, pointer, kind } of left)
    printNotice(
      escapeLine(
        `starttask: ${path} #${exchange} ${pointer}: still looks like a secret (${kind}); name the place under "redact" in the configuration file`,
      ),
    )
  for (const { reason } of failed) printNotice(`error: ${reason}`)
  if (changed.length + left.length + failed.length === 0)
    printNotice(
      `starttask: ${results.length === 1 ? 'the recording is' : `all ${results.length} recordings are`} clean`,
    )
  if (failed.length > 0) return EXIT.environment
  return (check && changed.length > 0) || left.length > 0 ? EXIT.failed : EXIT.fine
}

/** A file keeps its name in `out`, a folder's files their places in it. Throws `usage` where two would be one. */
function listTargets(paths: readonly string[], out: string | undefined): Target[] {
  const targets = paths.flatMap((named) =>
    listRecordingFiles(named).map((path) => {
      if (out === undefined) return { path, target: path }
      return { path, target: join(out, path === named ? basename(path) : relative(named, path)) }
    }),
  )
  const taken = new Map<string, string>()
  for (const { path, target } of targets) {
    const before = taken.get(resolve(target))
    if (before !== undefined && resolve(before) !== resolve(path))
      throw new HarnessError(
        'usage',
        `${before} and ${path} would both become ${target}. Give each a folder of its own as --out.`,
      )
    taken.set(resolve(target), path)
  }
  return targets
}

/** Through a link the file that it leads to is written: the link stays one. */
async function redactFile(
  { path, target }: Target,
  redaction: Redaction,
  { isWritten, isCopied }: { isWritten: boolean; isCopied: boolean },
): Promise<Result> {
  const { recording } = mendRecording(readExactText(path), path) // a hand edit that broke the form may have brought the secret
  const { recording: clean, places } = redaction.redactIfNeeded(recording)
  if (isWritten && (places > 0 || isCopied)) {
    if (isCopied) openRecordingFile(target) // what lies there and is no recording is not overwritten
    saveRecording(isCopied ? target : realpathSync(path), clean)
  }
  return { path, places, left: await scanRecording(clean) }
}
