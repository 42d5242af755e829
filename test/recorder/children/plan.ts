import { startRecordingProxy } from '../../../src/recorder/index.ts'
import { type Credentials, type Met, sendOne, type Sending } from './sending.ts'

/** What to record: waves of requests, each wave at once and after the one before. */
export interface Plan {
  out: string
  /** The service. */
  url: string
  waves: Sending[][]
  allow?: string[]
  note?: string
  credentials?: Credentials
}

/** What came of it. */
export interface Report {
  met: Met[]
  /** What `stop` gave. */
  stopped?: { written: string[]; lost: number }
  /** The code of what starting or stopping threw. */
  error?: string
}

interface Recorder extends AsyncDisposable {
  stop(): Promise<{ written: string[]; lost: number }>
}

/** Starts a recorder, sends everything to the URL that `start` tells, and stops. */
export async function followPlan(
  plan: Plan,
  start: () => Promise<{ recorder: Recorder; url: string }>,
): Promise<Report> {
  const met: Met[] = []
  const credentials = plan.credentials ?? { accessKeyId: 'test', secretAccessKey: 'test' }
  try {
    const { recorder, url } = await start()
    for (const wave of plan.waves)
      met.push(...(await Promise.all(wave.map((sending) => sendOne(url, sending, credentials)))))
    return { met, stopped: await recorder.stop() }
  } catch (error) {
    return {
      met,
      error: error instanceof Error && 'code' in error ? String(error.code) : String(error),
    }
  }
}

/** The options that both recorders have. */
export function readOptions({ out, allow, note }: Plan): {
  out: string
  allow?: string[]
  note?: string
} {
  return { out, ...(allow ? { allow } : {}), ...(note === undefined ? {} : { note }) }
}

/** Starts the recording proxy that a plan wants. */
export async function startProxyFor(plan: Plan): Promise<{ recorder: Recorder; url: string }> {
  const recorder = await startRecordingProxy({ ...readOptions(plan), upstream: plan.url })
  return { recorder, url: recorder.url }
}
