import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const EVENTS_A_FILE = 5000
/** One in so many is a StartTask. */
const SHARE = 50

/** Writes a folder of CloudTrail's log files with so many events, 2 % of them StartTask. `only` keeps those alone. */
export function writeTrail(folder: string, events: number, only?: 'StartTask'): string {
  mkdirSync(folder)
  for (let first = 0; first < events; first += EVENTS_A_FILE) {
    const all = Array.from({ length: EVENTS_A_FILE }, (_, index) => makeEvent(first + index))
    const Records = only === undefined ? all : all.filter(({ eventName }) => eventName === only)
    writeFileSync(
      join(folder, `${String(first).padStart(8, '0')}.json.gz`),
      gzipSync(JSON.stringify({ Records }), { level: 4 }),
    )
  }
  return folder
}

function makeEvent(number: number) {
  const isStartTask = number % SHARE === 0
  return {
    eventVersion: '1.08',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROA:${number}`,
      arn: `arn:aws:sts::123456789012:assumed-role/runner/${number}`,
      accountId: '123456789012',
    },
    eventTime: new Date(1_790_000_000_000 + number * 1000).toISOString(),
    eventSource: isStartTask ? 'ecs.amazonaws.com' : 's3.amazonaws.com',
    eventName: isStartTask ? 'StartTask' : 'GetObject',
    awsRegion: 'us-east-1',
    sourceIPAddress: '10.0.0.7',
    userAgent: 'aws-sdk-js/3.1164.0',
    requestParameters: isStartTask
      ? {
          cluster: 'default',
          containerInstances: [`i-${number}`],
          taskDefinition: `web:${number % 100}`,
          startedBy: `job-${number}`,
        }
      : { bucketName: 'logs', key: `a/${number}`, Host: 'logs.s3.amazonaws.com' },
    responseElements: isStartTask
      ? {
          tasks: [
            {
              taskArn: `arn:aws:ecs:us-east-1:123456789012:task/default/${number}`,
              lastStatus: 'PENDING',
              version: 1,
            },
          ],
          failures: [],
        }
      : null,
    requestID: `6af5fd30-765e-11e9-a5f9-${String(number).padStart(12, '0')}`,
    eventID: `e-${number}`,
    readOnly: !isStartTask,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '123456789012',
    eventCategory: isStartTask ? 'Management' : 'Data',
  }
}
