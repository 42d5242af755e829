import { HarnessError } from '../errors.ts'
import { parsePointer } from '../protocol/index.ts'
import { createRedaction, type Redaction } from '../recording/index.ts'
import { loadRules } from '../rules/index.ts'
import type { Miss } from './miss.ts'

/** Time as the replayer sees it; `sleep` takes milliseconds. */
export interface ReplayClock {
  now(): number
  sleep(ms: number): Promise<void>
}

/** What every replay door takes. An unknown option is an error, never ignored. */
export interface ReplayOptions {
  /** `ignore`: places of the body that do not count, as JSON Pointers in which `*` stands for any one index or member. */
  match?: { ignore?: string[]; environment?: 'names' }
  /** What the next equal request meets after the last recorded answer: a miss (default), the last answer, or the first one again. */
  afterLast?: 'refuse' | 'repeat' | 'restart'
  /** Whether answers take their time: not at all (default), as long as recorded, or scaled. */
  latency?: 'none' | 'recorded' | { scale: number }
  /**
   * The rules file; otherwise `starttask.rules.json`, in the working directory or above, as recorders take it. Its `match.ignore` is added to
   * the option's own; its `keep` and `redact` make what is sent comparable with what was recorded.
   */
  rules?: string
  clock?: ReplayClock
  onMiss?: (miss: Miss) => void
}

/** The options with their defaults. */
export interface ReplaySettings {
  ignore: readonly string[]
  afterLast: 'refuse' | 'repeat' | 'restart'
  /** The factor on the recorded time; 0 is none. */
  latencyScale: number
  /** Brings a request to the form in which recordings keep it. */
  redaction: Redaction
  clock: ReplayClock
  onMiss: (miss: Miss) => void
}

const KNOWN = ['match', 'afterLast', 'latency', 'rules', 'clock', 'onMiss']
const NOT_BUILT = ['faults', 'echo', 'session']

const SYSTEM_CLOCK: ReplayClock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}

/** Reads replay options. Throws `usage` for an unknown option or value, and what reading a rules file throws. */
export function parseReplayOptions(options: ReplayOptions): ReplaySettings {
  refuseUnknown(options, KNOWN, 'replay option')
  const match = options.match ?? {}
  refuseUnknown(match, ['ignore', 'environment'], 'replay option match.')
  refuseValue('match.environment', match.environment, ['names'])
  const ignore = match.ignore ?? []
  for (const pointer of ignore) {
    if (!parsePointer(pointer)?.length)
      throw new HarnessError('usage', `match.ignore holds ${JSON.stringify(pointer)}; a JSON Pointer such as /startedBy is needed.`)
  }
  refuseValue('afterLast', options.afterLast, ['refuse', 'repeat', 'restart'])
  const rules = loadRules(options.rules === undefined ? {} : { file: options.rules })
  return {
    ignore: [...ignore, ...rules.match.ignore],
    afterLast: options.afterLast ?? 'refuse',
    latencyScale: readLatency(options.latency ?? 'none'),
    redaction: createRedaction(rules),
    clock: options.clock ?? SYSTEM_CLOCK,
    onMiss: options.onMiss ?? (() => {}),
  }
}

function refuseUnknown(options: object, known: readonly string[], kind: string): void {
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue
    const reason = NOT_BUILT.includes(name) ? 'is not built in this version' : 'does not exist'
    throw new HarnessError('usage', `The ${kind}${kind.endsWith('.') ? '' : ' '}${name} ${reason}. Known: ${known.join(', ')}.`)
  }
}

function refuseValue(name: string, value: unknown, allowed: readonly string[]): void {
  if (value === undefined || allowed.some((one) => one === value)) return
  throw new HarnessError('usage', `The replay option ${name} is ${JSON.stringify(value)}; it takes ${allowed.join(', ')}.`)
}

function readLatency(latency: NonNullable<ReplayOptions['latency']>): number {
  if (latency === 'none') return 0
  if (latency === 'recorded') return 1
  if (typeof latency === 'object' && Number.isFinite(latency.scale) && latency.scale >= 0) return latency.scale
  throw new HarnessError('usage', `The replay option latency is ${JSON.stringify(latency)}; it takes none, recorded, or { scale: 2 }.`)
}
