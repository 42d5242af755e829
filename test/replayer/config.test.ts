import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test, vi } from 'vitest'

import { isTransportFailure, type Recording } from '../../src/protocol/index.ts'
import { createRedaction } from '../../src/redaction/index.ts'
import { createReplayer, type ReplayOptions } from '../../src/replayer/engine/index.ts'
import { buildResponse, buildExchange, buildRecording, TARGET } from './recorded-exchanges.ts'

const CONFIG = { match: { ignore: ['/referenceId'] }, redact: ['/tags/*/value'] }
const BODY = {
  taskDefinition: 'web',
  containerInstances: ['ci-a'],
  tags: [{ key: 'a', value: 'plain' }],
  referenceId: 'one',
}

function writeConfig(config: object = CONFIG): string {
  const path = join(mkdtempSync(join(tmpdir(), 'starttask-config-')), 'starttask.config.json')
  writeFileSync(path, JSON.stringify(config))
  return path
}

function record(redaction = createRedaction(CONFIG)): Recording {
  const exchange = redaction.redactExchange(
    buildExchange(BODY, buildResponse(200, { tasks: [], failures: [] })),
  )
  return { ...buildRecording(exchange), provenance: { redaction: redaction.rulesHash } }
}

async function ask(options: ReplayOptions, body: object): Promise<number | string> {
  const response = await createReplayer(record(), options).respond({
    method: 'POST',
    url: '/',
    headers: { 'x-amz-target': TARGET },
    body: JSON.stringify(body),
  })
  return isTransportFailure(response) ? response.failure : response.status
}

function watchWarnings(replay: () => unknown): unknown[] {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  try {
    replay()
    return warn.mock.calls
  } finally {
    warn.mockRestore()
  }
}

test('redacts requests by the configuration file that it is given', async () => {
  expect(await ask({ config: writeConfig() }, BODY)).toBe(200)
  expect(
    await ask({ config: writeConfig() }, { ...BODY, tags: [{ key: 'b', value: 'plain' }] }),
  ).toBe(400)
})

test('ignores the places of the configuration file in addition to its own', async () => {
  expect(await ask({ config: writeConfig() }, { ...BODY, referenceId: 'two' })).toBe(200)
  const both = { config: writeConfig(), match: { ignore: ['/taskDefinition'] } }
  expect(await ask(both, { ...BODY, referenceId: 'two', taskDefinition: 'api' })).toBe(200)
})

test('warns once when a recording was redacted by other rules', () => {
  const warnings = watchWarnings(() => createReplayer([record(), record()]))
  expect(warnings).toHaveLength(1)
  expect(String(warnings[0])).toContain('recording 1')
})

test('says nothing when a recording was redacted by the same rules, or does not say by which', () => {
  expect(watchWarnings(() => createReplayer(record(), { config: writeConfig() }))).toEqual([])
  expect(
    watchWarnings(() => createReplayer(record(createRedaction({ key: new Uint8Array(32) })))),
  ).toEqual([])
  expect(watchWarnings(() => createReplayer({ ...record(), provenance: {} }))).toEqual([])
})

test('refuses a configuration file that does not exist', () => {
  expect(() => createReplayer(record(), { config: '/no/such/config.json' })).toThrow(
    'The configuration file cannot be read',
  )
})
