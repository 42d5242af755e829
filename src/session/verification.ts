import { ECS_SERVICE } from '../contract/index.ts'
import { parseTarget, type TransportFailure, type WireResponse } from '../protocol/index.ts'
import type { OpenExchange } from '../recorder/index.ts'
import type { ExchangePlace } from '../replayer/engine/index.ts'
import { type ResponseDifference, compareResponses } from './response-difference.ts'
import type { EcsRequest } from './ecs-requests.ts'
import type { Recorded } from './recorded.ts'

/** A difference between a live response and the recorded one, with where that one is. */
export interface LiveDifference extends ExchangePlace, ResponseDifference {}

/** Compares live responses with recorded ones. */
export interface Verification {
  /** Looks up the recorded response of a request that is about to be sent; tells whether there is none. */
  expect(request: EcsRequest): Promise<{ isMissed: boolean }>
  /** An exchange with the service: its end is compared with what was expected. */
  begin(headers: Record<string, string>): OpenExchange
  readonly differences: readonly LiveDifference[]
  /** How many live responses were compared. */
  readonly compared: number
}

interface Expected {
  response: WireResponse | TransportFailure
  place: ExchangePlace
}

export function createVerification(recorded: Recorded): Verification {
  const expected = new Map<string, Expected[]>()
  const differences: LiveDifference[] = []
  let compared = 0
  return {
    differences,
    get compared() {
      return compared
    },
    async expect(request) {
      const { place, response: answering } = recorded.decide(request)
      const response = await answering
      if (!place) return { isMissed: true }
      const key = identify(request.target, request.body)
      expected.set(key, [...(expected.get(key) ?? []), { response, place }])
      return { isMissed: false }
    },
    begin(headers) {
      const target = headers['x-amz-target'] ?? ''
      let isEnded = false // it may be told twice: once more when the process ends
      return {
        finish(body, live) {
          if (isEnded) return Promise.resolve()
          isEnded = true
          const next = expected.get(identify(target, body))?.shift()
          if (!next) return Promise.resolve()
          compared += 1
          const found = compareResponses(readOperationName(target), next.response, live)
          differences.push(...found.map((difference) => ({ ...next.place, ...difference })))
          return Promise.resolve()
        },
        drop() {},
      }
    },
  }
}

/** Byte by byte: the same request of the same client. Which of two equal ones in flight a response belongs to does not matter. */
function identify(target: string, body: Uint8Array): string {
  return `${target} ${Buffer.from(body).toString('latin1')}`
}

function readOperationName(target: string): string {
  const read = parseTarget(target)
  return read?.service === ECS_SERVICE ? read.operation : ''
}
