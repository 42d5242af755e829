/** Only redacted content reaches a file: each writer refuses anything else at compile time. `npm run check` compiles it; nothing runs it. */
import { createArchiveWriter } from '../src/archive/index.ts'
import { formatHar, formatWireMock } from '../src/formats/index.ts'
import { createTimeline, type Reenactment, type Timeline } from '../src/incident/index.ts'
import { formatNockDefinitions } from '../src/nock/index.ts'
import { type Exchange, type Recording } from '../src/protocol/index.ts'
import {
  createRecording,
  formatRecording,
  type JournalHeader,
  openJournal,
  openRecordingFile,
  saveRecording,
} from '../src/recording/index.ts'
import {
  createRedaction,
  redactExchange,
  type RedactedRecording,
  redactRecording,
} from '../src/redaction/index.ts'
import {
  formatInspection,
  formatReport,
  formatReportMarkdown,
  type InspectedRecording,
  type PageExchange,
} from '../src/report/index.ts'

declare const recording: Recording
declare const exchange: Exchange
declare const provenance: Record<string, unknown>
declare const timeline: Timeline
declare const header: JournalHeader
declare const page: PageExchange
const redaction = createRedaction()
const redacted = redactRecording(recording)
const redactedProvenance = redaction.redactProvenance(provenance)
const recordedAt = '2026-01-01T00:00:00.000Z'

// the file of a recording
formatRecording(redacted)
saveRecording('one.json', redacted)
openRecordingFile('one.json').save(redacted)
// @ts-expect-error an unredacted recording is not formatted
formatRecording(recording)
// @ts-expect-error an unredacted recording is not saved
saveRecording('one.json', recording)
// @ts-expect-error a text is not saved as a recording
saveRecording('one.json', JSON.stringify(recording))
// @ts-expect-error an unredacted recording is not saved through an open file
openRecordingFile('one.json').save(recording)

// the parts of a redacted recording
export const made: RedactedRecording = createRecording({
  recordedAt,
  provenance: redactedProvenance,
  exchanges: [redactExchange(exchange)],
  taskStateChanges: [redaction.redactTaskState({ atMs: 0, task: {} })],
})
// @ts-expect-error an exchange does not become redacted in a list
export const ofExchange: RedactedRecording = { ...redacted, exchanges: [exchange] }
// @ts-expect-error a task state change does not become redacted in a list
export const ofTask: RedactedRecording = { ...redacted, taskStateChanges: [{ atMs: 0, task: {} }] }
// @ts-expect-error a provenance is redacted as well
export const ofProvenance: RedactedRecording = { ...redacted, provenance }
// @ts-expect-error a recording is redacted by redaction, not by its word
export const claimed: RedactedRecording = { ...recording, __redacted: true }

// the journal
await openJournal('one.journal', header).append({
  place: 0,
  client: 'a client',
  // @ts-expect-error an unredacted exchange is not journalled
  exchange,
})
// @ts-expect-error an unredacted provenance is not journalled
openJournal('one.journal', { ...header, provenance })

// archives
const writer = createArchiveWriter('one.ndjson', {
  recordedAt,
  provenance: redactedProvenance,
  keys: '',
})
writer.add(redactExchange(exchange), '')
// @ts-expect-error an unredacted exchange is not archived
writer.add(exchange, '')
// @ts-expect-error an unredacted provenance is not archived
createArchiveWriter('one.ndjson', { recordedAt, provenance, keys: '' })

// exports
formatHar([redacted])
formatWireMock([redacted])
formatNockDefinitions(redacted)
// @ts-expect-error an unredacted recording is not exported as HAR
formatHar([recording])
// @ts-expect-error an unredacted recording is not exported as WireMock mappings
formatWireMock([recording])
// @ts-expect-error an unredacted recording is not exported as definitions of nock
formatNockDefinitions(recording)

// reports
await formatReport(createTimeline([{ name: 'redacted', recording: redacted }]))
// @ts-expect-error an unredacted timeline is not reported as HTML
await formatReport(timeline)
// @ts-expect-error an unredacted timeline is not reported as Markdown
formatReportMarkdown(timeline)
// @ts-expect-error a timeline of unredacted recordings is not reported
await formatReport(createTimeline([{ name: 'unredacted', recording }]))
export const today: Pick<Reenactment<void>, 'timeline'> = {
  // @ts-expect-error what a re-enactment saw is redacted, for reports show it
  timeline,
}

// pages of recordings
export const inspected: InspectedRecording = {
  file: 'one.json',
  provenance: redactedProvenance,
  exchanges: [{ ...page, content: redactExchange(exchange) }],
}
formatInspection({ of: '', recordings: [inspected], looked: 1, notes: [], madeBy: '' })
// @ts-expect-error an unredacted exchange is not shown on a page
export const shown: PageExchange = { ...page, content: exchange }
// @ts-expect-error an unredacted provenance is not shown on a page
export const described: InspectedRecording = { ...inspected, provenance }
