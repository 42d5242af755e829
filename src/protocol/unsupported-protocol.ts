import { readErrorIdentity } from './response.ts'
import { parseKnown, readBodyText } from './json.ts'
import type { WireRequest, WireResponse } from './wire.ts'

/**
 * A protocol of AWS clients other than AWS JSON 1.1: the old Query protocol (forms, XML responses), or Smithy's RPC v2 (CBOR or JSON, the operation
 * in the path). They are neither recorded nor replayed; they are recognized so that the client gets an error in a form that it reads.
 */
export interface UnsupportedProtocol {
  /** `Query`, `RPC v2 CBOR`, or what the client called it. */
  name: string
  /** The operation that the request names, if it names one. */
  operation: string | undefined
  /** The form of errors that the client reads. */
  form: 'xml' | 'query-json' | 'cbor' | 'json'
}

/** Returns the unsupported protocol of a request; `undefined` for a request that has an `X-Amz-Target`, and for an unknown protocol. */
export function readUnsupportedProtocol({
  headers,
  url,
  body,
}: WireRequest): UnsupportedProtocol | undefined {
  if (headers['x-amz-target'] !== undefined) return undefined
  return readRpc(headers, url) ?? readQuery(headers, url, body)
}

/** Reports whether a text starts like the form of a Query request. */
export function looksLikeQuery(text: string): boolean {
  return /^\s*(?:[A-Za-z0-9.]+=[^&\s]*&)*Action=[A-Za-z]+(?:&|\s|$)/.test(text.slice(0, MOST_READ))
}

/** Describes a request in an unsupported protocol. `what` is done only with AWS JSON: `recorded`, `replayed`. */
export function describeUnsupportedProtocol(
  { name, operation }: UnsupportedProtocol,
  what: string,
): { fact: string; remedy: string } {
  const named = operation === undefined ? '' : ` for ${operation}`
  return {
    fact: `This request${named} speaks the ${name} protocol, which is not ${what}: AWS JSON 1.1 alone is.`,
    remedy:
      'let the client speak AWS JSON 1.1 with X-Amz-Target, as SDK v2 and v3, boto3 and aws-cli do for ECS unless they are told otherwise',
  }
}

/** Translates an AWS JSON error response into the form that a client of the unsupported protocol reads. */
export function translateError(
  response: WireResponse,
  { form }: UnsupportedProtocol,
): WireResponse {
  const { name, message } = readErrorIdentity(
    response.headers,
    parseKnown(readBodyText(response.body)),
  ) ?? {
    name: 'UnknownError',
    message: '',
  }
  const requestId = response.headers['x-amzn-requestid'] ?? 'none'
  switch (form) {
    case 'json':
      return response
    case 'query-json':
      return setBody(
        response,
        'application/json',
        JSON.stringify({
          RequestId: requestId,
          Error: { Code: name, Message: message, Type: 'Sender' },
        }),
      )
    case 'xml':
      return setBody(response, 'text/xml', formatXmlError({ name, message, requestId }))
    case 'cbor':
      return setBody(
        { ...response, headers: { ...response.headers, 'smithy-protocol': 'rpc-v2-cbor' } },
        'application/cbor',
        encodeCborTexts({ __type: name, message }),
      )
  }
}

/** In the forms of all known clients, `Action` is one of the first members. */
const MOST_READ = 4096

function readRpc(headers: Record<string, string>, url: string): UnsupportedProtocol | undefined {
  const path = /\/service\/[A-Za-z0-9_.]{1,128}\/operation\/([A-Za-z0-9_]{1,128})(?:\?|$)/.exec(url)
  const named = /^rpc-v2-([a-z]{1,16})$/.exec(headers['smithy-protocol'] ?? '')?.[1]
  const isCbor =
    named === 'cbor' || /^application\/(?:x-amz-)?cbor/i.test(headers['content-type'] ?? '')
  if (!path && named === undefined && !isCbor) return undefined
  return {
    name: `RPC v2 ${isCbor ? 'CBOR' : (named ?? 'JSON').toUpperCase()}`,
    operation: path?.[1],
    form: isCbor ? 'cbor' : 'json',
  }
}

function readQuery(
  headers: Record<string, string>,
  url: string,
  body: WireRequest['body'],
): UnsupportedProtocol | undefined {
  const start =
    typeof body === 'string'
      ? body.slice(0, MOST_READ)
      : Buffer.from(body.subarray(0, MOST_READ)).toString('latin1')
  const form = [url.split('?')[1] ?? '', start].find(looksLikeQuery)
  if (form === undefined) return undefined
  const members = new URLSearchParams(form)
  const isJsonWanted =
    members.get('ContentType')?.toUpperCase() === 'JSON' || /json/i.test(headers['accept'] ?? '')
  return {
    name: 'Query',
    operation: members.get('Action')?.trim() ?? undefined,
    form: isJsonWanted ? 'query-json' : 'xml',
  }
}

function setBody(
  response: WireResponse,
  contentType: string,
  body: string | Uint8Array,
): WireResponse {
  const headers = {
    ...response.headers,
    'content-type': contentType,
    'content-length': String(Buffer.byteLength(body)),
  }
  return { ...response, headers, body }
}

function formatXmlError({
  name,
  message,
  requestId,
}: {
  name: string
  message: string
  requestId: string
}): string {
  const [code, text, id] = [name, message, requestId].map(escapeXml)
  return `<?xml version="1.0"?>\n<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${text}</Message></Error><RequestId>${id}</RequestId></ErrorResponse>\n`
}

function escapeXml(text: string): string {
  return text
    .replaceAll(/(?![\t\n\r])\p{Cc}/gu, '?') // XML 1.0 has no way to write them
    .replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** Encodes a CBOR map (RFC 8949) of texts to texts. */
function encodeCborTexts(members: Readonly<Record<string, string>>): Uint8Array {
  const entries = Object.entries(members)
  return Buffer.concat([
    Buffer.from([0xa0 + entries.length]),
    ...entries.flat().map(encodeCborText),
  ])
}

function encodeCborText(text: string): Uint8Array {
  const bytes = Buffer.from(text)
  const head = Buffer.alloc(5)
  head[0] = 0x7a // a text whose length has four bytes
  head.writeUInt32BE(bytes.length, 1)
  return Buffer.concat([head, bytes])
}
