import { Agent as HttpAgent, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'

import { formatMessage } from '../message/index.ts'
import { chooseOperations, isNeverRecorded, readOperation } from '../contract/index.ts'
import {
  type Listener,
  type ListenerRequest,
  type ListenerResponse,
  requirePort,
  startListener,
} from '../listener/index.ts'
import {
  buildErrorResponse,
  type CapturedRequest,
  type CapturedResponse,
  describeUnsupportedProtocol,
  MAX_BODY_BYTES,
  normaliseHeaders,
  parseTarget,
  readTransportFailure,
  readUnsupportedProtocol,
  translateError,
  type TransportFailure,
  type WireResponse,
} from '../protocol/index.ts'
import { type Collector, createCollector } from './collector.ts'
import { GRACE_MS, settleWithin } from './exit.ts'
import { refuseWrongRecorderOptions } from './options.ts'
import type { Signer, SigningOptions } from './signing.ts'
import {
  type AwsCredentials,
  nameUpstream,
  parseUpstream,
  PSEUDONYM_REFUSAL,
  refusePseudonyms,
} from './upstream.ts'

export interface RecordingProxyOptions {
  /** The path of a `.json` file for all exchanges, or of a folder that gets one file for each different request. */
  out: string
  /** The service's URL, http or https. AWS's own endpoints, which check signatures, are signed for. */
  upstream: string
  /** The port on 127.0.0.1; 0 or absent takes a free one. */
  port?: number
  /** Operations that are let through and recorded besides StartTask. Nothing is known of their contracts: they are not checked. */
  allow?: readonly string[]
  /** A line of your own for the recordings' provenance. */
  note?: string
  /** The configuration file whose `keep` and `redact` apply; otherwise `starttask.config.json`, in the working directory or above. */
  config?: string
  /** How to sign; given, requests are signed for an upstream that is not AWS's own, too. */
  sign?: SigningOptions
  /** Credentials that each request must be signed with: whoever has not got them is refused. */
  callers?: AwsCredentials
}

/** A recording proxy that runs; disposal stops. */
export interface RecordingProxy extends AsyncDisposable {
  readonly url: string
  /** How many exchanges have ended so far. */
  readonly ended: number
  /**
   * Resolves when all is written. Requests under way have two seconds to end; then their connections are cut on both sides, they are not
   * recorded, and `lost` counts them: whether the service acted on them nobody knows. Throws `write-failed`; the same when called again.
   */
  stop(): Promise<{ written: string[]; lost: number }>
}

/**
 * Starts a proxy on 127.0.0.1 that passes StartTask requests to `upstream`, each exactly once, and records them. Other operations are
 * refused unless `allow` names them; ExecuteCommand always is, and so is a body that holds a pseudonym of a recording.
 *
 * For AWS it signs anew, with the user's own credentials: whoever may connect to it acts as that user, so give it `callers`. Throws `usage`
 * for a wrong option, `upstream-required`, `credentials-missing`, `port-in-use`, and what opening a recording that exists throws.
 */
export async function startRecordingProxy(options: RecordingProxyOptions): Promise<RecordingProxy> {
  refuseWrongOptions(options)
  const operations = chooseOperations(options.allow)
  const upstream = parseUpstream(options.upstream)
  const signing =
    upstream.isAws || options.sign || options.callers ? await import('./signing.ts') : undefined
  const signer =
    upstream.isAws || options.sign
      ? await signing?.createSigner(upstream.url, upstream.region, options.sign ?? {})
      : undefined
  const collector = createCollector({
    out: options.out,
    provenance: {
      source: 'recording proxy',
      upstream: nameUpstream(upstream),
      ...(options.note === undefined ? {} : { note: options.note }),
    },
    ...(options.config === undefined ? {} : { config: options.config }),
  })
  const passage = createPassage(upstream.url, signer, collector)
  const refuseRequest = async (request: ListenerRequest): Promise<ListenerResponse | undefined> => {
    const target = request.headers['x-amz-target']
    const isAllowed =
      readOperation(target, operations) !== undefined &&
      request.method === 'POST' &&
      request.url === '/'
    if (!isAllowed)
      return (
        refuseOtherProviderPlugins(request) ??
        refuse(400, 'OperationNotAllowed', describeRefusal(target, operations))
      )
    const pseudonym = refusePseudonyms(request.body)
    if (pseudonym !== undefined) return refuse(400, PSEUDONYM_REFUSAL, pseudonym)
    const reason = options.callers && (await signing?.refuseCaller(request, options.callers))
    return reason === undefined
      ? undefined
      : refuse(403, 'RequestRefused', describeUntrustedCaller(reason))
  }
  try {
    const listener = await startListener({
      port: options.port ?? 0,
      maxBodyBytes: MAX_BODY_BYTES,
      refuse,
      respond: async (request) => (await refuseRequest(request)) ?? recordRequest(passage, request),
    })
    return manageProxy(listener, passage)
  } catch (error) {
    await collector.stop()
    throw error
  }
}

const OPTIONS = ['out', 'upstream', 'port', 'allow', 'note', 'config', 'sign', 'callers']

function refuseWrongOptions(options: RecordingProxyOptions): void {
  refuseWrongRecorderOptions(options, OPTIONS)
  requirePort(options.port ?? 0)
}

/** What requests go through: where to, what signs and records them, and which are on their way. */
interface Passage {
  upstream: URL
  agent: HttpAgent | HttpsAgent
  signer: Signer | undefined
  collector: Collector
  underWay: Set<Promise<unknown>>
  ended: number
}

/** How long a connection waits for another request: shorter than any service keeps it, so that none is sent into one that is closing. */
const LONGEST_IDLE_MS = 1000

function createPassage(upstream: URL, signer: Signer | undefined, collector: Collector): Passage {
  const Agent = upstream.protocol === 'https:' ? HttpsAgent : HttpAgent
  const agent = new Agent({ keepAlive: true, timeout: LONGEST_IDLE_MS })
  return { upstream, agent, signer, collector, underWay: new Set(), ended: 0 }
}

function manageProxy(listener: Listener, passage: Passage): RecordingProxy {
  let stopped: ReturnType<RecordingProxy['stop']> | undefined
  const stop = () => (stopped ??= stopProxy(listener, passage))
  return {
    url: listener.url,
    get ended() {
      return passage.ended
    },
    stop,
    [Symbol.asyncDispose]: () => stop().then(() => {}),
  }
}

async function stopProxy(
  listener: Listener,
  { collector, underWay, agent }: Passage,
): ReturnType<RecordingProxy['stop']> {
  await Promise.all([listener.stop(), settleWithin(GRACE_MS, underWay)])
  try {
    return await collector.stop()
  } finally {
    agent.destroy() // cuts what is under way, too
  }
}

function refuse(status: number, name: string, message: string): WireResponse {
  return buildErrorResponse(status, { name, message }, { now: Date.now(), requestId: 'none' })
}

/** The refusal of what speaks another protocol than AWS JSON, in that protocol. */
function refuseOtherProviderPlugins(request: ListenerRequest): ListenerResponse | undefined {
  const foreign = readUnsupportedProtocol(request)
  if (!foreign) return undefined
  const { fact, remedy } = describeUnsupportedProtocol(foreign, 'recorded')
  return translateError(
    refuse(
      400,
      'ProtocolNotRecorded',
      formatMessage({ summary: `${fact} It was not sent.`, remedy }),
    ),
    foreign,
  )
}

function describeRefusal(target: string | undefined, operations: readonly string[]): string {
  const operation = parseTarget(target)?.operation
  if (readOperation(target, operations) !== undefined)
    return `${operation} is sent as POST / alone; this request is another one.`
  const what =
    operation === undefined ? 'A request without an operation in X-Amz-Target' : operation
  const refusal = `${what} is not let through by the recording proxy, which allows ${operations.join(', ')} of Amazon ECS.`
  return isNeverRecorded(operation)
    ? refusal
    : `${refusal} Allow more with --allow ${operation ?? 'OPERATION'}.`
}

function describeUntrustedCaller(reason: string): string {
  return `The recording proxy signs for the command that it was started with alone, and takes this request for another's: ${reason}. If the command must keep its own credentials, record with --keep-credentials.`
}

async function recordRequest(
  passage: Passage,
  request: ListenerRequest,
): Promise<ListenerResponse> {
  const headers = await signHeaders(passage, request)
  const exchange = passage.collector.begin(request.headers)
  const sent = sendOnce(passage, { headers, body: request.body })
  passage.underWay.add(sent)
  exchange.expect(request.body)
  const { response, headersMs } = await sent
  passage.underWay.delete(sent)
  await exchange.finish(request.body, response, headersMs === undefined ? {} : { headersMs })
  passage.ended += 1
  if ('failure' in response) return response
  const passed = Object.fromEntries(
    Object.entries(response.headers).filter(([name]) => !HOP_HEADERS.has(name)),
  )
  return {
    status: response.status,
    headers: { ...passed, 'content-length': String(response.body.length) },
    body: response.body,
  }
}

/** What goes upstream: all but what belongs to a connection, signed where there is a signer. */
async function signHeaders(
  { upstream, signer }: Passage,
  { headers, body }: ListenerRequest,
): Promise<Record<string, string>> {
  const kept = Object.entries(headers).filter(
    ([name]) => !HOP_HEADERS.has(name) && name !== 'host' && name !== 'accept-encoding',
  )
  const sent = { ...Object.fromEntries(kept), host: upstream.host, 'accept-encoding': 'identity' }
  return signer ? await signer.sign({ headers: sent, body }) : sent
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

/** What came back, and when its headers did. */
interface Sent {
  response: CapturedResponse | TransportFailure
  headersMs?: number
}

/**
 * Sends a request once, whatever comes of it: StartTask has no client token. Connections are kept for a second; Node.js sends nothing again
 * when one of them turns out to be closed: the client meets a reset then, as the recording says.
 */
function sendOnce({ upstream, agent }: Passage, { headers, body }: CapturedRequest): Promise<Sent> {
  const send = upstream.protocol === 'https:' ? requestHttps : requestHttp
  const began = performance.now()
  return new Promise((resolve) => {
    const { hostname, port, pathname, search } = upstream
    const options = {
      hostname: hostname.replace(/^\[|\]$/g, ''),
      port,
      method: 'POST',
      path: pathname + search,
      agent,
    } as const
    const outgoing = send(
      { ...options, headers: { ...headers, 'content-length': body.length } },
      (incoming) => {
        const headersMs = performance.now() - began
        const chunks: Uint8Array[] = []
        incoming.on('data', (chunk: Uint8Array) => chunks.push(chunk))
        incoming.on('error', (error) =>
          resolve({
            response: { ...readTransportFailure(error), failure: 'truncated' },
            headersMs,
          }),
        )
        incoming.on('end', () => {
          const response = {
            status: incoming.statusCode ?? 502,
            headers: normaliseHeaders(incoming.headers),
            body: Buffer.concat(chunks),
          }
          resolve({ response, headersMs })
        })
      },
    )
    outgoing.on('error', (error) => resolve({ response: readTransportFailure(error) }))
    outgoing.end(body)
  })
}
