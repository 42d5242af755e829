import {
  createHash,
  createHmac,
  createSecretKey,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto'

import { SignatureV4 } from '@smithy/signature-v4'

import { describeReason, HarnessError } from '../message/index.ts'
import type { AwsCredentials } from './upstream.ts'
import type { CapturedRequest } from '../protocol/index.ts'

/** How requests are signed for their upstream. */
export interface SigningOptions {
  /** The region; otherwise the upstream's name tells it, then the client's own signature, then `AWS_REGION` and `AWS_DEFAULT_REGION`. */
  region?: string
  /** Credentials, or what gives them; otherwise the default chain of the AWS SDK: environment, profiles, SSO, web identity, metadata. */
  credentials?: AwsCredentials | (() => Promise<AwsCredentials>)
}

/** Signs requests for one upstream. */
export interface Signer {
  /** The request's headers, signed anew. Throws `credentials-missing`, and `usage` when nothing tells the region. */
  sign(request: CapturedRequest): Promise<Record<string, string>>
}

/** What belongs to the signature that the client made, for this proxy and not for the service. */
const OF_SIGNATURE = new Set([
  'authorization',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-content-sha256',
  'date',
])

/**
 * Creates a signer and asks at once for credentials, so that a missing one is told before the first request. Throws `credentials-missing`.
 */
export async function createSigner(
  url: URL,
  told: string | undefined,
  { region, credentials }: SigningOptions,
): Promise<Signer> {
  const provide = await chooseProvider(credentials)
  await provide()
  const signers = new Map<string, SignatureV4>()
  const chooseSigner = (chosen: string) => {
    const signer =
      signers.get(chosen) ??
      new SignatureV4({ service: 'ecs', region: chosen, credentials: provide, sha256: Sha256 })
    if (signers.size < MOST_REGIONS) signers.set(chosen, signer)
    return signer
  }
  return {
    async sign({ headers, body }) {
      const chosen =
        region ??
        told ??
        readScope(headers)?.region ??
        process.env['AWS_REGION'] ??
        process.env['AWS_DEFAULT_REGION']
      if (!chosen)
        throw new HarnessError(
          'usage',
          'Nothing tells the region to sign for. Name it with --region, or set AWS_REGION.',
        )
      const kept = Object.entries(headers).filter(([name]) => !OF_SIGNATURE.has(name))
      const signed = await chooseSigner(chosen).sign(
        describeRequest({ ...Object.fromEntries(kept), host: url.host }, body, url.pathname),
      )
      return signed.headers
    },
  }
}

/** More than AWS has: a client that names others is not remembered. */
const MOST_REGIONS = 100

async function chooseProvider(
  credentials: SigningOptions['credentials'],
): Promise<() => Promise<AwsCredentials>> {
  if (typeof credentials === 'function') return credentials
  if (credentials) return () => Promise.resolve(credentials)
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node')
  const chain = defaultProvider() // remembers them until they end
  return async () => {
    try {
      return await chain()
    } catch (error) {
      throw new HarnessError(
        'credentials-missing',
        `No credentials to sign requests to AWS with: ${describeReason(error)}`,
        {
          remedy:
            'Log in (`aws sso login`), name a profile with AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
          cause: error,
        },
      )
    }
  }
}

function describeRequest(headers: Record<string, string>, body: Uint8Array, path = '/') {
  return {
    method: 'POST',
    protocol: 'https:',
    hostname: headers['host'] ?? '',
    path,
    query: {},
    headers,
    body,
  }
}

/** Why a request is not signed with these credentials, or `undefined` when it is. */
export async function refuseCaller(
  request: CapturedRequest,
  caller: AwsCredentials,
): Promise<string | undefined> {
  const scope = readScope(request.headers)
  const date = readDate(request.headers['x-amz-date'])
  if (!scope || !date) return 'it carries no AWS signature'
  if (Math.abs(Date.now() - date.getTime()) > LONGEST_VALID_MS) return 'its signature is too old'
  if (
    scope.accessKeyId !== caller.accessKeyId ||
    request.headers['x-amz-security-token'] !== caller.sessionToken
  )
    return 'it is signed with other credentials'
  const told = request.headers['x-amz-content-sha256']
  if (told !== undefined && told !== createHash('sha256').update(request.body).digest('hex'))
    return 'its body is not the one that was signed'
  const names = scope.signedHeaders.filter((name) => Object.hasOwn(request.headers, name))
  const headers = Object.fromEntries(names.map((name) => [name, request.headers[name] ?? '']))
  const { sessionToken: _, ...permanent } = caller // the token is among the headers, if it was signed
  const signer = new SignatureV4({
    service: scope.service,
    region: scope.region,
    credentials: permanent,
    sha256: Sha256,
    applyChecksum: false,
  })
  const again = await signer.sign(describeRequest(headers, request.body), {
    signingDate: date,
    signableHeaders: new Set(names),
  })
  const signature = readScope(again.headers)?.signature ?? ''
  return isEqual(signature, scope.signature) ? undefined : 'its signature is not right'
}

/** As AWS has it: a quarter of an hour. */
const LONGEST_VALID_MS = 15 * 60 * 1000

/** What a signature says of itself. */
interface Scope {
  accessKeyId: string
  region: string
  service: string
  signedHeaders: string[]
  signature: string
}

function readScope(headers: Record<string, string>): Scope | undefined {
  const parts =
    /^AWS4-HMAC-SHA256 +Credential=([^/,\s]+)\/\d{8}\/([a-z0-9-]{1,40})\/([a-z0-9-]{1,40})\/aws4_request, *SignedHeaders=([^,\s]+), *Signature=([0-9a-f]{64})$/i.exec(
      headers['authorization'] ?? '',
    )
  const [, accessKeyId, region, service, signedHeaders, signature] = parts ?? []
  if (!accessKeyId || !region || !service || !signedHeaders || !signature) return undefined
  return {
    accessKeyId,
    region,
    service,
    signedHeaders: signedHeaders.toLowerCase().split(';'),
    signature,
  }
}

function readDate(text: string | undefined): Date | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text ?? '')
  if (!parts) return undefined
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map(Number)
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second))
}

function isEqual(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}

/** SHA-256, keyed or not, as the signer asks for it. */
class Sha256 {
  readonly #hash

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined ? createHash('sha256') : createHmac('sha256', prepareKey(secret))
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(toBytes(data))
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()))
  }
}

/** The signer gives the same secret again and again; from bytes Node.js takes six times as long as from a key that is prepared. */
const prepared = new WeakMap<object, KeyObject>()

function prepareKey(secret: string | ArrayBuffer | ArrayBufferView): KeyObject | string {
  if (typeof secret === 'string') return secret
  const key = prepared.get(secret) ?? createSecretKey(toBytes(secret))
  prepared.set(secret, key)
  return key
}

function toBytes(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data)
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data)
}
