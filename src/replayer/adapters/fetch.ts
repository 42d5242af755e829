import {
  type Accounting,
  carryAccounting,
  createReplayer,
  type Recordings,
  type Replayer,
  type ReplayOptions,
} from '../engine/index.ts'
import {
  buildFetchResponse,
  convertResult,
  readFetchRequest,
  respondSafely,
} from './client-response.ts'

/** A function that is called as `fetch` is, with the accounting of its replayer. */
export interface ReplayFetch extends Accounting {
  (input: string | URL | Request, init?: RequestInit): Promise<Response>
}

/**
 * Creates a `fetch` that responds from recordings, for code that takes its `fetch` from outside. Every request gets a response: one that
 * names no ECS operation meets a miss. A transport failure is `TypeError: fetch failed` with its `cause`; a recorded time-out is one at once.
 */
export function replayFetch(recordings: Recordings, options: ReplayOptions = {}): ReplayFetch {
  return openFetch(createReplayer(recordings, options))
}

/** Creates a {@link replayFetch} over a replayer that other adapters share. */
export function openFetch(replayer: Replayer): ReplayFetch {
  const respond = async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, withDuplex(init))
    const result = await respondSafely(
      readFetchRequest(request),
      (read) => replayer.respond(read),
      request,
    )
    const met = convertResult(result)
    if (!('status' in met)) throw new TypeError('fetch failed', { cause: met.error })
    const wrapError = (cause: Error) => new TypeError('terminated', { cause })
    return locate(buildFetchResponse(met, wrapError), request.url)
  }
  return Object.assign(respond, carryAccounting(replayer))
}

/** Adds `duplex`: without it, the platform refuses a body that is a stream. */
function withDuplex(init: RequestInit = {}): RequestInit {
  return init.body === undefined || init.body === null
    ? init
    : Object.assign({ duplex: 'half' }, init)
}

/** Sets `url`, which is empty in a response that did not come over a network. */
function locate(response: Response, url: string): Response {
  return Object.defineProperty(response, 'url', { value: url.replace(/#.*$/s, '') })
}
