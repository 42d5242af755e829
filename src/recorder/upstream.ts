import { HarnessError } from '../message/index.ts'

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
