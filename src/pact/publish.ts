import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

import { describeReason, HarnessError } from '../message/index.ts'
import { isObject } from '../protocol/index.ts'
import { readSourceVersion, type SourceVersion } from './git.ts'
import { parsePact } from './read-pact.ts'

/** What is published, and where to. */
export interface PublishOptions {
  /** Pact files. */
  pacts: readonly string[]
  /** The broker's URL. Its token, or user and password, come from `PACT_BROKER_TOKEN`, `PACT_BROKER_USERNAME` and `PACT_BROKER_PASSWORD`. */
  broker: string
  /** The consumer's version; git's commit unless it is given. */
  version?: string
  /** The consumer's branch; git's, or what CI calls it, unless it is given. */
  branch?: string
  tags?: readonly string[]
  /** Milliseconds for all of it; 30,000 unless it is given. */
  timeoutMs?: number
}

/** What was published. */
export interface PublishReport extends SourceVersion {
  pacts: { file: string; consumer: string; provider: string; interactions: number }[]
  /** The output of Pact's command. */
  output: string
}

const CLI = '@pact-foundation/pact-cli'

/**
 * Publishes pacts to a Pact Broker with Pact's own command.
 *
 * Throws `usage` for what is no URL, no pact or has no version, `not-found` where @pact-foundation/pact-cli is not installed, `upstream-unreachable`
 * for a broker that is away, slow or none, `broker-refused` for one that says no.
 */
export async function publishPacts(options: PublishOptions): Promise<PublishReport> {
  const { broker, pacts: files, tags = [], timeoutMs = 30_000 } = options
  const url = readBroker(broker)
  const pacts = files.map(readPactFile)
  const source = readSourceVersion({
    ...(options.version === undefined ? {} : { version: options.version }),
    ...(options.branch === undefined ? {} : { branch: options.branch }),
  })
  const args = [
    'broker',
    'publish',
    ...files.map((file) => resolve(file)),
    '--broker-base-url',
    url,
    '--consumer-app-version',
    source.version,
    ...(source.branch === undefined ? [] : ['--branch', source.branch]),
    ...tags.flatMap((tag) => ['--tag', tag]),
  ]
  await requireResponse(url, timeoutMs)
  const { code, output } = await runCli(args, { timeoutMs, url })
  const printed = clean(output)
  if (code !== 0) throw describeRefusal(printed, url)
  return { ...source, pacts, output: printed }
}

/** Without user and password, which belong into the environment: a command line is there for all to see. */
function readBroker(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new HarnessError('usage', 'The broker is no http or https URL.', {
      remedy: '--broker https://broker.example',
    })
  }
  if (url.username !== '' || url.password !== '') {
    throw new HarnessError('usage', 'The URL of the broker holds a user or a password.', {
      remedy:
        'leave them out, and set PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD, or PACT_BROKER_TOKEN',
    })
  }
  return url.href.replace(/\/$/, '')
}

function readPactFile(file: string): PublishReport['pacts'][number] {
  let text: Buffer
  try {
    text = readFileSync(file)
  } catch (error) {
    throw new HarnessError('not-found', `${file} cannot be read: ${describeReason(error)}`, {
      cause: error,
    })
  }
  const { consumer, provider, interactions, others } = parsePact(text, file)
  return { file, consumer, provider, interactions: interactions.length + others }
}

/** Whether anybody answers there at all: the command would try again and again. Whatever is answered is left to it. */
async function requireResponse(url: string, timeoutMs: number): Promise<void> {
  try {
    const response = await fetch(url, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    await response.body?.cancel()
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError'
    const cause = describeReason(error instanceof Error ? (error.cause ?? error) : error)
    throw new HarnessError(
      'upstream-unreachable',
      `${isLate ? `The broker did not answer within ${timeoutMs / 1000} s` : `The broker cannot be reached: ${cause}`}; nothing was published.`,
      {
        details: [['place', url]],
        remedy: `see that it runs${isLate ? ', or give it longer with --timeout' : ', or name another with --broker'}`,
        cause: error,
      },
    )
  }
}

/** The native command itself: the package's script waits for it in a way that leaves it running when the script is killed. */
function findCli(): string {
  for (const from of [`${process.cwd()}/package.json`, import.meta.url]) {
    try {
      const path = createRequire(from).resolve(`${CLI}/package.json`)
      const standalone: unknown = createRequire(path)('./src/pact-standalone')
      const found: unknown =
        isObject(standalone) && typeof standalone['standalone'] === 'function'
          ? standalone['standalone']()
          : undefined
      if (isObject(found) && typeof found['pactFullPath'] === 'string') return found['pactFullPath']
    } catch {
      // not there: the next place
    }
  }
  throw new HarnessError('not-found', `${CLI} is needed to publish and is not installed here.`, {
    remedy: `npm i -D ${CLI}`,
  })
}

const MOST_OUTPUT = 100_000

function runCli(
  args: readonly string[],
  { timeoutMs, url }: { timeoutMs: number; url: string },
): Promise<{ code: number; output: string }> {
  const child = spawn(findCli(), args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PACT_DO_NOT_TRACK: 'true', NO_COLOR: '1' },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < MOST_OUTPUT) output += text
    })
  }
  const {
    promise,
    resolve: succeed,
    reject,
  } = Promise.withResolvers<{ code: number; output: string }>()
  const timer = setTimeout(() => {
    child.kill('SIGKILL')
    const seconds = timeoutMs / 1000
    reject(
      new HarnessError(
        'upstream-unreachable',
        `The broker did not answer within ${seconds} s; whether it took the pacts is not known.`,
        {
          details: [['place', url]],
          remedy: 'look there, publish again, or give it longer with --timeout',
        },
      ),
    )
  }, timeoutMs)
  child.once('error', reject)
  child.once('close', (code) => succeed({ code: code ?? 1, output }))
  return promise.finally(() => {
    clearTimeout(timer)
  })
}

/** Without colours, and without the credentials that the environment holds, whatever the command printed. */
function clean(output: string): string {
  const secrets = ['PACT_BROKER_TOKEN', 'PACT_BROKER_PASSWORD'].flatMap(
    (name) => process.env[name] || [],
  )
  const plain = stripVTControlCharacters(output).trim()
  return secrets.reduce((text, secret) => text.replaceAll(secret, '(not shown)'), plain)
}

const AWAY =
  /error sending request|Failed to access pact broker|Did not get a valid HAL response|dns error|timed out/i

function describeRefusal(output: string, url: string): HarnessError {
  const [fact = 'it says nothing'] = output
    .split('\n')
    .filter((line) => /❌|error|failed/i.test(line))
  const rest = output.split('\n').slice(-8).join('\n')
  if (AWAY.test(output)) {
    return new HarnessError(
      'upstream-unreachable',
      `No Pact Broker answers: ${fact.replace(/^❌\s*/, '')}`,
      { details: [['place', url]], remedy: "name the broker's own URL, and see that it runs" },
    )
  }
  return new HarnessError(
    'broker-refused',
    `The broker does not take the pacts: ${fact.replace(/^❌\s*/, '')}`,
    {
      details: [
        ['place', url],
        ['said', rest],
      ],
      remedy: /401|403/.test(output)
        ? 'set PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD'
        : 'publish a changed pact under another version',
    },
  )
}
