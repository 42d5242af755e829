import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

import { describeReason } from '../../message/index.ts'
import type { ExchangePlace } from './library.ts'

/** The `format` of a file that tells what a process played. */
export const USAGE_FORMAT = 'starttask-usage'
export const USAGE_VERSION = 1

/** What a process played of one recording. */
export interface RecordingUsage {
  /** Where it is, seen from the folder of the usage file: whoever reads it may stand elsewhere. */
  path: string
  /** How many exchanges it held. */
  exchanges: number
  /** The numbers of those that were played, from 1. */
  played: number[]
}

/** What was loaded, and what was played of it. */
export interface Tracked {
  used(): (ExchangePlace & { times: number })[]
  unused(): ExchangePlace[]
  recordings(): { recording: string; exchanges: number }[]
}

/** Where the process stood when the replayer was made: its paths are meant from there. */
interface Placed extends Tracked {
  from: string
}

const tracked: Placed[] = []
const watchers = new Set<(replayer: Tracked) => void>()
let isListening = false

/** Tells of each replayer that is made in this process from now on. */
export function watchReplayers(watch: (replayer: Tracked) => void): void {
  watchers.add(watch)
}

/**
 * Has what a replayer played written when the process ends, to a file of its own in the folder that `STARTTASK_USAGE` names; without that
 * variable nothing is kept. What cannot be written is a warning.
 */
export function trackUsage(replayer: Tracked): void {
  for (const watch of watchers) watch(replayer)
  if (!process.env['STARTTASK_USAGE']) return
  tracked.push({ ...pick(replayer), from: process.cwd() })
  if (isListening) return
  isListening = true
  process.once('exit', () => {
    const folder = process.env['STARTTASK_USAGE']
    if (folder) tryToWrite(folder)
  })
}

/** Writes at once what a replayer played, to a file of its own in the folder. Throws what writing throws. */
export function noteUsage(folder: string, replayer: Tracked): void {
  writeUsage(folder, summariseUsage(folder, [{ ...pick(replayer), from: process.cwd() }]))
}

function pick(replayer: Tracked): Tracked {
  return {
    used: () => replayer.used(),
    unused: () => replayer.unused(),
    recordings: () => replayer.recordings(),
  }
}

function tryToWrite(folder: string): void {
  try {
    writeUsage(folder, summariseUsage(folder, tracked))
  } catch (error) {
    process.stderr.write(
      `starttask: what was played could not be written to ${folder}: ${describeReason(error)}\n`,
    )
  }
}

/** Only recordings that have a file: others have nothing that could be taken out. */
function summariseUsage(folder: string, replayers: readonly Placed[]): RecordingUsage[] {
  const byPath = new Map<string, { exchanges: number; played: Set<number> }>()
  for (const { from, recordings, used } of replayers.map(placeAll)) {
    for (const { recording, exchanges } of recordings) {
      const path = resolve(from, recording)
      if (!byPath.has(path) && existsSync(path)) byPath.set(path, { exchanges, played: new Set() })
    }
    for (const { recording, exchange } of used)
      byPath.get(resolve(from, recording))?.played.add(exchange)
  }
  return [...byPath].map(([path, { exchanges, played }]) => ({
    path: relative(resolve(folder), path),
    exchanges,
    played: [...played].toSorted((one, other) => one - other),
  }))
}

function placeAll(replayer: Placed) {
  return { from: replayer.from, recordings: replayer.recordings(), used: replayer.used() }
}

function writeUsage(folder: string, recordings: readonly RecordingUsage[]): void {
  mkdirSync(folder, { recursive: true })
  const name = `${process.pid}-${crypto.randomUUID()}`
  const temporary = join(folder, `.${name}.tmp`)
  writeFileSync(
    temporary,
    `${JSON.stringify({ format: USAGE_FORMAT, version: USAGE_VERSION, recordings }, undefined, 2)}\n`,
  )
  renameSync(temporary, join(folder, `${name}.json`))
}
