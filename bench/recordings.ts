import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type Recording, sortMembers } from '../src/protocol/index.ts'
import { REQUEST } from './request.ts'

/** A recorded StartTask of a bench: the body that is sent, and the one that must come back. */
export interface BenchExchange {
  request: object
  response: object
}

/** Distinct exchanges, alike in size: a request of about 570 bytes, a response of about 1.1 KB. */
export function makeExchanges(count: number): BenchExchange[] {
  return Array.from({ length: count }, (_, index) => makeExchange(index))
}

/** One of them. */
export function makeExchange(index: number): BenchExchange {
  const run = `run-${String(index).padStart(7, '0')}`
  return {
    request: { ...REQUEST, startedBy: run },
    response: Object(sortMembers(makeResponse(run, index))),
  }
}

const ARN = 'arn:aws:ecs:eu-central-1:000012345678'

function makeResponse(run: string, index: number): object {
  const id = `7f3c2a9be0d14c5f8a6b1d2e${String(index).padStart(8, '0')}`
  const task = {
    taskArn: `${ARN}:task/orders-production/${id}`,
    clusterArn: `${ARN}:cluster/orders-production`,
    taskDefinitionArn: REQUEST.taskDefinition,
    containerInstanceArn: REQUEST.containerInstances[0],
    overrides: REQUEST.overrides,
    lastStatus: 'PENDING',
    desiredStatus: 'RUNNING',
    createdAt: 1_790_000_000.842 + index,
    startedBy: run,
    version: 1,
    group: 'family:orders-import',
    launchType: 'EC2',
    attachments: [],
    tags: REQUEST.tags,
    containers: [
      {
        containerArn: `${ARN}:container/orders-production/${id}`,
        taskArn: `${ARN}:task/orders-production/${id}`,
        name: 'import',
        lastStatus: 'PENDING',
      },
    ],
  }
  return { tasks: [task], failures: [] }
}

/** A recording of the exchanges, as a recorder writes it. */
export function makeRecording(exchanges: readonly BenchExchange[], redaction?: string): Recording {
  return {
    format: 'starttask-recording',
    version: 1,
    recordedAt: '2026-11-21T22:00:32.000Z',
    provenance: { source: 'a bench', ...(redaction === undefined ? {} : { redaction }) },
    exchanges: exchanges.map(({ request, response }) => ({
      operation: 'StartTask',
      startedAtMs: 0,
      elapsedMs: 5,
      request: {
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': TARGET },
        body: request,
      },
      response: {
        status: 200,
        headers: { 'content-type': 'application/x-amz-json-1.1' },
        body: response,
      },
    })),
  }
}

export const TARGET = 'AmazonEC2ContainerServiceV20141113.StartTask'

/** A folder of the run's own, with files in it. */
export function makeFolder(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'starttask-bench-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

/** A stream of numbers in [0, 1) that is the same in each run (mulberry32). */
export function createChance(seed = 1): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The same JSON value with members in another order, at every depth. */
export function shuffleMembers(value: unknown, chance: () => number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffleMembers(item, chance))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, member]) => ({ name, member, order: chance() }))
  return Object.fromEntries(
    members
      .toSorted((one, other) => one.order - other.order)
      .map(({ name, member }) => [name, shuffleMembers(member, chance)]),
  )
}
