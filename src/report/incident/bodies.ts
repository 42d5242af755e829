import { cutText } from '../../message/index.ts'
import {
  buildCode,
  buildElement,
  buildFold,
  formatBody,
  type Html,
  measure,
} from '../../page/index.ts'
import type { RecordedRequest } from '../../protocol/index.ts'
import type { AttemptEvent, Invocation } from '../../incident/index.ts'

const MOST_BYTES = 1_200_000
/** A body that is longer is cut; a request may have 4 MiB. */
const MOST_BODY = 16_000
const MOST_RESPONSES = 12

/** Bodies of invocations, for as long as there is room. */
export interface Bodies {
  /** The bodies behind one name; `undefined` where there is no room for them, and for all that come after. */
  take(invocation: Invocation): Html | undefined
  /** Of how many there was room. */
  readonly taken: number
}

export function fitBodies(numbers: ReadonlyMap<unknown, number>): Bodies {
  let [bytes, taken] = [0, 0]
  return {
    take(invocation) {
      if (bytes > MOST_BYTES) return undefined
      const built = buildBodies(invocation, numbers)
      bytes += measure(built)
      if (bytes > MOST_BYTES) return undefined
      taken += 1
      return built
    },
    get taken() {
      return taken
    },
  }
}

/** The request once, and each response with the attempts that got it. */
function buildBodies({ attempts }: Invocation, numbers: ReadonlyMap<unknown, number>): Html {
  const [first] = attempts
  const responses = Map.groupBy(attempts, formatResponse)
  return buildFold(
    { summary: 'Bodies' },
    buildElement(
      'p',
      { class: 'note' },
      `Request of #${numbers.get(first) ?? 0}, exchange ${first?.number ?? 0} of ${cutText(first?.recording ?? '', 300)}`,
    ),
    buildCode(first ? formatContent(first.exchange.request) : 'nothing'),
    [...responses].slice(0, MOST_RESPONSES).map(([response, those]) => [
      buildElement(
        'p',
        { class: 'note' },
        `Response to ${those
          .slice(0, MOST_RESPONSES)
          .map((attempt) => `#${numbers.get(attempt) ?? 0}`)
          .join(', ')}${those.length > MOST_RESPONSES ? ' and more' : ''}`,
      ),
      buildCode(response),
    ]),
  )
}

/** A response with its status; a failure by its kind. */
function formatResponse({ exchange: { response }, summary }: AttemptEvent): string {
  return 'failure' in response ? summary : `HTTP ${response.status}\n${formatContent(response)}`
}

/** The body of a request or of a response. */
export function formatContent({ body, bodyText, bodyBase64 }: RecordedRequest): string {
  if (bodyBase64 !== undefined) return cutBody(`(bytes that are no text, in base64)\n${bodyBase64}`)
  return cutBody(formatBody(bodyText ?? body))
}

/** A body of which a part is shown says so. */
function cutBody(text: string): string {
  return text.length <= MOST_BODY
    ? text
    : `${cutText(text, MOST_BODY)}\n(cut: ${MOST_BODY} of ${text.length} characters; the rest is in the recording)`
}
