import { gzipSync } from 'node:zlib'

import type { Imported, ImportFinding, ImportFormat } from '../../src/formats/index.ts'

/** What a format reads out of bytes that come in pieces. */
export async function importBytes(
  format: ImportFormat,
  bytes: string | Uint8Array,
  { pieceBytes = 1000, operations = ['StartTask'] }: { pieceBytes?: number; operations?: readonly string[] } = {},
): Promise<{ imported: Imported[]; findings: Omit<ImportFinding, 'file'>[] }> {
  const whole = Buffer.from(bytes)
  const findings: Omit<ImportFinding, 'file'>[] = []
  async function* read(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < whole.length; at += pieceBytes) yield await Promise.resolve(whole.subarray(at, at + pieceBytes))
  }
  const imported: Imported[] = []
  const source = { file: 'source', read }
  for await (const one of format.read(source, (finding) => void findings.push(finding), { operations })) imported.push(one)
  return { imported, findings }
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
      failures: [{ arn: 'arn:aws:ecs:us-east-1:123456789012:container-instance/default/i-1', reason: 'AGENT' }],
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
