/** Pact files on disk: many processes add to one, and nothing that any of them wrote is lost. */
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

import { HarnessError } from '../message/index.ts'
import { formatCanonicalJson, isObject, type JsonObject, parseBody } from '../protocol/index.ts'
import { scanExchange } from '../redaction/index.ts'
import { holdLock, saveText } from '../recording/index.ts'
import { encodeInteraction, type Interaction, nameInteraction, PROVIDER } from './interaction.ts'
import { MAX_PACT_BYTES } from './read-pact.ts'

/** What is put into a pact file. */
export interface PactChange {
  file: string
  consumer: string
  interactions: readonly Interaction[]
  /** The test file or recording that they come from: what came from it before and no longer does goes. Without one nothing goes. */
  source?: string
  /** Nothing goes this time: a test file ran in part, or failed. */
  isPartial?: boolean
}

/** What came of it. */
export interface SavedPact {
  file: string
  /** How many interactions the file has now. */
  interactions: number
  /** Descriptions of interactions that nothing makes any longer. */
  removed: string[]
}

/** Where the pact of a consumer lies in a folder. */
export function namePactFile(folder: string, consumer: string): string {
  return join(folder, `${`${consumer}-${PROVIDER}`.replaceAll(/[^\w.-]+/g, '_')}.json`)
}

/**
 * Puts interactions into a pact file, which it makes where there is none. One writer at a time (a lock file beside it), whole or not at all, in an
 * order that does not depend on who came first. Interactions of other files stay, unless those files are gone; what others than this package
 * wrote stays.
 *
 * Throws `interaction-conflict` for two interactions of one name and different content, `secret-found`, `lock-held`, `write-failed`, and `usage` for
 * a file that is no pact of this consumer.
 */
export async function savePact(change: PactChange): Promise<SavedPact> {
  for (const interaction of change.interactions) refuseSecrets(interaction)
  return holdLock(change.file, async () => {
    const before = readExisting(change)
    const { entries, removed } = mergeEntries(change, before)
    if (entries.length === 0) rmSync(change.file, { force: true })
    else writeWhenChanged(change, entries)
    return { file: change.file, interactions: entries.length, removed }
  })
}

/** An interaction in the file, with its name and the files that make it. */
interface Entry {
  name: string
  raw: JsonObject
  /** `undefined`: another program wrote it. */
  madeBy: readonly string[] | undefined
}

function readExisting({ file, consumer }: PactChange): Entry[] {
  if (!statSync(file, { throwIfNoEntry: false })) return []
  const value = parseBody(readFileSync(file), MAX_PACT_BYTES)
  const list = isObject(value) ? value['interactions'] : undefined
  const names = isObject(value)
    ? [value['consumer'], value['provider']].map((one) => (isObject(one) ? one['name'] : undefined))
    : []
  if (!Array.isArray(list) || names[0] !== consumer || names[1] !== PROVIDER) {
    throw new HarnessError(
      'usage',
      `${file} is no pact of ${JSON.stringify(consumer)} with ${PROVIDER}.`,
      { remedy: 'name another folder, or take the file away' },
    )
  }
  return list.filter((raw: unknown): raw is JsonObject => isObject(raw)).map(readEntry)
}

function readEntry(raw: JsonObject): Entry {
  const states = Array.isArray(raw['providerStates'])
    ? raw['providerStates'].filter((state: unknown): state is JsonObject => isObject(state))
    : []
  const comments = isObject(raw['comments']) ? raw['comments']['starttask'] : undefined
  const files = isObject(comments) ? comments['madeBy'] : undefined
  return {
    name: nameInteraction({
      description: String(raw['description']),
      states: states.map(({ name, params }) => ({
        name: String(name),
        ...(isObject(params) ? { params } : {}),
      })),
    }),
    raw,
    madeBy: Array.isArray(files) ? files.filter((file) => typeof file === 'string') : undefined,
  }
}

function mergeEntries(
  change: PactChange,
  before: readonly Entry[],
): { entries: Entry[]; removed: string[] } {
  const folder = dirname(change.file)
  const own = change.source === undefined ? undefined : nameSource(folder, change.source)
  const made = new Set(change.interactions.map(nameInteraction))
  const entries = new Map<string, Entry>()
  const removed: string[] = []
  for (const entry of before) {
    const kept = keepEntry(entry, {
      folder,
      own,
      isMade: made.has(entry.name),
      isPartial: change.isPartial === true,
    })
    if (kept) entries.set(entry.name, kept)
    else removed.push(String(entry.raw['description']))
  }
  for (const interaction of change.interactions) {
    const name = nameInteraction(interaction)
    entries.set(name, joinEntry(entries.get(name), interaction, own, change.file))
  }
  return { entries: [...entries.values()].toSorted(compareEntries), removed }
}

interface Keeping {
  folder: string
  own: string | undefined
  isMade: boolean
  isPartial: boolean
}

/** The entry without the files that make it no longer; `undefined` when none is left. */
function keepEntry(entry: Entry, { folder, own, isMade, isPartial }: Keeping): Entry | undefined {
  if (entry.madeBy === undefined) return entry
  const madeBy = entry.madeBy.filter((file) =>
    file === own ? isPartial || isMade : existsSync(resolve(folder, file)),
  )
  return madeBy.length > 0 ? { ...entry, madeBy } : undefined
}

function joinEntry(
  there: Entry | undefined,
  interaction: Interaction,
  own: string | undefined,
  file: string,
): Entry {
  const name = nameInteraction(interaction)
  const others = there?.madeBy?.filter((one) => one !== own) ?? []
  const madeBy = own === undefined ? others : [...others, own].toSorted()
  const raw: JsonObject = { ...encodeInteraction({ ...interaction, madeBy }) }
  const isShared = there !== undefined && (there.madeBy === undefined || others.length > 0)
  if (isShared && !isSameContent(there.raw, raw))
    throw describeConflict(interaction, others, own, file)
  return { name, raw, madeBy }
}

function isSameContent(one: JsonObject, other: JsonObject): boolean {
  const read = ({ request, response }: JsonObject) => formatCanonicalJson([request, response])
  return read(one) === read(other)
}

function describeConflict(
  { description }: Interaction,
  others: readonly string[],
  own: string | undefined,
  file: string,
): HarnessError {
  return new HarnessError(
    'interaction-conflict',
    `Two interactions are called ${JSON.stringify(description)}, in the same provider states, and say different things.`,
    {
      details: [
        [
          'place',
          `${file}: by ${others.length > 0 ? others.join(', ') : 'another program'}${own === undefined ? '' : `, and by ${own}`}`,
        ],
      ],
      remedy: 'give one of them another description or another state',
    },
  )
}

function compareEntries(one: Entry, other: Entry): number {
  return (
    compareTexts(String(one.raw['description']), String(other.raw['description'])) ||
    compareTexts(one.name, other.name)
  )
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** A file as the pact keeps it: seen from the pact's folder, with slashes, so that a checkout elsewhere names the same file. */
function nameSource(folder: string, source: string): string {
  const path = source.startsWith('file:') ? fileURLToPath(source) : source
  const seen = relative(resolve(folder), resolve(path))
  return isAbsolute(seen) ? seen : seen.replaceAll('\\', '/')
}

function writeWhenChanged({ file, consumer }: PactChange, entries: readonly Entry[]): void {
  const text = formatPact(
    consumer,
    entries.map(({ raw, madeBy }) => withMadeBy(raw, madeBy)),
  )
  if (!statSync(file, { throwIfNoEntry: false }) || readFileSync(file, 'utf8') !== text)
    saveText(file, text)
}

function withMadeBy(raw: JsonObject, madeBy: readonly string[] | undefined): JsonObject {
  const { comments, ...rest } = raw
  const others = isObject(comments)
    ? Object.fromEntries(Object.entries(comments).filter(([name]) => name !== 'starttask'))
    : {}
  const own = madeBy && madeBy.length > 0 ? { starttask: { madeBy } } : {}
  const all = { ...others, ...own }
  return Object.keys(all).length > 0 ? { ...rest, comments: all } : rest
}

/** A pact in the form of specification 4. */
export function formatPact(consumer: string, interactions: readonly unknown[]): string {
  const pact = {
    consumer: { name: consumer },
    provider: { name: PROVIDER },
    interactions,
    metadata: { pactSpecification: { version: '4.0' } },
  }
  return `${JSON.stringify(pact, null, 2)}\n`
}

function refuseSecrets({ description, request, status, response }: Interaction): void {
  const [leak] = scanExchange({
    operation: description,
    startedAtMs: 0,
    request: { headers: {}, body: request },
    response: { status, headers: {}, body: response },
  })
  if (!leak) return
  throw new HarnessError(
    'secret-found',
    `The interaction ${JSON.stringify(description.slice(0, 80))} holds what looks like a secret (${leak.kind}) and is not written.`,
    { details: [['place', leak.pointer]], remedy: 'use an example value that is none' },
  )
}
