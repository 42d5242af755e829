import { type Archive, type ArchiveFinding, isArchive, openArchive } from '../../archive/index.ts'
import { outline, type Outline, type RecordedReader } from '../../matching/index.ts'
import { escapeControls } from '../../message/index.ts'
import type { Exchange, Recording } from '../../protocol/index.ts'
import {
  listFilesBelow,
  loadStoredRecordings,
  openIndexedFolder,
  openIndexedRecording,
} from '../../recording/index.ts'

/** The exchanges of one recording, wherever they are. */
export type Source = LoadedSource | IndexedSource | ArchiveSource

/** A source whose outlines are all in memory. */
export type OutlinedSource = LoadedSource | IndexedSource

interface NamedSource {
  name: string
  /** The rules that the recording was redacted by, if it names them. */
  redactedBy: unknown
}

/** A recording in memory. */
interface LoadedSource extends NamedSource {
  outlines: readonly Outline[]
  exchanges: readonly Exchange[]
}

/** A recording in a file, which is read exchange by exchange. */
interface IndexedSource extends NamedSource {
  outlines: readonly Outline[]
  /** Reads the exchange at an index that counts from 0. */
  read(index: number): Exchange
  /** Reads all of them, at less cost than one by one. */
  readAll(): Iterable<Exchange>
}

/** A recording that is too large for outlines in memory. */
export interface ArchiveSource extends NamedSource {
  archive: Archive
  read(index: number): Exchange
}

/** Opens what `Recordings` names: a file, an archive, a folder or a parsed recording. Throws what the store and archives throw. */
export function openSources(
  one: string | Recording,
  index: number,
  reader: RecordedReader,
): Source[] {
  if (typeof one !== 'string') return [createSource(`recording ${index + 1}`, one, reader)]
  if (isArchive(one)) return [openArchiveSource(one, reader)]
  const archives = listFilesBelow(one, ['.ndjson', '.ndjson.zst'])
  const indexed = archives.length > 0 ? undefined : openIndexedSource(one, reader)
  if (indexed) return [indexed]
  const hasOthers = archives.length === 0 || listFilesBelow(one, ['.json', '.journal']).length > 0
  return [
    ...(hasOthers ? openStored(one, reader) : []),
    ...archives.map((path) => openArchiveSource(path, reader)),
  ]
}

function openStored(path: string, reader: RecordedReader): OutlinedSource[] {
  const indexed = openIndexedFolderSources(path, reader)
  return (
    indexed ??
    loadStoredRecordings(path).map((stored) => createSource(stored.path, stored.recording, reader))
  )
}

function createSource(name: string, recording: Recording, reader: RecordedReader): LoadedSource {
  const { exchanges, provenance } = recording
  const redactedBy = provenance['redaction']
  return {
    name,
    redactedBy,
    outlines: exchanges.map((exchange) => outline(exchange, redactedBy, reader)),
    exchanges,
  }
}

/** Opens a recording file that is too large to be parsed at each start: an index holds where each exchange lies. */
function openIndexedSource(path: string, reader: RecordedReader): IndexedSource | undefined {
  const indexed = openIndexedRecording(path, reader.rules, (exchange, redactedBy) =>
    outline(exchange, redactedBy, reader),
  )
  return indexed && { name: path, ...indexed }
}

/** Opens a folder of so many recordings that they are not all parsed at each start. */
function openIndexedFolderSources(
  path: string,
  reader: RecordedReader,
): IndexedSource[] | undefined {
  const opened = openIndexedFolder(path, reader.rules, (exchange, redactedBy) =>
    outline(exchange, redactedBy, reader),
  )
  return opened?.map(({ path: name, ...indexed }) => ({ name, ...indexed }))
}

/** Opens an archive by its index. */
function openArchiveSource(path: string, reader: RecordedReader): ArchiveSource {
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
      ? [`  … and ${faults.length - MOST_WARNED} more; starttask archive lists all of them`]
      : []
  process.emitWarning(
    [
      'An archive is damaged; its readable exchanges are served.',
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
