/** Hands unredacted content to writers, whose types refuse it: tests plant what redaction would remove, or compose content without secrets. */
import {
  createTimeline,
  type NamedRecording,
  type RedactedTimeline,
} from '../../src/incident/index.ts'
import type { Exchange, Recording } from '../../src/protocol/index.ts'
import { formatRecording } from '../../src/recording/index.ts'
import type {
  RedactedExchange,
  RedactedProvenance,
  RedactedRecording,
} from '../../src/redaction/index.ts'

/** Formats a recording as the text of a file, as it is. */
export function formatUnredacted(recording: Recording): string {
  return formatRecording(asRedactedRecording(recording))
}

/** Brands a recording without redacting it. */
export function asRedactedRecording(recording: Recording): RedactedRecording {
  return recording as RedactedRecording
}

/** Creates a timeline that reports take, of recordings as they are. */
export function createUnredactedTimeline(recordings: readonly NamedRecording[]): RedactedTimeline {
  return createTimeline(
    recordings.map(({ name, recording }) => ({ name, recording: asRedactedRecording(recording) })),
  )
}

/** Brands an exchange without redacting it. */
export function asRedactedExchange(exchange: Exchange): RedactedExchange {
  return exchange as RedactedExchange
}

/** Brands a provenance without redacting it. */
export function asRedactedProvenance(provenance: Record<string, unknown>): RedactedProvenance {
  return provenance as RedactedProvenance
}
