import { spawn } from 'node:child_process'
import { constants } from 'node:os'

import { HarnessError } from '../../message/index.ts'

/**
 * Runs a command with this terminal and the given environment, and gives its exit code (128 and the signal's number when one ended it).
 * SIGTERM is passed on, and SIGINT where no terminal sends it to the child itself. Throws `not-found` when there is no such command.
 */
export async function runChild(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const [file = '', ...args] = command
  const child = spawn(file, args, { stdio: 'inherit', env })
  const forward = () => void child.kill('SIGTERM')
  const interrupt = () => void (process.stdin.isTTY || child.kill('SIGINT'))
  process.on('SIGTERM', forward)
  process.on('SIGINT', interrupt)
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', (error) => {
        reject(describeSpawnError(file, error))
      })
      child.once('close', (code, signal) =>
        resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)),
      )
    })
  } finally {
    process.off('SIGTERM', forward)
    process.off('SIGINT', interrupt)
  }
}

function describeSpawnError(file: string, error: NodeJS.ErrnoException): HarnessError {
  const reason = error.code === 'ENOENT' ? 'there is no such command on PATH' : error.message
  const windows =
    process.platform === 'win32'
      ? ' On Windows npm, npx and other .cmd files are run as cmd /c npm test.'
      : ''
  return new HarnessError(
    'not-found',
    `Cannot run ${JSON.stringify(file)}: ${reason}. Give the command after --, with its arguments.${windows}`,
    {
      cause: error,
    },
  )
}

/** What overrules an endpoint that is named, or excludes one: SDKs refuse to combine FIPS or dual-stack with an endpoint of one's own. */
const AGAINST_ENDPOINT = [
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_USE_DUALSTACK_ENDPOINT',
]

/** What could bring credentials of the user's own. */
const OWN_CREDENTIALS = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
]

/** Redaction takes credentials out of bodies, but none this short: a request that holds this word by chance stays as it is. */
const PLACEHOLDER = 'replay'

/** The environment that sends a child's ECS calls to an endpoint on this machine and leaves the rest alone. */
export function pointAtEndpoint(env: NodeJS.ProcessEnv, url: string): NodeJS.ProcessEnv {
  const noProxy = [env['NO_PROXY'] ?? env['no_proxy'] ?? '', '127.0.0.1', 'localhost']
    .filter(Boolean)
    .join(',')
  return {
    ...omit(env, AGAINST_ENDPOINT),
    AWS_ENDPOINT_URL_ECS: url,
    NO_PROXY: noProxy,
    no_proxy: noProxy,
  }
}

/** The environment of a child that has these credentials and no others: no profile of its own, no instance metadata. */
export function giveCredentials(
  env: NodeJS.ProcessEnv,
  {
    accessKeyId,
    secretAccessKey,
    sessionToken,
  }: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
): NodeJS.ProcessEnv {
  const region = env['AWS_REGION'] || env['AWS_DEFAULT_REGION']
  return {
    ...omit(env, OWN_CREDENTIALS),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
    ...(region ? { AWS_REGION: region, AWS_DEFAULT_REGION: region } : {}), // aws-cli 1 reads one, the SDKs the other
    AWS_EC2_METADATA_DISABLED: 'true',
  }
}

/**
 * The environment of a child that meets recordings only: the endpoint, placeholder credentials, both region variables (aws-cli 1 reads one, the
 * SDKs the other), no instance metadata, no profile that could bring credentials of its own.
 */
export function makeOfflineEnvironment(env: NodeJS.ProcessEnv, url: string): NodeJS.ProcessEnv {
  const region = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || 'us-east-1'
  const placed = { ...pointAtEndpoint(env, url), AWS_REGION: region, AWS_DEFAULT_REGION: region }
  return giveCredentials(placed, { accessKeyId: PLACEHOLDER, secretAccessKey: PLACEHOLDER })
}

function omit(env: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)))
}
