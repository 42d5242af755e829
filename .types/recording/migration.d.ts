import { type JsonObject } from '../protocol/index.ts';
/** Brings a recording of one format version to the next. */
export type Migration = (recording: JsonObject) => JsonObject;
/** A recording of the version that this package reads, with the one that it had. */
export interface Migrated {
    value: unknown;
    from: number;
}
/**
 * Brings parsed JSON to the format version that this package reads, version by version. What is no recording, or has no number for a version, is
 * given as it is, for `parseRecordingValue` to refuse. Throws `recording-version` for a newer version and for one that nothing migrates.
 *
 * @param migrations what each version needs; this package's own unless given
 * @param to the version to come to; the one that this package reads unless given
 */
export declare function migrateRecording(value: unknown, place: string, { migrations, to, }?: {
    migrations?: ReadonlyMap<number, Migration>;
    to?: number;
}): Migrated;
