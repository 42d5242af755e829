import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'

import { START_TASK } from '../contract/index.ts'
import { HarnessError } from '../errors.ts'
import { type Listener, type ListenerAnswer, type ListenerRequest, requirePort, startListener } from '../listener/index.ts'
import {
  buildErrorAnswer,
  MAX_BODY_BYTES,
  normaliseHeaders,
  parseTarget,
  readTransportFailure,
  type TransportFailure,
} from '../protocol/index.ts'
import type { CapturedAnswer } from './captured.ts'
import { type Collector, createCollector } from './collector.ts'
import { GRACE_MS, settleWithin } from './grace.ts'
import { refuseWrongRecorderOptions } from './options.ts'

export interface RecordingProxyOptions {
  /** The path of a `.json` file for all exchanges, or of a folder that gets one file for each different request. */
  out: string
  /** The service's URL, http or https. */
  upstream: string
  /** The port on 127.0.0.1; 0 or absent takes a free one. */
  port?: number
  /** Operations that are let through and recorded besides StartTask. */
  allow?: readonly string[]
  /** A line of your own for the recordings' provenance. */
  note?: string
}

/** A recording proxy that runs; disposal stops. */
export interface RecordingProxy extends AsyncDisposable {
  readonly url: string
  /**
   * Resolves when all is written. Requests under way have two seconds to end; then their connections are cut on both sides, they are not
   * recorded, and `lost` counts them: whether the service acted on them nobody knows. Throws `write-failed`; the same when called again.
   */
  stop(): Promise<{ written: string[]; lost: number }>
}

/**
 * Starts a proxy on 127.0.0.1 that passes StartTask requests to `upstream`, each exactly once, and records them. Other operations are
 * refused unless `allow` names them.
 *
 * It does not sign: AWS's own endpoints, which check the signature against their host name, are refused with `usage`. Throws `usage` for
 * a wrong option, `upstream-required`, `port-in-use`, and what opening a recording that exists throws.
 */
export async function startRecordingProxy(options: RecordingProxyOptions): Promise<RecordingProxy> {
  refuseWrongOptions(options)
  const upstream = parseUpstream(options.upstream)
  const collector = createCollector({
    out: options.out,
    provenance: {
      source: 'recording proxy',
      upstream: nameUpstream(upstream),
      ...(options.note === undefined ? {} : { note: options.note }),
    },
  })
  const passage: Passage = { upstream, collector, underWay: new Set(), cut: new AbortController() }
  const operations = [START_TASK, ...(options.allow ?? [])]
  try {
    const listener = await startListener({
      port: options.port ?? 0,
      maxBodyBytes: MAX_BODY_BYTES,
      refuse,
      answer: (request) => {
        const operation = parseTarget(request.headers['x-amz-target'])?.operation
        const isAllowed = operation !== undefined && operations.includes(operation)
        if (isAllowed && request.method === 'POST' && request.url === '/') return recordRequest(passage, request)
        return Promise.resolve(refuse(400, 'OperationNotAllowed', describeRefusal(operation, operations)))
      },
    })
    return manageProxy(listener, passage)
  } catch (error) {
    await collector.stop()
    throw error
  }
}

const OPTIONS = ['out', 'upstream', 'port', 'allow', 'note']

function refuseWrongOptions(options: RecordingProxyOptions): void {
  refuseWrongRecorderOptions(options, OPTIONS)
  requirePort(options.port ?? 0)
}

/** What requests go through: where to, what records them, which are on their way, and how to cut these. */
interface Passage {
  upstream: URL
  collector: Collector
  underWay: Set<Promise<unknown>>
  cut: AbortController
}

function manageProxy(listener: Listener, passage: Passage): RecordingProxy {
  let stopped: ReturnType<RecordingProxy['stop']> | undefined
  const stop = () => (stopped ??= stopProxy(listener, passage))
  return { url: listener.url, stop, [Symbol.asyncDispose]: () => stop().then(() => {}) }
}

async function stopProxy(listener: Listener, { collector, underWay, cut }: Passage): ReturnType<RecordingProxy['stop']> {
  await Promise.all([listener.stop(), settleWithin(GRACE_MS, underWay)])
  try {
    return await collector.stop()
  } finally {
    cut.abort()
  }
}

function parseUpstream(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new HarnessError('upstream-required', `The upstream is ${describeUpstream(text)}; the service's http or https URL is needed.`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new HarnessError('usage', `The upstream http URL names a user or a password, which the proxy does not send. Leave them out.`)
  }
  if (AWS_HOST.test(url.hostname)) {
    throw new HarnessError(
      'usage',
      `The recording proxy does not sign yet, so ${url.hostname} would refuse each request. Name a service that does not check signatures.`,
    )
  }
  return url
}

/** AWS's own endpoints in every partition, with or without the dot of a full name. */
const AWS_HOST =
  /(?:^|\.)(?:amazonaws\.(?:com|com\.cn|eu)|api\.aws|api\.amazonwebservices\.(?:com\.cn|eu)|(?:sc2s\.sgov|c2s\.ic)\.gov)\.?$/i

function describeUpstream(text: unknown): string {
  return typeof text === 'string' && !text.includes('@') ? JSON.stringify(text) : 'not a URL'
}

function nameUpstream(url: URL): string {
  return /^(localhost|127\.|\[::1\])/.test(url.hostname) ? 'a service on this machine' : url.host
}

function refuse(status: number, name: string, message: string): ListenerAnswer {
  return buildErrorAnswer(status, { name, message }, { now: Date.now(), requestId: 'none' })
}

function describeRefusal(operation: string | undefined, operations: readonly string[]): string {
  if (operation !== undefined && operations.includes(operation)) return `${operation} is sent as POST / alone; this request is another one.`
  const what = operation === undefined ? 'A request without an operation in X-Amz-Target' : operation
  return `${what} is not let through by the recording proxy, which allows ${operations.join(', ')}. Allow more with --allow ${operation ?? 'OPERATION'}.`
}

async function recordRequest(passage: Passage, request: ListenerRequest): Promise<ListenerAnswer> {
  const exchange = passage.collector.begin(request.headers)
  const sent = sendOnce(passage.upstream, request, passage.cut.signal)
  passage.underWay.add(sent)
  const answer = await sent
  passage.underWay.delete(sent)
  await exchange.finish(request.body, answer)
  if ('failure' in answer) return answer
  const headers = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !HOP_HEADERS.has(name)))
  return { status: answer.status, headers: { ...headers, 'content-length': String(answer.body.length) }, body: answer.body }
}

const HOP_HEADERS = new Set([
  'connection',
  'content-length',
  'expect', // the body is here whole: nobody need ask whether to send it
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** A connection of its own for each request: none is ever sent twice, for StartTask has no client token. */
function sendOnce(upstream: URL, request: ListenerRequest, signal: AbortSignal): Promise<CapturedAnswer | TransportFailure> {
  const send = upstream.protocol === 'https:' ? requestHttps : requestHttp
  const kept = Object.entries(request.headers).filter(([name]) => !HOP_HEADERS.has(name) && name !== 'host' && name !== 'accept-encoding')
  const headers = { ...Object.fromEntries(kept), host: upstream.host, 'accept-encoding': 'identity', 'content-length': request.body.length }
  return new Promise((resolve) => {
    const outgoing = send(upstream, { method: 'POST', headers, agent: false, signal }, (incoming) => {
      const chunks: Uint8Array[] = []
      incoming.on('data', (chunk: Uint8Array) => chunks.push(chunk))
      incoming.on('error', (error) => resolve({ ...readTransportFailure(error), failure: 'truncated' }))
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 502, headers: normaliseHeaders(incoming.headers), body: Buffer.concat(chunks) }),
      )
    })
    outgoing.on('error', (error) => resolve(readTransportFailure(error)))
    outgoing.end(request.body)
  })
}
