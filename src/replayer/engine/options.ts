import {
  formatValueBriefly,
  HarnessError,
  joinNames,
  requireKnownOptions,
} from '../../message/index.ts'
import type { MatchRules } from '../../matching/index.ts'
import { parsePointer, readObject } from '../../protocol/index.ts'
import { createRedaction, type Redaction } from '../../redaction/index.ts'
import { loadConfig } from '../../config/index.ts'
import type { Fault } from './fault.ts'
import { type Faults, readFaults } from './faults.ts'
import type { Miss } from './miss.ts'
import { type ReplayClock, type ServingSettings, SYSTEM_CLOCK } from './serving.ts'
import type { AfterLast, SessionOption } from './sessions.ts'

/** What every replay adapter takes. An unknown option is an error, never ignored. */
export interface ReplayOptions {
  /**
   * Pointers are JSON Pointers in which `*` stands for any one index or member. `ignore`: places of the body that do not count. `loosen`: places
   * of which only the look counts: a UUID, a time, a hexadecimal id or a number there is as good as any other. `environment`: whether the values
   * of environment entries count, as far as the configuration lets recordings keep them; otherwise their names alone do.
   */
  match?: { ignore?: string[]; loosen?: string[]; environment?: 'names' | 'values' }
  /** What the next equal request meets after the last recorded response: a miss (default), the last response, or the first one again. */
  afterLast?: AfterLast
  /** Attempts of one invocation: all of them in turn, as recorded (default), or the last one alone. */
  attempts?: 'recorded' | 'collapsed'
  /** The delay of responses: none (default), the recorded one, or a multiple of it. */
  latency?: 'none' | 'recorded' | { scale: number }
  /**
   * Sessions have counters of their own. A text names the one session of this adapter; `{ by }` tells sessions by what requests carry. A path
   * in the endpoint's URL (`http://127.0.0.1:4566/shard-1`) tells its session in any case.
   */
  session?: SessionOption
  /**
   * The configuration file; otherwise `starttask.config.json`, in the working directory or above, as recorders take it. Its `match.ignore` and
   * `match.loosen` are added to the option's own; its `keep` and `redact` make what is sent comparable with what was recorded.
   */
  config?: string
  /** What goes wrong besides what was recorded: a list, or the path of a file of faults. What is missed stays a miss. */
  faults?: string | readonly Fault[]
  /**
   * Whether StartTask responses take over what the page documents as coming from the request: cluster, group, `startedBy`, tags, one task for each container
   * instance; with task ids of their own from the second time on, and times moved to now. Otherwise bodies are served as recorded.
   */
  echo?: 'none' | 'documented'
  clock?: ReplayClock
  onMiss?: (miss: Miss) => void
}

/** The options with their defaults. */
export interface ReplaySettings extends ServingSettings {
  match: Required<MatchRules>
  afterLast: AfterLast
  attempts: 'recorded' | 'collapsed'
  session: SessionOption | undefined
  faults: Faults | undefined
  /** Brings a request to the form in which recordings keep it. */
  redaction: Redaction
  onMiss: (miss: Miss) => void
}

const KNOWN = [
  'match',
  'afterLast',
  'attempts',
  'latency',
  'session',
  'config',
  'faults',
  'echo',
  'clock',
  'onMiss',
]

/** Reads replay options. Throws `usage` for an unknown option or value, and what reading a configuration file throws. */
export function parseReplayOptions(options: ReplayOptions): ReplaySettings {
  requireKnownOptions('replay option', options, KNOWN)
  const match = options.match ?? {}
  requireKnownOptions('member of the replay option match', match, [
    'ignore',
    'loosen',
    'environment',
  ])
  const { ignore = [], loosen = [], environment = 'names' } = match
  refusePointers('ignore', ignore)
  refusePointers('loosen', loosen)
  refuseValue('match.environment', environment, ['names', 'values'])
  refuseValue('afterLast', options.afterLast, ['refuse', 'repeat', 'restart'])
  refuseValue('attempts', options.attempts, ['recorded', 'collapsed'])
  refuseValue('echo', options.echo, ['none', 'documented'])
  refuseFunction('onMiss', options.onMiss)
  refuseClock(options.clock)
  const config = loadConfig(options.config === undefined ? {} : { file: options.config })
  return {
    match: {
      ignore: [...ignore, ...config.match.ignore],
      loosen: [...loosen, ...config.match.loosen],
      environment,
    },
    afterLast: options.afterLast ?? 'refuse',
    attempts: options.attempts ?? 'recorded',
    session: readSessionOption(options.session),
    latencyScale: readLatency(options.latency ?? 'none'),
    faults: readFaults(options.faults),
    isEchoing: options.echo === 'documented',
    redaction: createRedaction(config),
    clock: options.clock ?? SYSTEM_CLOCK,
    onMiss: options.onMiss ?? (() => {}),
  }
}

/** What identifies a request under these options. Throws as {@link parseReplayOptions}. */
export function readMatchRules(options: Pick<ReplayOptions, 'match' | 'config'>): MatchRules {
  return parseReplayOptions(options).match
}

function refusePointers(name: string, pointers: readonly string[]): void {
  for (const pointer of pointers) {
    if (!parsePointer(pointer)?.length)
      throw refuseOption(`match.${name}`, pointer, 'a JSON Pointer such as /startedBy')
  }
}

function refuseValue(name: string, value: unknown, allowed: readonly string[]): void {
  if (value === undefined || allowed.some((one) => one === value)) return
  throw refuseOption(name, value, joinNames(allowed))
}

function refuseFunction(name: string, value: unknown): void {
  if (value === undefined || typeof value === 'function') return
  throw refuseOption(name, value, 'a function')
}

function refuseClock(clock: unknown): void {
  if (clock === undefined) return
  const { now, sleep } = readObject(clock)
  if (typeof now !== 'function' || typeof sleep !== 'function')
    throw refuseOption('clock', clock, 'an object with the functions now and sleep')
}

/** Makes the error for an option whose value is not one of those that it takes. */
function refuseOption(name: string, value: unknown, taken: string): HarnessError {
  return new HarnessError('usage', `The replay option ${name} is ${formatValueBriefly(value)}.`, {
    remedy: `Pass ${taken}.`,
  })
}

function readSessionOption(session: ReplayOptions['session']): ReplaySettings['session'] {
  if (session === undefined) return undefined
  if (typeof session === 'string' && session !== '' && session.length <= 200) return session
  if (
    typeof session === 'object' &&
    session !== null &&
    Object.keys(session).join() === 'by' &&
    ['access-key', 'app-id'].includes(session.by)
  )
    return session
  throw refuseOption('session', session, "a name, { by: 'access-key' } or { by: 'app-id' }")
}

function readLatency(latency: NonNullable<ReplayOptions['latency']>): number {
  if (latency === 'none') return 0
  if (latency === 'recorded') return 1
  if (typeof latency === 'object' && Number.isFinite(latency.scale) && latency.scale >= 0)
    return latency.scale
  throw refuseOption('latency', latency, 'none, recorded or { scale: 2 }')
}
