import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { type Exchange, hashText, isObject } from '../protocol/index.ts'

/** What a caller derives from an exchange, to know without reading it again. */
export interface Derived {
  operation: string
  invocation: string | undefined
  digest: string
}

/** A recording that stays in its file. */
export interface IndexedRecording {
  redactedBy: unknown
  outlines: readonly Derived[]
  /** Reads one exchange. Throws `recording-invalid` when the file is no longer what it was. */
  read(index: number): Exchange
  readAll(): Iterable<Exchange>
}

const SETTLED_MS = 100

/** Whether a file's last change lies back so far that another one has another time: within one tick of its clock it may be written again. */
export function isSettled(changedMs: number): boolean {
  return Date.now() - changedMs > SETTLED_MS
}

/** Where an index of that path under these rules lies in the user's cache folder (`XDG_CACHE_HOME`, else `~/.cache`); `undefined` where there is none. */
export function locateInCache(path: string, rules: string): string | undefined {
  const { HOME, XDG_CACHE_HOME } = process.env
  const caches = XDG_CACHE_HOME?.startsWith('/')
    ? XDG_CACHE_HOME
    : HOME?.startsWith('/')
      ? `${HOME}/.cache`
      : undefined
  if (caches === undefined) return undefined
  const name = hashText(`${resolve(path)}\n${rules}`)
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, 32)
  return `${caches}/starttask-harness/${name}.json`
}

/** What was kept there in this format; an index that is damaged, or that another version wrote, is none. */
export function readFromCache(place: string, format: string): unknown {
  try {
    const value: unknown = JSON.parse(readFileSync(place, 'utf8'))
    return isObject(value) && value['format'] === format ? value['kept'] : undefined
  } catch {
    return undefined
  }
}

/** What cannot be kept is made again next time. */
export function keepInCache(place: string, format: string, kept: unknown): void {
  try {
    const folder = place.slice(0, place.lastIndexOf('/'))
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const temporary = `${place}.${process.pid}.tmp`
    writeFileSync(temporary, JSON.stringify({ format, kept }), { mode: 0o600 })
    renameSync(temporary, place)
  } catch {
    // as said
  }
}
