import { expect, test } from 'vitest'

import { checkResponse } from '../../src/contract/index.ts'
import {
  createTestProvider,
  DISCONNECTED,
  HEALTHY,
  HEALTHY_TOO,
  SHORT_OF_MEMORY,
  start,
} from './asking.ts'

const REQUESTS = [
  { title: 'a minimal request', members: {} },
  {
    title: 'all instances',
    members: {
      containerInstances: [
        HEALTHY,
        HEALTHY_TOO,
        DISCONNECTED,
        SHORT_OF_MEMORY,
        'none',
        ''.padEnd(300, 'x'),
      ],
    },
  },
  {
    title: 'no instance that can',
    members: { containerInstances: [DISCONNECTED, SHORT_OF_MEMORY] },
  },
  {
    title: 'all members of a task',
    members: {
      cluster: 'default',
      enableECSManagedTags: true,
      enableExecuteCommand: false,
      group: 'g',
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: ['subnet-1'],
          securityGroups: ['sg-1'],
          assignPublicIp: 'DISABLED',
        },
      },
      propagateTags: 'TASK_DEFINITION',
      referenceId: 'r',
      startedBy: 'job/1',
      tags: [{ key: 'a', value: 'b' }, { key: 'c' }],
      overrides: {
        cpu: '256',
        memory: '512',
        ephemeralStorage: { sizeInGiB: 21 },
        executionRoleArn: 'arn:aws:iam::012345678910:role/execution',
        taskRoleArn: 'arn:aws:iam::012345678910:role/task',
        containerOverrides: [
          {
            name: 'wordpress',
            command: ['run'],
            cpu: 1,
            memory: 2,
            memoryReservation: 1,
            environment: [{ name: 'A', value: 'B' }],
            environmentFiles: [{ type: 's3', value: 'arn:aws:s3:::bucket/a.env' }],
            resourceRequirements: [{ type: 'GPU', value: '1' }],
          },
        ],
      },
    },
  },
] as const

test.each(REQUESTS)(
  'answers $title with HTTP 200 and no finding in either view',
  async ({ members }) => {
    const response = await start(createTestProvider(), members)
    expect(response.status).toBe(200)
    expect(checkResponse(response.body, 'recorded')).toEqual([])
    expect(checkResponse(response.body, 'expected')).toEqual([])
  },
)

test.each([
  { cluster: null },
  { overrides: null },
  { overrides: { cpu: null, containerOverrides: [{ name: 'mysql', cpu: null, command: null }] } },
  { tags: null },
  { tags: [{ key: 'a', value: null }] },
  { startedBy: null, group: null, enableExecuteCommand: null },
])('takes null members for absent ones: %j', async (members) => {
  const response = await start(createTestProvider(), members)
  expect(response.status).toBe(200)
  expect(checkResponse(response.body, 'expected')).toEqual([])
})
