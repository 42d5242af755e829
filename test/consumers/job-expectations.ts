/** What each outcome of StartTask should mean to whoever asked for a job of two tasks: the table that the outcome kit is given. */
import { ECSClient } from '@aws-sdk/client-ecs'

import type { Expectations, Met, OutcomeService } from '../../src/outcomes/index.ts'
import type { Job, JobResult } from './batch-runner.ts'

export const JOB: Job = {
  cluster: 'default',
  taskDefinition: 'hello_world:6',
  copies: 2,
  candidates: [
    '4c543eed-f83f-47da-b1d8-3d23f1da4c64',
    '8f2b7c1e-5a0d-4e3b-9c64-2d1f0a7b6e35',
    'b7d0c3a2-61f4-4d8e-8a15-90e2c4f7d3b8',
  ],
  startedBy: 'job/2026-11',
}

/** A client for one outcome. It does not send again by itself: a StartTask that was carried out would be carried out twice. */
export function makeClient(service: Pick<OutcomeService, 'requestHandler'>): ECSClient {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
  return new ECSClient({
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
    requestHandler: service.requestHandler,
  })
}

const STARTED = { returns: { kind: 'started', tasks: 2 } } as const

export const EXPECTATIONS: Expectations<JobResult> = {
  started: STARTED,
  partial: { returns: { kind: 'started', tasks: 2 }, requests: 2 }, // the third candidate takes what the second did not
  unplaced: ({ name, result }) => {
    if (result?.kind !== 'unplaced' || result.reasons.length === 0)
      throw new Error(`${name} must be told as unplaced, with its reason`)
  },
  rejected: mustBe('refused'),
  'rejected: ServerException': mustBe('uncertain'),
  'rejected: InternalFailure': mustBe('uncertain'),
  'rejected: ServiceUnavailable': mustBe('uncertain'),
  'rejected: ThrottlingException': {
    returns: { kind: 'busy', error: 'ThrottlingException' },
    requests: 3,
  },
  retried: { returns: { kind: 'uncertain', error: 'ServerException' }, requests: 1 },
  'retried: throttled, then started': { returns: { kind: 'started', tasks: 2 }, requests: 2 },
  unreadable: mustBe('uncertain'),
  'unreadable: refused': mustBe('busy'),
  'unreadable: empty-400': mustBe('refused'),
  newer: STARTED,
  'newer: unknown members': mustBe('started'),
  strange: STARTED,
}

function mustBe(kind: JobResult['kind']): (met: Met<JobResult>) => void {
  return ({ name, result }) => {
    if (result?.kind !== kind) throw new Error(`${name} must be told as ${kind}`)
  }
}
