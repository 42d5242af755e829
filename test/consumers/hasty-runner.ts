/** The same caller with the bug that real ones ship: StartTask did not throw, so the tasks must be running. */
import { type ECSClient, StartTaskCommand } from '@aws-sdk/client-ecs'

import type { Job, JobResult } from './batch-runner.ts'

export async function runJobHastily(
  client: ECSClient,
  { cluster, taskDefinition, copies, candidates, startedBy }: Job,
): Promise<JobResult> {
  const containerInstances = candidates.slice(0, copies)
  try {
    await client.send(
      new StartTaskCommand({ cluster, taskDefinition, startedBy, containerInstances }),
    )
    return { kind: 'started', tasks: copies }
  } catch (error) {
    return { kind: 'refused', error: error instanceof Error ? error.name : String(error) }
  }
}
