import { ECS_SERVICE } from '../../../contract/index.ts'
import { isHarnessError } from '../../../message/index.ts'
import { isObject, parseBody } from '../../../protocol/index.ts'
import { parseUpstream } from '../../../recorder/index.ts'
import type { SetupCheck } from './check.ts'

const WAIT_MS = 5000
const check = 'upstream'

/** Asks a service that the user has named whether it is there, with one unsigned ListClusters, which changes nothing. Redirects are not followed. */
export async function checkUpstream(upstream: string): Promise<SetupCheck[]> {
  try {
    const { url } = parseUpstream(upstream)
    return [await readResponse(await ask(url), url)]
  } catch (error) {
    if (isHarnessError(error))
      return [
        fail(
          error.message.split('\n', 1)[0] ?? '',
          upstream,
          'name the service by its http or https URL',
        ),
      ]
    return [describeUnreachable(error, upstream)]
  }
}

function ask(url: URL): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `${ECS_SERVICE}.ListClusters`,
    },
    body: '{}',
    signal: AbortSignal.timeout(WAIT_MS),
  })
}

const MOST_BYTES = 1024 * 1024

/** ECS lists clusters, or refuses in AWS JSON what is not signed; so do its likes. */
async function readResponse(response: Response, { host }: URL): Promise<SetupCheck> {
  const text = await readText(response)
  const body = readJson(text)
  const name =
    isObject(body) && typeof body['__type'] === 'string'
      ? body['__type'].replace(/^.*#/, '')
      : undefined
  if (isObject(body) && Array.isArray(body['clusterArns']))
    return { check, status: 'ok', fact: `${host} answers as ECS does` }
  if (name !== undefined)
    return { check, status: 'ok', fact: `${host} is there, and answers in AWS JSON: ${name}` }
  const fact = `${host} answers, with status ${response.status}, and not as ECS does`
  return fail(fact, host, 'name the endpoint of Amazon ECS, or of what stands in for it')
}

async function readText(response: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of response.body ?? []) {
    size += piece.length
    if (size > MOST_BYTES) break
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

function readJson(text: string): unknown {
  try {
    return parseBody(text)
  } catch {
    return undefined
  }
}

function describeUnreachable(error: unknown, place: string): SetupCheck {
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = readCode(reason)
  if (code === 'ECONNREFUSED')
    return fail(
      'nothing listens there: the connection is refused',
      place,
      'start the service, or name its port',
    )
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return fail('its name is not known', place, 'look for a mistyped host or region')
  if (code === 'TimeoutError')
    return fail(
      `no response came in ${WAIT_MS / 1000} seconds`,
      place,
      'look at VPN, proxy and firewall',
    )
  if (/SSL|TLS/.test(code) && /WRONG_VERSION|PACKET/.test(code))
    return fail('it does not speak TLS', place, 'write http:// for it')
  if (/CERT|SIGNATURE|ALTNAME/.test(code)) {
    return fail(
      `its certificate is not trusted (${code})`,
      place,
      'name its authority in NODE_EXTRA_CA_CERTS, and in AWS_CA_BUNDLE for aws-cli',
    )
  }
  return fail(
    `it cannot be reached (${code === 'Error' && reason instanceof Error ? reason.message : code})`,
    place,
    'look whether it runs, and whether http or https is meant',
  )
}

function readCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

function fail(fact: string, place: string, remedy: string): SetupCheck {
  return { check, status: 'fail', fact, place, remedy }
}
