import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createArchiveWriter, createKeys } from '../../src/archive/index.ts'
import { isTransportFailure, type Exchange } from '../../src/protocol/index.ts'
import { createRedaction } from '../../src/redaction/index.ts'
import {
  createReplayer,
  type Recordings,
  type ReplayOptions,
} from '../../src/replayer/engine/index.ts'
import { buildResponse, buildExchange, buildInput, TARGET } from '../replayer/recorded-exchanges.ts'

const redaction = createRedaction()
const keys = createKeys({ match: { ignore: [], loosen: [], environment: 'names' }, redaction })

/** A folder of the test's own. */
export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'starttask-archive-'))
}

/** As many different exchanges; each response tells the number of its request. */
export function makeExchanges(count: number): Exchange[] {
  return Array.from({ length: count }, (_, index) =>
    makeExchange(`instance-${index}`, `answer-${index}`),
  )
}

export function makeExchange(instance: string, reason: string): Exchange {
  return buildExchange(
    buildInput(instance),
    buildResponse(200, { tasks: [], failures: [{ reason }] }),
  )
}

/** Writes an archive of our own. */
export function writeArchive(path: string, exchanges: readonly Exchange[]): string {
  const provenance = redaction.redactProvenance({ source: 'a test' })
  const writer = createArchiveWriter(path, {
    recordedAt: '2026-01-01T00:00:00.000Z',
    provenance,
    keys: keys.rules,
  })
  for (const exchange of exchanges) {
    const clean = redaction.redactExchange(exchange)
    writer.add(clean, keys.digest(clean))
  }
  writer.finish()
  return path
}

/** A replayer and a way to ask it, which gives the reason of the first failure, or the error's type. */
export function openReplayer(recordings: Recordings, options: ReplayOptions = {}) {
  const replayer = createReplayer(recordings, options)
  const ask = async (instance: string, invocation?: string): Promise<string> => {
    const headers = {
      'x-amz-target': TARGET,
      ...(invocation === undefined ? {} : { 'amz-sdk-invocation-id': invocation }),
    }
    const response = await replayer.respond({
      method: 'POST',
      url: '/',
      headers,
      body: Buffer.from(JSON.stringify(buildInput(instance))),
    })
    if (isTransportFailure(response)) return response.failure
    const body: { message?: string; failures?: { reason: string }[] } & Record<string, unknown> =
      JSON.parse(Buffer.from(response.body).toString())
    return body.failures?.[0]?.reason ?? `${String(body['__type'])}: ${body.message}`
  }
  return { replayer, ask }
}

/** What is warned of archives while the work goes on. */
export async function collectWarnings(work: () => unknown): Promise<string[]> {
  const warnings: string[] = []
  const note = ({ name, message }: Error) =>
    void (name === 'StartTaskArchiveWarning' && warnings.push(`${name}: ${message}`))
  await new Promise((resolve) => setImmediate(resolve)) // earlier ones are told first
  process.on('warning', note)
  await work()
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', note)
  return warnings
}
