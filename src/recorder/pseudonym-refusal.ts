import { parseBody } from '../protocol/index.ts'
import { containsPseudonym } from '../redaction/index.ts'

/** The `__type` of the response to a request that is not sent, because it comes from a recording. */
export const PSEUDONYM_REFUSAL = 'PseudonymNotSent'

/**
 * Why a body must not go to a live service: it holds what redaction put in the place of something. `undefined` when it may go. StartTask
 * starts real tasks, and one that was asked for with pseudonyms would run in vain, or elsewhere.
 */
export function refusePseudonyms(body: Uint8Array): string | undefined {
  if (!containsPseudonymAnywhere(body)) return undefined
  return [
    'This request was not sent: its body holds a pseudonym, which comes from a recording and means nothing to a service.',
    '  remedy     send the real value in its place, or replay the recording',
  ].join('\n')
}

/** In the text, and in what it says once its JSON is read: `\u0028redacted)` is one too. */
function containsPseudonymAnywhere(body: Uint8Array): boolean {
  const text = Buffer.from(body).toString('utf8')
  return containsPseudonym(text) || (text.includes('\\') && containsPseudonym(readAgain(text)))
}

function readAgain(text: string): string {
  try {
    return JSON.stringify(parseBody(text)) ?? ''
  } catch {
    return ''
  }
}
