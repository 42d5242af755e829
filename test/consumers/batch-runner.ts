/**
 * A caller of StartTask as it should be: it wants a number of tasks, tries its candidates until it has them, reads the failures of each response, and
 * tells its own callers what became of the job. Its tests are the example of how the harness is used.
 */
import { type ECSClient, type Failure, StartTaskCommand } from '@aws-sdk/client-ecs'

export interface Job {
  cluster: string
  taskDefinition: string
  /** How many tasks are wanted. */
  copies: number
  /** Container instances that may take one, best first. */
  candidates: readonly string[]
  /** Names the job, so that its tasks are found again. */
  startedBy: string
}

/** What became of a job. */
export type JobResult =
  | { kind: 'started'; tasks: number }
  /** Fewer tasks than wanted: no candidate is left. */
  | { kind: 'short'; tasks: number; reasons: string[] }
  | { kind: 'unplaced'; reasons: string[] }
  /** Nothing was started, and trying again without a change is of no use. */
  | { kind: 'refused'; error: string }
  /** Nothing was started; later it may be. */
  | { kind: 'busy'; error: string }
  /** Tasks may run that nobody knows of: StartTask has no client token, so that asking again could start them twice. */
  | { kind: 'uncertain'; error: string }

const MOST_THROTTLED = 3

/** Runs a job. The client must not send by itself again (`maxAttempts: 1`): what may be sent again is decided here. */
export async function runJob(client: ECSClient, job: Job): Promise<JobResult> {
  const waiting = [...job.candidates]
  const reasons: string[] = []
  let tasks = 0
  while (tasks < job.copies && waiting.length > 0) {
    const containerInstances = waiting.splice(0, job.copies - tasks)
    const response = await askFor(client, job, containerInstances)
    if ('kind' in response) return response
    tasks += response.started
    reasons.push(...response.failures.map(({ reason = 'unknown' }) => reason))
  }
  if (tasks >= job.copies) return { kind: 'started', tasks }
  return tasks > 0
    ? { kind: 'short', tasks, reasons: unique(reasons) }
    : { kind: 'unplaced', reasons: unique(reasons) }
}

async function askFor(
  client: ECSClient,
  { cluster, taskDefinition, startedBy }: Job,
  containerInstances: string[],
): Promise<JobResult | { started: number; failures: Failure[] }> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { tasks, failures } = await client.send(
        new StartTaskCommand({ cluster, taskDefinition, startedBy, containerInstances }),
      )
      if (!tasks && !failures)
        return { kind: 'uncertain', error: 'a response without tasks and failures' }
      return { started: tasks?.length ?? 0, failures: failures ?? [] }
    } catch (error) {
      const judged = judgeError(error)
      if (judged.kind !== 'busy' || attempt >= MOST_THROTTLED) return judged
    }
  }
}

/** The errors that say that nothing was done. */
const THROTTLED = ['ThrottlingException', 'RequestLimitExceeded', 'TooManyRequestsException']
const NOT_SENT = ['ECONNREFUSED', 'ENOTFOUND']

function judgeError(error: unknown): JobResult {
  const { name, code, status } = readError(error)
  if (THROTTLED.includes(name)) return { kind: 'busy', error: name }
  if (NOT_SENT.includes(code)) return { kind: 'busy', error: code }
  if (status >= 400 && status < 500) return { kind: 'refused', error: name }
  return { kind: 'uncertain', error: name }
}

function readError(error: unknown): { name: string; code: string; status: number } {
  if (!(error instanceof Error)) return { name: String(error), code: '', status: 0 }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const metadata =
    '$metadata' in error && typeof error.$metadata === 'object' ? error.$metadata : undefined
  const status =
    metadata && 'httpStatusCode' in metadata && typeof metadata.httpStatusCode === 'number'
      ? metadata.httpStatusCode
      : 0
  return { name: error.name, code, status }
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted()
}
