import { HarnessError } from '../message/index.ts'
import {
  type CapturedResponse,
  type CapturedRequest,
  type Exchange,
  parseTarget,
  readCapturedResponse,
  readCapturedRequest,
  type TransportFailure,
} from '../protocol/index.ts'
import { scanExchange, type RequestRedacted, type Redaction } from '../redaction/index.ts'
import { type Journal, type JournalEntry } from '../recording/index.ts'

/** What an exchange is told apart by, and when it was. */
type Moment = Omit<Exchange, 'operation' | 'request' | 'response'>

/** An exchange that has ended and is not redacted yet: secrets and all, in memory alone. */
export interface Ended {
  place: number
  request: CapturedRequest
  /** The request, redacted while its response was awaited. */
  half?: RequestRedacted
  response: CapturedResponse | TransportFailure
  at: Moment
}

/** How long a turn of redaction may take: the process has other work. */
const LONGEST_TURN_MS = 8
/** How long an exchange's end waits for the disk. */
const LONGEST_WAIT_MS = 1000

/** Redacts what has ended and appends it to a journal, a little at a time: the process has other work. */
export interface RedactionQueue {
  /** Takes it at once. Resolves when it is in the journal, or is known not to come there, or after a second of waiting for the disk. */
  add(ended: Ended): Promise<void>
  /** As `add`, without a turn between: for whoever waits for it. */
  addNow(ended: Ended): Promise<void>
  /** Redacts all that waits, now. */
  drain(): void
  /** What redaction or the search for secrets threw: each stands for an exchange that is not written. */
  readonly failures: readonly unknown[]
}

export function createRedactionQueue(redaction: Redaction, journal: Journal): RedactionQueue {
  const waiting: { ended: Ended; settle: () => void }[] = []
  const failures: unknown[] = []
  let turn: NodeJS.Immediate | undefined

  const takeNext = () => {
    const next = waiting.shift()
    if (!next) return
    try {
      void settleInTime(journal.append(redactEnded(next.ended, redaction)), next.settle)
    } catch (error) {
      failures.push(error)
      next.settle()
    }
  }
  const takeTurn = () => {
    turn = undefined
    const until = performance.now() + LONGEST_TURN_MS
    while (waiting.length > 0 && performance.now() < until) takeNext()
    if (waiting.length > 0) turn = setImmediate(takeTurn)
  }

  const takeAll = () => {
    while (waiting.length > 0) takeNext()
  }

  return {
    failures,
    add(ended) {
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.push({ ended, settle: resolve })
      turn ??= setImmediate(takeTurn)
      return promise
    },
    addNow(ended) {
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.push({ ended, settle: resolve })
      takeAll()
      return promise
    },
    drain: takeAll,
  }
}

async function settleInTime(written: Promise<unknown>, settle: () => void): Promise<void> {
  const timer = setTimeout(settle, LONGEST_WAIT_MS)
  timer.unref()
  await written
  clearTimeout(timer)
  settle()
}

/** Throws `secret-found` for what redaction left: our own patterns look once more before anything is written. */
function redactEnded(
  { place, request, half, response, at }: Ended,
  redaction: Redaction,
): JournalEntry {
  const redacted = half ?? redaction.redactRequest(readCapturedRequest(request))
  const exchange = redacted.finish(readAnswered(request, response, at))
  const [leak] = scanExchange(exchange)
  if (leak)
    throw new HarnessError(
      'secret-found',
      `What looks like a secret was still in ${leak.pointer}: ${leak.kind}.`,
    )
  return { place, client: readClient(request.headers, redaction), exchange }
}

function readAnswered(
  { headers }: CapturedRequest,
  response: CapturedResponse | TransportFailure,
  at: Moment,
): Omit<Exchange, 'request'> {
  const operation = parseTarget(headers['x-amz-target'])?.operation ?? 'unknown'
  return {
    operation,
    ...at,
    response: 'failure' in response ? response : readCapturedResponse(response),
  }
}

/** The first product of a `User-Agent`, `aws-cli/1.45.11` for example; redacted as a part of the request, for it is free text. */
function readClient(headers: Record<string, string>, redaction: Redaction): string {
  const product = /^[A-Za-z0-9._+-]{1,40}\/[0-9A-Za-z._+-]{1,40}/.exec(
    headers['user-agent'] ?? '',
  )?.[0]
  return product !== undefined && redaction.redactRequestBody(headers, product) === product
    ? product
    : 'unknown'
}
