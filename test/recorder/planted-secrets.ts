/** A secret or an id that must not come into a recording. */
export interface Planted {
  kind: string
  value: string
}

const HEX = '9c41e7d05ab3f6281d7e0c94b2a85f63'
const join = (...parts: string[]) => parts.join('')
const jwt = (payload: object, tail: string) =>
  [{ alg: 'HS256', typ: 'JWT' }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.') + `.${tail}`

/** Forty of fifteen kinds. Put together from pieces, so that no scanner takes this file for a leak. */
export const PLANTED = {
  keyInStartedBy: { kind: 'access key id', value: join('AK', 'IA', 'W5PLANTED0STARTD') },
  keyInError: { kind: 'access key id', value: join('AS', 'IA', 'W5PLANTED0ERRORX') },
  roleId: { kind: 'access key id', value: join('AR', 'OA', 'W5PLANTED0ROLEID') },
  secretKey: { kind: 'secret access key', value: 'pLantedA1b2C3d4/E5f6+G7h8I9j0K1l2M3n4O5p' },
  secretKeyInCommand: {
    kind: 'secret access key',
    value: 'qLantedZ9y8X7w6/V5u4+T3s2R1q0P9o8N7m6L5k',
  },
  token: { kind: 'session token', value: join('IQoJ', 'b3JpZ2lu', 'X2VjEPLANTED/'.repeat(8)) },
  tokenInResponse: {
    kind: 'session token',
    value: join('FwoG', 'ZXIvYXdz', 'EBYaPLANTED+'.repeat(8)),
  },
  signature: { kind: 'signature', value: HEX + HEX },
  signatureInError: { kind: 'signature', value: `e0${HEX}${HEX.slice(2)}` },
  presignedSignature: { kind: 'presigned URL', value: `f1${HEX}${HEX.slice(2)}` },
  presignedToken: { kind: 'presigned URL', value: 'presignedPLANTEDtoken0123456789' },
  azureSignature: { kind: 'presigned URL', value: 'azPLANTEDsig%2Fkk%2B81%3D' },
  jwtInCommand: {
    kind: 'web token',
    value: jwt({ sub: 'planted-1' }, 'dozjgNryP4J3jVmNHl0w5Nplanted'),
  },
  jwtInResponse: {
    kind: 'web token',
    value: jwt({ sub: 'planted-2' }, 'XbPfbIHMI6arZ3Y922BhjWgplanted'),
  },
  postgres: { kind: 'connection string', value: 'plantedPg-7f3Q' },
  mongo: { kind: 'connection string', value: 'plantedMongo-8g4R' },
  redis: { kind: 'connection string', value: 'plantedRedis-9h5S' },
  jdbc: { kind: 'connection string', value: 'plantedJdbc-1j6T' },
  ado: { kind: 'connection string', value: 'plantedAdo-2k7U' },
  flagPassword: { kind: 'command line', value: 'plantedFlag-3m8V' },
  flagToken: { kind: 'command line', value: 'plantedTokenFlag-4n9W' },
  flagInShell: { kind: 'command line', value: 'plantedShell-5p1X' },
  basicUser: { kind: 'command line', value: 'plantedCurl-6q2Y' },
  privateKey: { kind: 'private key', value: 'MIIEplantedKeyBody0123456789abcdefghijklmnop' },
  privateKeyInResponse: {
    kind: 'private key',
    value: 'b3BlbnNzaPlantedKeyBodyAAAABG5vbmUAAAAEbm9u',
  },
  github: { kind: 'vendor token', value: join('gh', 'p_', 'plantedA1B2C3D4E5F6G7H8I9J0K1L2M3N4') },
  slack: { kind: 'vendor token', value: join('xo', 'xb-', '123456789012-planted-AbCdEf') },
  stripe: { kind: 'vendor token', value: join('sk', '_live_', 'planted4eC39HqLyjWDarjtT1') },
  environment: { kind: 'environment value', value: 'planted "environment" value, 100% & <more>' },
  environmentWord: { kind: 'environment value', value: 'plantedword' },
  environmentInMap: { kind: 'environment value', value: 'planted-map-entry-71' },
  tag: { kind: 'environment value', value: 'planted-tag-password' },
  account: { kind: 'account id', value: '412345678903' },
  otherAccount: { kind: 'account id', value: '523456789014' },
  address: { kind: 'address', value: '10.83.47.211' },
  publicAddress: { kind: 'address', value: '54.203.71.94' },
  addressV6: { kind: 'address', value: '2600:1f14:7ac:9d01:5e3b:83a1:41cf:72d8' },
  mac: { kind: 'hardware address', value: '0a:5b:cc:91:e7:3d' },
  networkInterface: { kind: 'network interface', value: 'eni-0a91c7de52b48f306' },
  otherNetworkInterface: { kind: 'network interface', value: 'eni-0f7be31c9d20a5648' },
} as const satisfies Record<string, Planted>

type Name = keyof typeof PLANTED

/** The value that was planted under a name. */
export function plant(name: Name): string {
  return PLANTED[name].value
}

const BEGIN = join('-----BEGIN ', 'RSA PRIVATE', ' KEY-----')
const END = join('-----END ', 'RSA PRIVATE', ' KEY-----')

/** A private key, as it stands in a file. */
export function writeKey(name: 'privateKey' | 'privateKeyInResponse'): string {
  return `${BEGIN}\n${plant(name)}\n${END}`
}

/** The URL of a file that everybody who has it may fetch. */
export function writePresignedUrl(): string {
  const credential = encodeURIComponent(
    `${plant('keyInStartedBy')}/20261123/us-east-1/s3/aws4_request`,
  )
  return `https://bucket.s3.amazonaws.com/file?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential}&X-Amz-Security-Token=${plant('presignedToken')}&X-Amz-Signature=${plant('presignedSignature')}`
}

/** A header that signs a request. */
export function writeAuthorization(key: string, signature: string): string {
  return `AWS4-HMAC-SHA256 Credential=${key}/20261123/us-east-1/ecs/aws4_request, SignedHeaders=host, Signature=${signature}`
}
