import { findDifferences, identifyRequest } from '../../../matching/index.ts'
import { type Exchange, isTransportFailure } from '../../../protocol/index.ts'
import type { Inspected } from '../../../report/index.ts'

/** Where two exchanges differ, the second read as what came after the first. */
export interface ExchangeDiff {
  one: { file: string; exchange: number }
  other: { file: string; exchange: number }
  /** Whether a replayer takes their requests for the same, under no rules of a team. */
  isSameRequest: boolean
  /** `missing` is in the first alone, `added` in the second alone. */
  differences: {
    pointer: string
    kind: 'changed' | 'missing' | 'added'
    one?: unknown
    other?: unknown
  }[]
}

/** Compares what was asked and what came back; times and numbers of attempts are nobody's doing. */
export function compareExchanges(one: Inspected, other: Inspected): ExchangeDiff {
  return {
    one: { file: one.from.file, exchange: one.number },
    other: { file: other.from.file, exchange: other.number },
    isSameRequest: identify(one.exchange) === identify(other.exchange),
    differences: findDifferences(describe(one.exchange), describe(other.exchange)).map(
      ({ pointer, kind, recorded, sent }) => ({
        pointer,
        kind,
        ...(recorded === undefined ? {} : { one: recorded }),
        ...(sent === undefined ? {} : { other: sent }),
      }),
    ),
  }
}

function describe({ operation, request, response }: Exchange): object {
  return {
    operation,
    request: { ...request },
    response: isTransportFailure(response) ? { ...response } : { ...response },
  }
}

function identify({ operation, request: { body, bodyText, bodyBase64 } }: Exchange): string {
  const { key } = identifyRequest(operation, body ?? bodyText ?? bodyBase64 ?? {})
  return `${operation} ${key}`
}
