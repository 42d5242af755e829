import { HarnessError } from '../message/index.ts'
import {
  isObject,
  type JsonObject,
  RECORDING_FORMAT,
  RECORDING_VERSION,
} from '../protocol/index.ts'

/** Brings a recording of one format version to the next. */
export type Migration = (recording: JsonObject) => JsonObject

/** By the version that each starts from. Version 1 is the first that was ever written: there is nothing older to migrate. */
const MIGRATIONS: ReadonlyMap<number, Migration> = new Map()

/** A recording of the version that this package reads, with the one that it had. */
export interface Migrated {
  value: unknown
  from: number
}

/**
 * Brings parsed JSON to the format version that this package reads, version by version. What is no recording, or has no number for a version, is
 * given as it is, for `parseRecordingValue` to refuse. Throws `recording-version` for a newer version and for one that nothing migrates.
 *
 * @param migrations what each version needs; this package's own unless given
 * @param to the version to come to; the one that this package reads unless given
 */
export function migrateRecording(
  value: unknown,
  place: string,
  {
    migrations = MIGRATIONS,
    to = RECORDING_VERSION,
  }: { migrations?: ReadonlyMap<number, Migration>; to?: number } = {},
): Migrated {
  if (!isObject(value) || value['format'] !== RECORDING_FORMAT) return { value, from: to }
  const from = value['version']
  if (typeof from !== 'number') return { value, from: to }
  if (from > to)
    throw new HarnessError(
      'recording-version',
      `${place} has format version ${from}, made by a newer starttask-harness; this one knows versions up to ${to}.\n  remedy     update starttask-harness`,
    )
  let migrated = value
  for (let version = from; version < to; version++) {
    const migrate = migrations.get(version)
    if (!migrate)
      throw new HarnessError(
        'recording-version',
        `${place} has format version ${version}, which no release of starttask-harness wrote.\n  remedy     record again`,
      )
    migrated = { ...migrate(migrated), version: version + 1 }
  }
  return { value: migrated, from }
}
