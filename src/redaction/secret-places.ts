import { isSecretName } from './secret-patterns.ts'

/** The headers that a recording keeps; every other one is left out, credentials and signatures among them. */
export const KEPT_HEADERS: ReadonlySet<string> = new Set([
  'content-type',
  'x-amz-target',
  'x-amzn-requestid',
  'x-amzn-errortype',
  'retry-after',
  'x-amz-retry-after',
])

/** Where a value stands, as far as that makes it a secret. */
export type Place = 'anywhere' | 'environment' | 'secret'

/** `environment` holds `{ name, value }`; whoever sends it in another form, as a map for example, has secrets in it all the same. */
export function placeMember(name: string, place: Place, member: unknown): Place {
  if (place === 'environment') return name.toLowerCase() === 'name' ? 'anywhere' : 'environment'
  if (name.toLowerCase() === 'environment') return 'environment'
  return typeof member !== 'object' && isSecretName(name) ? 'secret' : 'anywhere'
}
