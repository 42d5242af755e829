/** HTTP archives, version 1.2, as browsers and proxies write them. Source: the HAR 1.2 specification. */
import { ECS_SERVICE } from '../contract/index.ts'
import { isObject, type JsonObject, parseBody, parseTarget } from '../protocol/index.ts'
import { readCapturedAnswer, readCapturedRequest } from '../recorder/captured.ts'
import type { ImportFormat, Imported, ImportOptions, ImportSource, TellFinding } from './imported.ts'
import { readToEnd } from './lines.ts'

const MAX_HAR_BYTES = 256 * 1024 * 1024

/** Reads HTTP archives. */
export const HAR: ImportFormat = {
  name: 'har',
  limits: 'an HTTP archive of a browser may lack headers, bodies and failures that the browser did not show',
  read: readHar,
}

async function* readHar(source: ImportSource, tell: TellFinding, options: ImportOptions): AsyncGenerator<Imported> {
  const entries = await readEntries(source, tell)
  const invocations = new Map<string, { name: string; attempts: number }>()
  for (const [index, entry] of entries.entries()) {
    const place = `/log/entries/${index}`
    const imported = isObject(entry)
      ? readEntry(entry, options, invocations, (message) =>
          tell({ rule: 'import.record', severity: 'warning', message: `${place}: ${message}` }),
        )
      : undefined
    if (imported) yield imported
  }
}

async function readEntries(source: ImportSource, tell: TellFinding): Promise<readonly unknown[]> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of readToEnd(source, tell, () => undefined)) {
    pieces.push(chunk)
    bytes += chunk.length
    if (bytes > MAX_HAR_BYTES) {
      tell({ rule: 'import.too-large', severity: 'error', message: `more than ${MAX_HAR_BYTES} bytes; it is not read` })
      return []
    }
  }
  try {
    const value = parseBody(Buffer.concat(pieces), MAX_HAR_BYTES)
    const log = isObject(value) ? value['log'] : undefined
    const entries = isObject(log) ? log['entries'] : undefined
    if (Array.isArray(entries)) return entries
    tell({ rule: 'import.record', severity: 'error', message: 'it has no log with entries, so it is no HTTP archive' })
  } catch (error) {
    tell({ rule: 'import.record', severity: 'error', message: error instanceof Error ? error.message : String(error) })
  }
  return []
}

type Invocations = Map<string, { name: string; attempts: number }>

function readEntry(
  entry: JsonObject,
  { operations }: ImportOptions,
  invocations: Invocations,
  say: (message: string) => void,
): Imported | undefined {
  const [request, response] = [readObject(entry['request']), readObject(entry['response'])]
  const headers = readHeaders(request['headers'])
  const target = parseTarget(headers['x-amz-target'])
  if (request['method'] !== 'POST' || target?.service !== ECS_SERVICE || !operations.includes(target.operation)) return undefined
  const body = readObject(request['postData'])['text']
  if (typeof body !== 'string') say('it has no body of the request')
  const at = Date.parse(String(entry['startedDateTime']))
  const elapsed = entry['time']
  return {
    at: Number.isNaN(at) ? undefined : at,
    exchange: {
      operation: target.operation,
      ...countAttempt(headers['amz-sdk-invocation-id'], invocations),
      startedAtMs: 0,
      ...(typeof elapsed === 'number' && elapsed >= 0 ? { elapsedMs: Math.round(elapsed * 1000) / 1000 } : {}),
      request: readCapturedRequest({ headers, body: Buffer.from(typeof body === 'string' ? body : '') }),
      answer: readAnswer(response),
    },
  }
}

function countAttempt(id: string | undefined, invocations: Invocations): { invocation?: string; attempt?: number } {
  if (id === undefined) return {}
  const known = invocations.get(id) ?? { name: `invocation-${invocations.size + 1}`, attempts: 0 }
  known.attempts += 1
  invocations.set(id, known)
  return { invocation: known.name, attempt: known.attempts }
}

/** Status 0 is what browsers write when no answer came. */
function readAnswer(response: JsonObject): Imported['exchange']['answer'] {
  const { status } = response
  if (typeof status !== 'number' || status === 0) return { failure: 'other' }
  const { text, encoding } = readObject(response['content'])
  // The archive holds the body as it was unpacked, under the headers of the packed one.
  const { 'content-encoding': _, ...headers } = readHeaders(response['headers'])
  return readCapturedAnswer({
    status,
    headers,
    body: Buffer.from(typeof text === 'string' ? text : '', encoding === 'base64' ? 'base64' : 'utf8'),
  })
}

function readHeaders(list: unknown): Record<string, string> {
  const entries = (Array.isArray(list) ? list : []).flatMap((header: unknown): [string, string][] => {
    const { name, value } = readObject(header)
    return typeof name === 'string' && typeof value === 'string' ? [[name.toLowerCase(), value]] : []
  })
  return Object.fromEntries(entries)
}

function readObject(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}
