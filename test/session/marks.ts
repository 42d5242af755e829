import type { Sending } from '../recorder/children/sending.ts'

/** A StartTask that its `startedBy` tells apart. */
export function mark(startedBy: string, client: Sending['client'] = 'fetch'): Sending {
  return { client, body: { taskDefinition: 'web', containerInstances: ['ci-a'], startedBy } }
}
