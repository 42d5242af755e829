import { type Archive, type ArchiveFinding, openArchive } from '../../archive/index.ts'
import { outline, type Outline, type RecordedReader } from '../../matching/index.ts'
import { escapeControls } from '../../message/index.ts'
import type { Exchange, Recording } from '../../protocol/index.ts'
import { openIndexedFolder, openIndexedRecording } from '../../recording/index.ts'

/** The exchanges of one recording, wherever they are. They are numbered from 0. */
export interface Source {
  name: string
  /** By what rules the recording was redacted, where it says so. */
  redactedBy: unknown
  read(index: number): Exchange
}

/** A source of which all outlines are in memory. */
export interface OutlinedSource extends Source {
  outlines: readonly Outline[]
  /** All of them, at less cost than one by one. */
  readAll(): Iterable<Exchange>
}

/** A source too large for that: it is asked. */
export interface ArchiveSource extends Source {
  archive: Archive
}

/** A recording that is in memory. */
export function createSource(
  name: string,
  recording: Recording,
  reader: RecordedReader,
): OutlinedSource {
  const { exchanges, provenance } = recording
  const redactedBy = provenance['redaction']
  return {
    name,
    redactedBy,
    outlines: exchanges.map((exchange) => outline(exchange, redactedBy, reader)),
    read: (index) => requireExchange(exchanges[index], name, index),
    readAll: () => exchanges,
  }
}

/** A recording in a file of its own that is too large to be parsed at each start: an index tells where each exchange lies. */
export function openIndexedSource(
  path: string,
  reader: RecordedReader,
): OutlinedSource | undefined {
  const indexed = openIndexedRecording(path, reader.rules, (exchange, redactedBy) =>
    outline(exchange, redactedBy, reader),
  )
  return indexed && { name: path, ...indexed }
}

/** A folder of so many recordings that they are not all parsed at each start. */
export function openIndexedFolderSources(
  path: string,
  reader: RecordedReader,
): OutlinedSource[] | undefined {
  const opened = openIndexedFolder(path, reader.rules, (exchange, redactedBy) =>
    outline(exchange, redactedBy, reader),
  )
  return opened?.map(({ path: name, ...indexed }) => ({ name, ...indexed }))
}

/** An archive, by the index beside it. */
export function openArchiveSource(path: string, reader: RecordedReader): ArchiveSource {
  const archive = openArchive(path, {
    keys: reader.keys,
    derive: (exchange, redactedBy) => outline(exchange, redactedBy, reader),
    onFinding: (finding) => warnOfArchive([describeArchiveFinding(path, finding)]),
  })
  const findings = archive.findings()
  if (findings.length > 0)
    warnOfArchive(findings.map((finding) => describeArchiveFinding(path, finding)))
  return {
    name: path,
    redactedBy: archive.redactedBy,
    archive,
    read: (index) => archive.read(index),
  }
}

const MOST_WARNED = 5

function warnOfArchive(faults: readonly string[]): void {
  const more =
    faults.length > MOST_WARNED
      ? [`  … and ${faults.length - MOST_WARNED} more; starttask archive tells of all`]
      : []
  process.emitWarning(
    [
      'An archive is not whole; the rest of it is served.',
      ...faults.slice(0, MOST_WARNED).map((fault) => `  ${fault}`),
      ...more,
    ].join('\n'),
    {
      type: 'StartTaskArchiveWarning',
      code: 'STARTTASK_ARCHIVE_DAMAGED',
    },
  )
}

function describeArchiveFinding(path: string, { line, offset, message }: ArchiveFinding): string {
  return escapeControls(
    `${path}${line === undefined ? '' : `, line ${line}`}, byte ${offset}: ${message}`,
  )
}

function requireExchange(exchange: Exchange | undefined, name: string, index: number): Exchange {
  if (!exchange) throw new Error(`${name} has no exchange ${index + 1} any more.`)
  return exchange
}
