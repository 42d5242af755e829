import { parseBody, type WireResponse } from '../protocol/index.ts'
import { holdsStandIn } from '../recording/index.ts'
import type { EcsRequest } from './ecs-request.ts'
import { refuse } from './gate.ts'

/**
 * Why a request must not go to the live service, as the answer that its client gets instead: it goes elsewhere than to the upstream that was
 * named, or holds what redaction put in the place of something, and so comes from a recording. `undefined` when it may go.
 */
export function refuseLive(request: EcsRequest, upstream: string): WireResponse | undefined {
  if (request.origin !== upstream) {
    return refuse(
      'UpstreamNotNamed',
      [
        'This request was not sent: it goes to another service than the one that was named.',
        `  place      it goes to ${request.origin}, the upstream is ${upstream}`,
        `  remedy     name it: STARTTASK_UPSTREAM=${request.origin}, or give the client the endpoint ${upstream}`,
      ].join('\n'),
    )
  }
  if (!holdsStandInAnywhere(request.body)) return undefined
  return refuse(
    'StandInNotSent',
    [
      'This request was not sent: its body holds a stand-in, which comes from a recording and means nothing to a service.',
      '  remedy     send the real value in its place, or use the mode replay',
    ].join('\n'),
  )
}

/** In the text, and in what it says once its JSON is read: `\u0028redacted)` is one too. */
function holdsStandInAnywhere(body: Uint8Array): boolean {
  const text = Buffer.from(body).toString('utf8')
  return holdsStandIn(text) || (text.includes('\\') && holdsStandIn(readAgain(text)))
}

function readAgain(text: string): string {
  try {
    return JSON.stringify(parseBody(text)) ?? ''
  } catch {
    return ''
  }
}
