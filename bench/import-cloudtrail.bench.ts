import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'

import type { Bench } from './bench.ts'

const EVENTS = 1_000_000
const EVENTS_A_FILE = 5000
/** One in so many is a StartTask. */
const SHARE = 50
const run = promisify(execFile)

export const bench: Bench = {
  title: `a CloudTrail folder of ${EVENTS} events, 2 % of them StartTask: imported into an archive, each time in a new process`,
  unit: 'ms',
  samplesPerRound: 1,
  async setUp() {
    const root = mkdtempSync(join(tmpdir(), 'starttask-bench-'))
    const folder = join(root, 'trail')
    mkdirSync(folder)
    for (let first = 0; first < EVENTS; first += EVENTS_A_FILE) {
      const Records = Array.from({ length: EVENTS_A_FILE }, (_, index) => makeEvent(first + index))
      writeFileSync(join(folder, `${String(first).padStart(8, '0')}.json.gz`), gzipSync(JSON.stringify({ Records }), { level: 4 }))
    }
    const child = async (name: string, ...args: string[]): Promise<{ ms: number; mebibytes: number }> => {
      const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'children', name), folder, ...args])
      return JSON.parse(stdout)
    }
    const { mebibytes } = await child('import-cloudtrail.ts', join(root, 'out.ndjson'))
    return {
      floor: { name: 'gunzip and JSON.parse', measure: async () => (await child('gunzip-parse.ts')).ms },
      competitors: [
        {
          name: 'starttask import cloudtrail',
          note: `at most ${mebibytes.toFixed(0)} MiB`,
          measure: async () => (await child('import-cloudtrail.ts', join(root, 'out.ndjson'))).ms,
        },
      ],
      claims: [
        { competitor: 'starttask import cloudtrail', atMost: 2, says: 'imported at half the speed of gunzip and JSON.parse, or faster' },
      ],
      missing: [],
      async [Symbol.asyncDispose]() {
        rmSync(root, { recursive: true })
      },
    }
  },
}

function makeEvent(number: number): object {
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
      ? { cluster: 'default', containerInstances: [`i-${number}`], taskDefinition: `web:${number % 100}`, startedBy: `job-${number}` }
      : { bucketName: 'logs', key: `a/${number}`, Host: 'logs.s3.amazonaws.com' },
    responseElements: isStartTask
      ? {
          tasks: [{ taskArn: `arn:aws:ecs:us-east-1:123456789012:task/default/${number}`, lastStatus: 'PENDING', version: 1 }],
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
