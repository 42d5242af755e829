import { gzipSync } from 'node:zlib'

import type {
  ImportedExchange,
  ImportedTaskState,
  ImportFinding,
  ImportFormat,
} from '../../src/formats/index.ts'

/** What a format reads out of bytes that come in pieces. */
export async function importBytes(
  format: ImportFormat,
  bytes: string | Uint8Array,
  {
    pieceBytes = 1000,
    operations = ['StartTask'],
    file = 'source',
  }: { pieceBytes?: number; operations?: readonly string[]; file?: string } = {},
): Promise<{
  imported: ImportedExchange[]
  tasks: ImportedTaskState[]
  findings: Omit<ImportFinding, 'file'>[]
}> {
  const whole = Buffer.from(bytes)
  const findings: Omit<ImportFinding, 'file'>[] = []
  async function* read(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < whole.length; at += pieceBytes)
      yield await Promise.resolve(whole.subarray(at, at + pieceBytes))
  }
  const imported: ImportedExchange[] = []
  const tasks: ImportedTaskState[] = []
  const source = { file, read }
  for await (const one of format.read(source, (finding) => void findings.push(finding), {
    operations,
  })) {
    if ('task' in one) tasks.push(one)
    else imported.push(one)
  }
  return { imported, tasks, findings }
}

/** A CloudTrail record of a StartTask; members that are not about the call are there as CloudTrail has them. */
export function makeRecord(change: object = {}): object {
  return {
    eventVersion: '1.08',
    userIdentity: { type: 'AssumedRole', accountId: '123456789012' },
    eventTime: '2026-11-24T10:00:00Z',
    eventSource: 'ecs.amazonaws.com',
    eventName: 'StartTask',
    awsRegion: 'us-east-1',
    requestParameters: { cluster: 'default', containerInstances: ['i-1'], taskDefinition: 'web:1' },
    responseElements: {
      tasks: [],
      failures: [
        {
          arn: 'arn:aws:ecs:us-east-1:123456789012:container-instance/default/i-1',
          reason: 'AGENT',
        },
      ],
    },
    requestID: '6af5fd30-765e-11e9-a5f9-b7e8a953a005',
    eventID: 'e-1',
    eventType: 'AwsApiCall',
    ...change,
  }
}

/** Bytes of gzip that end too early. */
export function cutGzip(text: string, share: number): Buffer {
  const whole = gzipSync(text)
  return whole.subarray(0, Math.floor(whole.length * share))
}

/** An event of EventBridge about a task, with the members that differ from responses. Source: samples of the ECS developer guide. */
export function makeTaskEvent(detail: object = {}): object {
  return {
    version: '0',
    id: '3317b2af-7005-947d-b652-f55e762e571a',
    'detail-type': 'ECS Task State Change',
    source: 'aws.ecs',
    account: '123456789012',
    time: '2026-11-24T10:00:03Z',
    region: 'us-east-1',
    detail: {
      taskArn: 'arn:aws:ecs:us-east-1:123456789012:task/default/13b49cb44c79433ba932f1b6d4ad2e26',
      taskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1',
      clusterArn: 'arn:aws:ecs:us-east-1:123456789012:cluster/default',
      containerInstanceArn:
        'arn:aws:ecs:us-east-1:123456789012:container-instance/default/8c1ab0bd72b24b35a77c0d1ce1b2a0d1',
      attachments: [
        { id: 'a', type: 'eni', status: 'ATTACHED', details: [] },
        { id: 'b', type: 'elb', status: 'ATTACHED', details: [] },
      ],
      containers: [
        {
          name: 'main',
          lastStatus: 'RUNNING',
          managedAgents: [{ name: 'ExecuteCommandAgent', status: 'RUNNING' }],
        },
      ],
      createdAt: '2026-11-24T10:00:00.71Z',
      updatedAt: '2026-11-24T10:00:03.54Z',
      desiredStatus: 'RUNNING',
      lastStatus: 'RUNNING',
      version: 3,
      ...detail,
    },
  }
}
