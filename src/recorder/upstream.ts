import { randomBytes } from 'node:crypto'

import { formatMessage, HarnessError } from '../message/index.ts'
import { parseBody } from '../protocol/index.ts'
import { containsPseudonym } from '../redaction/index.ts'

/** A service to which requests are passed on. */
export interface Upstream {
  url: URL
  /** Whether it is an endpoint of AWS's own, which checks signatures. */
  isAws: boolean
  /** The region that its name tells. */
  region: string | undefined
}

/** Reads an upstream's URL. Throws `upstream-required` for what is none, `usage` for one with a user or password. */
export function parseUpstream(text: string): Upstream {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new HarnessError(
      'upstream-required',
      `The upstream is ${describeUpstream(text)}; the service's http or https URL is needed.`,
    )
  }
  if (url.username !== '' || url.password !== '') {
    throw new HarnessError(
      'usage',
      `The upstream http URL names a user or a password, which the proxy does not send. Leave them out.`,
    )
  }
  const isAws = AWS_HOST.test(url.hostname)
  if (isAws && url.protocol === 'http:') {
    throw new HarnessError(
      'usage',
      `${url.hostname} takes signed requests over https alone. Write https:// before it.`,
    )
  }
  return { url, isAws, region: isAws ? REGION.exec(url.hostname)?.[1] : undefined }
}

/** What is told of an upstream in recordings: no more than its host, and nothing of one on this machine. */
export function nameUpstream({ url }: Upstream): string {
  return /^(localhost|127\.|\[::1\])/.test(url.hostname) ? 'a service on this machine' : url.host
}

/**
 * AWS's endpoints in every partition, dual-stack ones and VPC endpoints among them, with or without the dot of a full name: aws, aws-cn,
 * aws-us-gov, aws-eusc, and the isolated ones (the suffixes are those of the SDK's partition list of October 2026).
 */
const AWS_HOST =
  /(?:^|\.)(?:amazonaws\.(?:com|com\.cn|eu)|api\.(?:aws|amazonwebservices\.(?:com\.cn|eu)|aws\.ic\.gov|aws\.scloud|cloud-aws\.adc-e\.uk|aws\.hci\.ic\.gov)|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)\.?$/i

const REGION = /(?:^|\.)ecs(?:-fips)?\.([a-z]{2,4}(?:-[a-z]+)+-\d+)\./i

function describeUpstream(text: unknown): string {
  return typeof text === 'string' && !text.includes('@') ? JSON.stringify(text) : 'not a URL'
}

/** The `__type` of the response to a request that is not sent, because it comes from a recording. */
export const PSEUDONYM_REFUSAL = 'PseudonymNotSent'

/**
 * Why a body must not go to a live service: it holds what redaction put in the place of something. `undefined` when it may go. StartTask
 * starts real tasks, and one that was asked for with pseudonyms would run in vain, or elsewhere.
 */
export function refusePseudonyms(body: Uint8Array): string | undefined {
  if (!containsPseudonymAnywhere(body)) return undefined
  return formatMessage({
    summary:
      'This request was not sent: its body holds a pseudonym, which comes from a recording and means nothing to a service.',
    remedy: 'Send the real value in its place, or replay the recording.',
  })
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

/** AWS credentials. */
export interface AwsCredentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
  /** When they end; whoever gave them is asked again before. */
  expiration?: Date
}

/** Credentials for one child, which no service knows: with them it proves that it is the one that this proxy signs for. */
export function makeCallerCredentials(): Required<Omit<AwsCredentials, 'expiration'>> {
  const draw = (bytes: number) => randomBytes(bytes).toString('hex')
  return {
    accessKeyId: `STARTTASK${draw(6).toUpperCase()}`,
    secretAccessKey: draw(20),
    sessionToken: draw(20),
  }
}
