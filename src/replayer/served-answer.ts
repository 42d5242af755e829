import { buildAnswer, isTransportFailure, type RecordedAnswer, type TransportFailure, type WireResponse } from '../protocol/index.ts'

/** Headers that a served answer takes from the recording; all others are made for it now. */
const SERVED_HEADERS = ['x-amzn-errortype', 'retry-after', 'x-amz-retry-after']

/** A recorded answer as it is served: its body and status as recorded, its headers rebuilt. */
export function serveAnswer(
  answer: RecordedAnswer | TransportFailure,
  making: { now: number; requestId: string },
): WireResponse | TransportFailure {
  if (isTransportFailure(answer)) return answer
  const contentType = answer.headers['content-type']
  const built = buildAnswer(answer.status, readBodyText(answer), contentType === undefined ? making : { ...making, contentType })
  for (const name of SERVED_HEADERS) {
    const value = answer.headers[name]
    if (value !== undefined) built.headers[name] = value
  }
  return answer.bodyBase64 === undefined ? built : replaceBody(built, Buffer.from(answer.bodyBase64, 'base64'))
}

function readBodyText(answer: RecordedAnswer): string {
  if (answer.bodyText !== undefined) return answer.bodyText
  return answer.body === null || answer.body === undefined ? '' : JSON.stringify(answer.body)
}

function replaceBody(built: WireResponse, body: Uint8Array): WireResponse {
  return { ...built, headers: { ...built.headers, 'content-length': String(body.length) }, body }
}
