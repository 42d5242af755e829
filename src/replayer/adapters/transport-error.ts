import type { TransportFailure } from '../../protocol/index.ts'

/** The error that a client of Node.js meets where a transport failure was recorded, with the code that was recorded, else the usual one. */
export function createTransportError({
  failure,
  code,
}: TransportFailure): Error & { code: string } {
  const usual = USUAL[failure]
  return Object.assign(new Error(`${usual.message} (replayed: a recorded transport failure)`), {
    code: code ?? usual.code,
  })
}

const USUAL: Record<TransportFailure['failure'], { code: string; message: string }> = {
  refused: { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' },
  reset: { code: 'ECONNRESET', message: 'read ECONNRESET' },
  timeout: { code: 'ETIMEDOUT', message: 'connect ETIMEDOUT' },
  truncated: { code: 'ECONNRESET', message: 'aborted' },
  other: { code: 'ECONNRESET', message: 'socket hang up' },
}
