import { type SessionOptions, startSession } from '../../../src/session/index.ts'
import { type Met, sendOne, type Sending } from '../../recorder/children/sending.ts'

/** A session's options, and the requests to send in waves: each at once, and after the one before. */
export interface SessionPlan {
  options: SessionOptions
  url: string
  waves: (Sending | RawSending)[][]
}

/** A body as it is written; its response is told by the error's name. */
export interface RawSending {
  client: 'raw'
  text: string
}

/** What clients met and what the session told, or the error that starting or stopping threw. */
export interface SessionChildReport {
  met: Met[]
  report?: Awaited<ReturnType<ReturnType<typeof startSession>['stop']>>
  error?: { code: string; message: string }
}

const plan: SessionPlan = JSON.parse(process.argv[2] ?? '')
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
const met: Met[] = []

function send(sending: Sending | RawSending): Promise<Met> {
  return sending.client === 'raw' ? sendRaw(sending.text) : sendOne(plan.url, sending, credentials)
}

async function sendRaw(body: string): Promise<Met> {
  const headers = { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask' }
  const response = await fetch(plan.url, { method: 'POST', headers, body })
  const { __type }: { __type?: string } = JSON.parse(await response.text())
  return __type ?? response.status
}

async function run(): Promise<SessionChildReport> {
  try {
    const session = startSession(plan.options)
    for (const wave of plan.waves) met.push(...(await Promise.all(wave.map(send))))
    return { met, report: await session.stop() }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    return { met, error: { code: String(error.code), message: error.message } }
  }
}

process.stdout.write(JSON.stringify(await run()))
