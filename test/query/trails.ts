import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import type { JsonObject } from '../../src/protocol/index.ts'

/** The account of all records: redaction must take it out of what is written. */
export const ACCOUNT = '417035861293'
export const INSTANCES = [
  '9a2e1c5b7d3f4a6e8b0c1d2e3f4a5b6c',
  '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
] as const

/** A record of CloudTrail as it stands in a log file: a StartTask that started one task, unless `over` says otherwise. */
export function makeEvent(number: number, over: JsonObject = {}): JsonObject {
  const [instance] = INSTANCES
  return {
    eventVersion: '1.08',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROAEXAMPLE:runner-${number}`,
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/runner/${number}`,
      accountId: ACCOUNT,
      sessionContext: {
        attributes: { mfaAuthenticated: 'false', creationDate: '2026-03-02T09:00:00Z' },
        webIdFederationData: {},
      },
    },
    eventTime: new Date(Date.UTC(2026, 2, 2, 23, 58) + number * 10_000)
      .toISOString()
      .replace('.000Z', 'Z'),
    eventSource: 'ecs.amazonaws.com',
    eventName: 'StartTask',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-sdk-js/3.1164.0',
    requestParameters: {
      cluster: `arn:aws:ecs:eu-west-1:${ACCOUNT}:cluster/jobs`,
      containerInstances: [instance],
      taskDefinition: `web:${number % 3}`,
      startedBy: 'nightly',
    },
    responseElements: {
      tasks: [
        {
          taskArn: `arn:aws:ecs:eu-west-1:${ACCOUNT}:task/jobs/${String(number).padStart(32, '0')}`,
          lastStatus: 'PENDING',
          version: 1,
        },
      ],
      failures: [],
    },
    requestID: `6af5fd30-765e-41e9-a5f9-${(number + 0xabcdef012345).toString(16)}`,
    eventID: `5f0bfe07-cde4-4d29-8f06-${(number + 0xabcdef054321).toString(16)}`,
    readOnly: false,
    resources: [
      {
        ARN: `arn:aws:ecs:eu-west-1:${ACCOUNT}:cluster/jobs`,
        accountId: ACCOUNT,
        type: 'AWS::ECS::Cluster',
      },
    ],
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: 'ecs.eu-west-1.amazonaws.com',
    },
    ...over,
  }
}

/** A failed request: CloudTrail keeps neither what was asked nor what was answered. */
function makeError(number: number, errorCode: string, errorMessage: string): JsonObject {
  return makeEvent(number, {
    errorCode,
    errorMessage,
    requestParameters: null,
    responseElements: null,
  })
}

/** HTTP 200 with failures, and as many tasks. */
function makeFailure(
  number: number,
  reasons: readonly string[],
  tasks: readonly object[] = [],
): JsonObject {
  const failures = reasons.map((reason, index) => ({
    arn: `arn:aws:ecs:eu-west-1:${ACCOUNT}:container-instance/jobs/${INSTANCES[index % 2] ?? ''}`,
    reason,
  }))
  return makeEvent(number, { responseElements: { tasks, failures } })
}

/** A day with something of everything, and other services' records between. */
export function makeDay(): JsonObject[] {
  const task = { taskArn: `arn:aws:ecs:eu-west-1:${ACCOUNT}:task/jobs/1`, lastStatus: 'PENDING' }
  return [
    ...Array.from({ length: 12 }, (_, number) => makeEvent(number)),
    makeError(12, 'ThrottlingException', 'Rate exceeded'),
    makeError(13, 'ThrottlingException', 'Rate exceeded'),
    makeError(14, 'AccessDenied', 'The caller is not authorized'),
    makeFailure(15, ['AGENT', 'RESOURCE:MEMORY']),
    makeFailure(16, ['AGENT'], [task]),
    makeFailure(17, ['MISSING']),
    makeEvent(18, {
      eventSource: 's3.amazonaws.com',
      eventName: 'GetObject',
      requestParameters: { bucketName: 'b' },
      responseElements: null,
    }),
    makeEvent(19, { eventName: 'RunTask' }),
    makeEvent(20, {
      awsRegion: 'us-east-1',
      requestParameters: { taskDefinition: 'other', containerInstances: [INSTANCES[1]] },
    }),
  ]
}

/** Writes records as CloudTrail lays them out, and gives the folder. */
export function writeTrail(
  folder: string,
  events: readonly JsonObject[],
  file = `AWSLogs/${ACCOUNT}/CloudTrail/eu-west-1/2026/03/02/${ACCOUNT}_CloudTrail_eu-west-1_20260302T2355Z_x.json.gz`,
): string {
  const path = join(folder, file)
  mkdirSync(join(path, '..'), { recursive: true })
  const text = JSON.stringify({ Records: events })
  writeFileSync(path, file.endsWith('.gz') ? gzipSync(text) : text)
  return folder
}
