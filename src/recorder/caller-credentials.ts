import { randomBytes } from 'node:crypto'

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
