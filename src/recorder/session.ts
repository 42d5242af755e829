import { subscribe, unsubscribe } from 'node:diagnostics_channel'

import { HttpRequestInterceptor } from '@mswjs/interceptors/http'

import { START_TASK } from '../contract/index.ts'
import { HarnessError } from '../errors.ts'
import { isObject, normaliseHeaders, parseTarget, readTransportFailure } from '../protocol/index.ts'
import { createCollector, type OpenExchange } from './collector.ts'

export interface StartRecordingOptions {
  /** The path of a `.json` file for all exchanges, or of a folder that gets one file for each different request. */
  out: string
  /** Operations that are recorded besides StartTask. */
  allow?: readonly string[]
  /** A line of your own for the recordings' provenance. */
  note?: string
}

/** A recording under way. `stop` resolves when all is written; disposal stops. */
export interface RecordingSession extends AsyncDisposable {
  stop(): Promise<{ written: string[]; lost: number }>
}

interface Pending {
  invocation: string | undefined
  url: string
  exchange: OpenExchange
}

const ACTIVE = Symbol.for('starttask-harness.recording')
const ERROR_CHANNELS = ['http.client.request.error', 'undici:request:error']

/**
 * Records this process's StartTask exchanges, by whatever HTTP client it uses, while they go to the live service as ever. Answers that a
 * mock gave are not recorded. While a session runs, `node:http2` clients of the process hang: it is for tests and tools.
 *
 * Throws `already-active` when a session runs already, `usage` for a wrong option.
 */
export function startRecording(options: StartRecordingOptions): RecordingSession {
  for (const name of Object.keys(options)) {
    if (!['out', 'allow', 'note'].includes(name)) throw new HarnessError('usage', `The recording option ${name} does not exist. Known: out, allow, note.`)
  }
  if (Reflect.get(globalThis, ACTIVE)) throw new HarnessError('already-active', 'A recording runs in this process already. Stop it first.')
  const collector = createCollector({
    out: options.out,
    provenance: { source: 'recorder in the process', ...(options.note === undefined ? {} : { note: options.note }) },
  })
  Reflect.set(globalThis, ACTIVE, true)
  const stopCapture = captureRequests([START_TASK, ...(options.allow ?? [])], collector.begin)
  let stopped: ReturnType<RecordingSession['stop']> | undefined
  const stop = () =>
    (stopped ??= stopCapture().then(() => {
      Reflect.deleteProperty(globalThis, ACTIVE)
      return collector.stop()
    }))
  return { stop, [Symbol.asyncDispose]: () => stop().then(() => {}) }
}

type Begin = (request: { headers: Record<string, string>; body: Uint8Array }) => OpenExchange

function captureRequests(operations: readonly string[], begin: Begin): () => Promise<void> {
  const pending = new Map<string, Promise<Pending>>()
  const reading = new Set<Promise<unknown>>()
  const track = (work: Promise<unknown>) => {
    const settled: Promise<unknown> = Promise.allSettled([work]).then(() => reading.delete(settled))
    reading.add(settled)
  }
  const interceptor = new HttpRequestInterceptor()
  interceptor.on('request', ({ requestId, request }) => {
    const headers = normaliseHeaders(request.headers)
    if (!operations.includes(parseTarget(headers['x-amz-target'])?.operation ?? '')) return
    const opened = openExchange(request.clone(), headers, begin)
    pending.set(requestId, opened)
    track(opened)
  })
  interceptor.on('response', ({ requestId, response, responseType }) => {
    const opened = pending.get(requestId)
    if (!opened) return
    pending.delete(requestId)
    if (responseType === 'original') track(finishExchange(opened, response.clone()))
  })
  const onError = (message: unknown) => track(failExchange(pending, message))
  for (const channel of ERROR_CHANNELS) subscribe(channel, onError)
  interceptor.apply()
  return async () => {
    interceptor.dispose()
    while (reading.size > 0) await Promise.allSettled(reading)
    for (const channel of ERROR_CHANNELS) unsubscribe(channel, onError)
  }
}

async function openExchange(request: Request, headers: Record<string, string>, begin: Begin): Promise<Pending> {
  const body = new Uint8Array(await request.arrayBuffer())
  return { invocation: headers['amz-sdk-invocation-id'], url: request.url, exchange: begin({ headers, body }) }
}

async function finishExchange(opened: Promise<Pending>, response: Response): Promise<void> {
  const { exchange } = await opened
  try {
    const body = new Uint8Array(await response.arrayBuffer())
    exchange.finish({ status: response.status, headers: normaliseHeaders(response.headers), body })
  } catch (error) {
    exchange.finish({ ...readTransportFailure(error), failure: 'truncated' })
  }
}

/** Node says which request failed, but not under the interceptor's id: it is found by the SDK's invocation id, else by its address. */
async function failExchange(pending: Map<string, Promise<Pending>>, message: unknown): Promise<void> {
  if (!isObject(message)) return
  const failed = describeFailedRequest(message['request'])
  for (const [id, opened] of pending) {
    const { invocation, url, exchange } = await opened
    const isSame = failed.invocation === undefined ? failed.host === new URL(url).host : failed.invocation === invocation
    if (!isSame || !pending.delete(id)) continue
    exchange.finish(readTransportFailure(message['error']))
    return
  }
}

function describeFailedRequest(request: unknown): { invocation: string | undefined; host: string | undefined } {
  if (typeof request !== 'object' || request === null) return { invocation: undefined, host: undefined }
  if ('getHeader' in request && typeof request.getHeader === 'function') {
    return { invocation: readText(request.getHeader('amz-sdk-invocation-id')), host: readText(request.getHeader('host')) }
  }
  const origin = 'origin' in request ? readText(request.origin) : undefined
  return { invocation: undefined, host: origin === undefined ? undefined : new URL(origin).host }
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
