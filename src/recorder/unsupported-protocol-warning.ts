import { formatMessage } from '../message/index.ts'
import { namesEcsOtherwise } from '../contract/index.ts'
import { describeUnsupportedProtocol, readUnsupportedProtocol } from '../protocol/index.ts'

/** What tells of a request, without its body, that it is for ECS in a protocol that is not recorded. */
export interface Seen {
  url: string
  headers: Record<string, string>
}

/**
 * Gives the function that warns, once, of a request to ECS that goes by unrecorded because it speaks another protocol than AWS JSON. A recorder
 * in the caller's process watches: it refuses nothing.
 */
export function createUnsupportedProtocolWarning(): (seen: Seen) => void {
  let isWarned = false
  return ({ url, headers }) => {
    if (
      isWarned ||
      headers['x-amz-target'] !== undefined ||
      !namesEcsOtherwise(url, headers['authorization'])
    )
      return
    isWarned = true
    const foreign = readUnsupportedProtocol({ method: 'POST', url, headers, body: '' }) ?? {
      name: 'Query',
      operation: undefined,
      form: 'xml',
    }
    const { fact, remedy } = describeUnsupportedProtocol(foreign, 'recorded')
    process.emitWarning(formatMessage({ summary: fact, remedy }), {
      type: 'StartTaskProtocolWarning',
      code: 'STARTTASK_PROTOCOL_NOT_RECORDED',
    })
  }
}
