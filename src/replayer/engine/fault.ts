import type { TransportFailure, WireResponse } from '../../protocol/index.ts'

/** What goes wrong, and when. Faults lie over recordings: which requests are answered at all stays as it is. */
export interface Fault {
  /** Which invocations meet it: the n-th of a session, from 1, or a share of them, above 0 and up to 1. */
  on: number | { share: number }
  /**
   * A name of the catalogue (contracts/start-task/errors.json): an error, as `ThrottlingException` or `ServerException`; what comes instead of AWS
   * JSON, as `reset` or `html-502`; or what befalls the recorded response: `slow`, `wrong-content-type`, `clock-skew`.
   */
  fault: string
  /** Another seed lets a share fall on other invocations; 1 unless it is given. */
  seed?: number
  /** How many attempts of an invocation meet it, as far as the client tells them by `amz-sdk-invocation-id`; all unless it is given. */
  attempts?: number
  /** The HTTP status of an error that is known with more than one; otherwise the first of them. */
  status?: number
  /** Milliseconds: how much later a `slow` response comes, or how far ahead (negative: behind) the `Date` of `clock-skew` is. */
  ms?: number
}

/** What befalls one attempt. */
export interface MetFault {
  /** What is answered instead of the recording, which keeps its turn; `undefined` where the recorded response is given. */
  instead: ((now: number) => WireResponse | TransportFailure) | undefined
  delayMs: number
  /** Changes the recorded response. */
  spoil(response: WireResponse, now: number): WireResponse
}

/** A fault with what it does. */
export interface FaultRule {
  index: number
  fault: Fault
  met: MetFault
}
