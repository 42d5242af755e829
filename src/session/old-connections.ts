import { closeOldConnections } from '../replayer/adapters/index.ts'
import { namesEcs } from './ecs-request.ts'

/** Closes connections from before a session on which a request to ECS is about to be written. Gives the function that ends it. */
export function closeOldEcsConnections(): () => void {
  return closeOldConnections(isForEcs, TOO_OLD)
}

const TOO_OLD =
  'This request was not sent: its connection is older than the session, which cannot answer there. Send it again, or begin the session first.'

/** Its headers are the text that is about to be written. */
function isForEcs({ headers, request }: Record<string, unknown>): boolean {
  const origin =
    typeof request === 'object' && request !== null && 'origin' in request
      ? String(request.origin)
      : ''
  return namesEcs(String(headers), URL.canParse(origin) ? new URL(origin).hostname : '')
}
