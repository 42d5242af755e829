import { test } from 'vitest'

import { describeOutcomes } from '../../src/outcomes/index.ts'
import { runJob } from './batch-runner.ts'
import { EXPECTATIONS, JOB, makeClient } from './job-expectations.ts'

// Each outcome of StartTask as a test of the caller: this is all that a user writes.
describeOutcomes((service) => runJob(makeClient(service), JOB), EXPECTATIONS, { test })
