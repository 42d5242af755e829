import { existsSync } from 'node:fs'
import { HarnessError } from '../../../message/index.ts'
import { type Exchange, type Recording } from '../../../protocol/index.ts'
import {
  createRedaction,
  loadPseudonymKey,
  type RedactedExchange,
  type RedactedRecording,
  scanRecording,
} from '../../../redaction/index.ts'
import { createRecording, readRedactedRecording } from '../../../recording/index.ts'
import { VERSION } from '../../../package/index.ts'

/** What a composed recording says of itself; `starttask compose --append` adds to no other. */
const SOURCE = 'composed'
const NOTE = 'composed by starttask compose from documented behaviour; no service was asked'
/** When a composed recording says that it began: when the task of the API page's sample was created. */
const RECORDED_AT = '2016-11-21T21:57:40.842Z'
/** Composed exchanges lie a second apart. */
const APART_MS = 1000

/** What is to be added to; `undefined` where a recording begins. Nothing that was recorded gets composed exchanges among its own. */
export function openOut(out: string, append: boolean): RedactedRecording | undefined {
  if (!out.endsWith('.json'))
    throw new HarnessError('usage', `--out is ${out}; a recording's name ends in .json.`)
  if (!existsSync(out)) return undefined
  if (!append)
    throw new HarnessError('usage', `${out} is there already, and is not overwritten.`, {
      remedy: 'name another file, take it away, or add to it: --append',
    })
  const before = readRedactedRecording(out, () => createRedaction({ key: loadPseudonymKey().key }))
  if (before && before.provenance['source'] !== SOURCE)
    throw new HarnessError(
      'usage',
      `${out} holds what was recorded; a composed exchange would look like a recorded one there.`,
      { remedy: 'name a file of its own' },
    )
  return before
}

/** The exchange behind those that are there: an invocation of its own, a second later. */
export function placeExchange(exchange: Exchange, before: RedactedRecording | undefined): Exchange {
  const latest =
    before?.exchanges.reduce((most, { startedAtMs }) => Math.max(most, startedAtMs), -APART_MS) ??
    -APART_MS
  return {
    ...exchange,
    invocation: `invocation-${(before?.exchanges.length ?? 0) + 1}`,
    attempt: 1,
    startedAtMs: latest + APART_MS,
  }
}

/** The recording with the exchange, labelled as composed. What it says of itself is still to be redacted. */
export function addExchange(
  before: RedactedRecording | undefined,
  exchange: RedactedExchange,
  { departures, undocumented }: { departures: readonly string[]; undocumented: readonly string[] },
): Recording {
  const provenance: Record<string, unknown> = before?.provenance ?? {}
  const join = (name: string, more: readonly string[]) => {
    const known = Array.isArray(provenance[name])
      ? provenance[name].filter((one) => typeof one === 'string')
      : []
    const all = [...new Set([...known, ...more])].toSorted()
    return all.length > 0 ? { [name]: all } : {}
  }
  return createRecording({
    recordedAt: before?.recordedAt ?? RECORDED_AT,
    provenance: {
      source: SOURCE,
      recordedBy: `starttask-harness ${VERSION}`,
      note: NOTE,
      ...provenance,
      ...join('departures', departures),
      ...join('undocumented', undocumented),
    },
    ...(before?.taskStateChanges ? { taskStateChanges: before.taskStateChanges } : {}),
    exchanges: [...(before?.exchanges ?? []), exchange],
  })
}

/** Throws `secret-found` for what would be written and still looks like a secret. */
export async function refuseSecrets(recording: RedactedRecording): Promise<void> {
  const [leak] = await scanRecording(recording)
  if (!leak) return
  throw new HarnessError(
    'secret-found',
    `What would be written still looks like a secret (${leak.kind}) at ${leak.pointer}; nothing was written.`,
    {
      remedy:
        'take it out of the request, or name the place under "redact" in the configuration file',
    },
  )
}
