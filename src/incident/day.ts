import { readContainerInstanceId, START_TASK } from '../contract/index.ts'
import { composeBody, type Placement } from '../outcomes/index.ts'
import {
  AWS_JSON,
  type Exchange,
  type JsonObject,
  readList,
  readObject,
  readText,
} from '../protocol/index.ts'
import type { AttemptEvent } from './events.ts'
import { isRetried } from './invocations.ts'
import type { Timeline } from './timeline.ts'

/** How the service was at any time of an incident, for requests that nobody made that day. */
export interface Day {
  /** What it would have answered, as far as the day tells; `salt` tells the tasks of equal requests apart. */
  respond(request: JsonObject, atMs: number, salt: string): Exchange['response']
}

/** For how long what was wrong with one request was wrong with others. */
const TROUBLE_MS = 60_000

/**
 * While requests were throttled, broken off or met errors of the server, so are others, until a minute after the last of these. Otherwise each container
 * instance gives what it had given last, or what it gave next; one that nobody asked for that day takes the task.
 */
export function readDay({ events, beganAt }: Timeline): Day {
  const attempts = events
    .filter((event) => event.kind === 'attempt')
    .filter(({ exchange }) => exchange.operation === START_TASK)
  const instances = listPlacements(attempts)
  return {
    respond(request, atMs, salt) {
      const last = attempts.findLast((attempt) => attempt.atMs <= atMs)
      if (last && isRetried(last) && atMs - last.atMs <= TROUBLE_MS) return last.exchange.response
      const asked = readList(request['containerInstances'])
      const [first = 'task', ...rest] = asked.map((instance) =>
        place(instances.get(readContainerInstanceId(String(instance))), atMs),
      )
      return {
        status: 200,
        headers: { 'content-type': AWS_JSON },
        body: composeBody(request, [first, ...rest], {
          salt,
          createdAt: (Date.parse(beganAt) + atMs) / 1000,
        }),
      }
    },
  }
}

interface Placed {
  atMs: number
  placement: Placement
}

/** What became of each container instance, in the order of time. */
function listPlacements(attempts: readonly AttemptEvent[]): Map<string, Placed[]> {
  const placements = new Map<string, Placed[]>()
  const add = (instance: string, placed: Placed) => {
    const id = readContainerInstanceId(instance)
    placements.set(id, [...(placements.get(id) ?? []), placed])
  }
  for (const { atMs, failures, exchange } of attempts) {
    for (const { arn, reason } of failures)
      if (arn !== undefined) add(arn, { atMs, placement: { reason: reason ?? 'unknown' } })
    const body = 'body' in exchange.response ? exchange.response.body : undefined
    for (const task of readList(readObject(body)['tasks'])) {
      const on = readText(readObject(task)['containerInstanceArn'])
      if (on !== undefined) add(on, { atMs, placement: 'task' })
    }
  }
  return placements
}

function place(placed: readonly Placed[] | undefined, atMs: number): Placement {
  return (placed?.findLast((one) => one.atMs <= atMs) ?? placed?.[0])?.placement ?? 'task'
}
