import {
  describeUnsupportedProtocol,
  readUnsupportedProtocol,
  translateError,
  type WireResponse,
} from '../protocol/index.ts'
import { refusePseudonyms, PSEUDONYM_REFUSAL } from '../recorder/index.ts'
import type { EcsRequest } from './ecs-request.ts'
import { refuse } from './gate.ts'

/**
 * Why a request must not go to the live service, as the response that its client gets instead: it goes elsewhere than to the upstream that was
 * named, speaks a protocol that is not recorded, or holds what redaction put in the place of something, and so comes from a recording. `undefined` when it may go.
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
  const foreign = readUnsupportedProtocol(request)
  if (foreign) {
    const { fact, remedy } = describeUnsupportedProtocol(foreign, 'recorded')
    return translateError(
      refuse('ProtocolNotRecorded', `${fact} It was not sent.\n  remedy     ${remedy}`),
      foreign,
    )
  }
  const reason = refusePseudonyms(request.body)
  return reason === undefined ? undefined : refuse(PSEUDONYM_REFUSAL, reason)
}
