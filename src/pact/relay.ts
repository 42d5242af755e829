/** Stands between Pact's verifier and a service that wants signed requests. */
import { type Listener, startListener } from '../listener/index.ts'
import { describeReason } from '../message/index.ts'
import { buildErrorResponse, MAX_BODY_BYTES } from '../protocol/index.ts'
import { parseUpstream } from '../recorder/index.ts'
import { createSigner } from '../recorder/signing.ts'

/** Headers that belong to the connection, or that the signature makes anew. */
const OF_CONNECTION = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'keep-alive',
  'expect',
])

/** Starts it. Throws `upstream-required` or `usage` for what is no URL of a service, `credentials-missing`. */
export async function startRelay(
  upstream: string,
  { region }: { region?: string },
): Promise<Listener> {
  const { url, region: told } = parseUpstream(upstream)
  const signer = await createSigner(url, told, region === undefined ? {} : { region })
  return startListener({
    maxBodyBytes: MAX_BODY_BYTES,
    refuse: (status, name, message) => buildErrorResponse(status, { name, message }, making()),
    async respond({ method, url: path, headers, body }) {
      const kept = Object.fromEntries(
        Object.entries(headers).filter(([name]) => !OF_CONNECTION.has(name)),
      )
      const signed = await signer.sign({ headers: kept, body })
      const { host: _, ...sent } = signed
      try {
        const content = body.length > 0 ? { body: new Uint8Array(body) } : {}
        const response = await fetch(new URL(path, url), {
          method,
          headers: sent,
          redirect: 'manual',
          ...content,
        })
        const contentType = response.headers.get('content-type')
        const requestId = response.headers.get('x-amzn-requestid')
        return {
          status: response.status,
          headers: {
            ...(contentType === null ? {} : { 'content-type': contentType }),
            ...(requestId === null ? {} : { 'x-amzn-requestid': requestId }),
          },
          body: new Uint8Array(await response.arrayBuffer()),
        }
      } catch (error) {
        const cause = describeReason(error instanceof Error ? (error.cause ?? error) : error)
        return buildErrorResponse(
          502,
          { name: 'UpstreamUnreachable', message: `${url.origin} cannot be reached: ${cause}` },
          making(),
        )
      }
    },
  })
}

function making(): { now: number; requestId: string } {
  return { now: Date.now(), requestId: crypto.randomUUID() }
}
