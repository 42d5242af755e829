import { execFile } from 'node:child_process'
import { devNull } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { makeOfflineEnvironment } from '../../src/cli/process/child.ts'
import { startRecordingProxy } from '../../src/recorder/index.ts'
import type { Way } from './plan.ts'

const run = promisify(execFile)
const SDK_CLIENT = fileURLToPath(import.meta.resolve('./start-task.ts'))
const BOTO3_CLIENT = fileURLToPath(new URL('start_task.py', import.meta.url))
const CLIENT_DEADLINE_MS = 60_000

export interface Sending {
  way: Way
  request: object
  upstream: string
  out: string
  note: string
}

/** Sends a request to a service with a client, and records it in the way that is asked for. Gives what the client said. */
export async function recordRequest({
  way,
  request,
  upstream,
  out,
  note,
}: Sending): Promise<string> {
  if (way === 'aws-sdk-v3-in-process')
    return runClient(way, request, upstream, ['--record', out, '--note', note])
  await using proxy = await startRecordingProxy({ upstream, out, note })
  return await runClient(way, request, proxy.url) // awaited here: the proxy must outlive the client
}

async function runClient(
  way: Way,
  request: object,
  endpoint: string,
  options: readonly string[] = [],
): Promise<string> {
  const [file, args] = chooseCommand(way, JSON.stringify(request))
  try {
    const { stdout, stderr } = await run(file, [...args, ...options], {
      env: makeEnvironment(endpoint),
      timeout: CLIENT_DEADLINE_MS,
    })
    return `${stdout}${stderr}`.trim()
  } catch (error) {
    // aws-cli ends with 254 when the service answers an error: whether that was wanted shows in the recording
    if (
      error instanceof Error &&
      'code' in error &&
      typeof error.code === 'number' &&
      'stderr' in error
    )
      return String(error.stderr).trim()
    throw new Error(`${way} did not run to its end.`, { cause: error })
  }
}

function chooseCommand(way: Way, request: string): [string, string[]] {
  switch (way) {
    case 'aws-cli':
      return ['aws', ['ecs', 'start-task', '--cli-input-json', request]]
    case 'boto3':
      return ['python3', [BOTO3_CLIENT, request]]
    case 'aws-sdk-v3':
    case 'aws-sdk-v3-in-process':
      return [process.execPath, [SDK_CLIENT, request]]
  }
}

/** Placeholder credentials, one region, and no set-up of the person who runs this. */
function makeEnvironment(endpoint: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))
  return {
    ...makeOfflineEnvironment(Object.fromEntries(kept), endpoint),
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  }
}
