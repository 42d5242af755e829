import { expect, test } from 'vitest'

import { type Exchange, type Recording } from '../../src/protocol/index.ts'
import { createRecording, formatRecording, loadRecordings } from '../../src/recording/index.ts'
import { acceptRecording, createRedaction, redactRecording } from '../../src/redaction/index.ts'

const PASSWORD = 'correct-horse-battery'
const KEY_ID = 'AK' + 'IA' + 'QYLPMN5HHHFPZAM2'
const SHIPPED = await loadRecordings('recordings')

function makeRecording(startedBy: string, provenance: Record<string, unknown> = {}): Recording {
  const exchange: Exchange = {
    operation: 'StartTask',
    startedAtMs: 0,
    request: {
      headers: {},
      body: {
        startedBy,
        overrides: {
          containerOverrides: [
            { name: 'web', environment: [{ name: 'PASSWORD', value: PASSWORD }] },
          ],
        },
      },
    },
    response: { status: 200, headers: {}, body: { tasks: [], failures: [] } },
  }
  return createRecording({
    recordedAt: '2026-01-01T00:00:00.000Z',
    provenance,
    exchanges: [exchange],
  })
}

function refuseToRedact(): never {
  throw new Error('Nothing needs redaction.')
}

test('accepts what redaction made as it is, whatever its rules were', () => {
  const kept = createRedaction({ keep: ['/overrides/*'] }).redactRecording(makeRecording('job-1'))
  expect(JSON.stringify(kept)).toContain(PASSWORD)
  expect(acceptRecording(kept, refuseToRedact)).toBe(kept)
})

test('redacts a recording that does not say by which rules it was redacted', () => {
  const accepted = acceptRecording(makeRecording('job-1'), createRedaction)
  expect(formatRecording(accepted)).not.toContain(PASSWORD)
  expect(accepted.provenance).toEqual({ redaction: createRedaction().rulesHash })
})

test('accepts a recording without secrets as it is, although it does not name its rules', () => {
  const { provenance: _, ...clean } = createRedaction().redactRecording(makeRecording('job-1'))
  const recording: Recording = { ...clean, provenance: { source: 'a test' } }
  expect(acceptRecording(recording, createRedaction)).toBe(recording)
})

test.each([
  ['an exchange', makeRecording(KEY_ID, { redaction: 'sha256-0' })],
  ['the provenance', makeRecording('job-1', { redaction: 'sha256-0', note: KEY_ID })],
])('redacts a secret that was edited into %s since', (_where, recording) => {
  const accepted = acceptRecording(recording, createRedaction)
  expect(formatRecording(accepted)).not.toContain(KEY_ID)
})

test('redacts provenance, exchanges and task state changes', () => {
  const recording = {
    ...makeRecording(KEY_ID, { note: KEY_ID }),
    taskStateChanges: [{ atMs: 0, task: { group: KEY_ID } }],
  }
  const text = formatRecording(redactRecording(recording, { key: new Uint8Array(32) }))
  expect(text).not.toContain(KEY_ID)
  expect(text.match(/redacted\)?"/g)?.length).toBeGreaterThanOrEqual(4)
})

test('gives pseudonyms by the key', () => {
  const recording = makeRecording('arn:aws:ecs:eu-west-1:123456789012:task/a')
  const [one, other] = [1, 2].map((byte) =>
    formatRecording(redactRecording(recording, { key: new Uint8Array(32).fill(byte) })),
  )
  expect(one).not.toContain('123456789012')
  expect(one).not.toBe(other)
})

test('changes nothing in shipped recordings, whatever the key', () => {
  const redaction = createRedaction({ key: new Uint8Array(32) })
  for (const recording of SHIPPED) {
    expect(redaction.redactIfNeeded(recording)).toEqual({ recording, places: 0 })
    expect(acceptRecording(recording, () => redaction)).toBe(recording)
  }
})
