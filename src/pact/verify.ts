import { type ChildProcess, fork } from 'node:child_process'
import { resolve } from 'node:path'
import { describeReason, HarnessError } from '../message/index.ts'
import { type Listener, startListener } from '../listener/index.ts'
import {
  buildErrorResponse,
  type JsonObject,
  MAX_BODY_BYTES,
  readObject,
} from '../protocol/index.ts'
import { readStateRequest, startEmbeddedProvider, STATES_PATH } from './embedded-provider.ts'
import { PROVIDER } from './interaction.ts'
import { parsePact } from './read-pact.ts'
import { startRelay } from './relay.ts'
import { readResults, type VerifiedInteraction } from './verify-results.ts'
import { readFileSync } from 'node:fs'
import { locateProgram } from '../package/index.ts'

/** What brings a provider into a state; called before each interaction that has it. */
export type StateHandler = (params: JsonObject) => Promise<void> | void

/** What is verified, and against what. */
export interface VerifyOptions {
  /** Pact files. */
  pacts: readonly string[]
  /** The service's URL; `embedded` for the embedded provider, which knows the states of `STATES`. */
  url: string
  /** By a state's name; one that is not here fails its interactions. Not with `embedded`, nor beside `statesUrl`. */
  states?: Readonly<Record<string, StateHandler>>
  /** A URL that takes Pact's requests for states: POST with `{ state, params, action }`. */
  statesUrl?: string
  /** Signs each request anew, as AWS needs it: with this region, and the credentials of the default chain. */
  sign?: { region?: string }
  /** Milliseconds for one request, 5000 unless it is given. */
  timeoutMs?: number
  /** Told what Pact prints. */
  onOutput?: (text: string) => void
}

/** What came of a verification. */
export interface VerifyReport {
  interactions: VerifiedInteraction[]
}

/**
 * Verifies pacts with Pact's own verifier, in a process of its own. Each StartTask of a pact is really sent: against AWS it starts real tasks.
 *
 * Throws `usage` for a file that is no pact, `not-found` where Pact is not installed, `upstream-unreachable` when nothing was verified.
 */
export async function verifyPacts(options: VerifyOptions): Promise<VerifyReport> {
  const pacts = options.pacts.map((file) => resolve(file))
  for (const file of pacts) requirePact(file)
  await using embedded = options.url === 'embedded' ? await startEmbeddedProvider() : undefined
  await using states = options.states && !embedded ? await startStates(options.states) : undefined
  const url = embedded?.url ?? options.url
  await using relay = options.sign ? await startRelay(url, options.sign) : undefined
  const statesUrl =
    embedded?.statesUrl ?? options.statesUrl ?? (states && `${states.url}${STATES_PATH}`)
  const report = await runVerifier(
    {
      provider: PROVIDER,
      providerBaseUrl: relay?.url ?? url,
      pactUrls: pacts,
      logLevel: 'error',
      timeout: options.timeoutMs ?? 5000,
      ...(statesUrl === undefined ? {} : { providerStatesSetupUrl: statesUrl }),
    },
    options.onOutput ?? (() => {}),
  )
  const interactions = readResults(report)
  if (interactions.length > 0 && interactions.every(isUnsent))
    throw describeUnreachable(options.url, interactions[0]?.mismatches[0]?.message ?? '')
  return { interactions }
}

function isUnsent({ mismatches }: VerifiedInteraction): boolean {
  return mismatches.some(
    ({ place, message }) => place === 'request' && message.includes('error sending request'),
  )
}

function describeUnreachable(url: string, message: string): HarnessError {
  return new HarnessError(
    'upstream-unreachable',
    `The service cannot be reached, so nothing was verified: ${message}.`,
    { details: [['place', url]], remedy: 'start it, or name another with --url' },
  )
}

/** Reads a pact before Pact's verifier does, which reports neither size nor depth. */
function requirePact(file: string): void {
  try {
    parsePact(readFileSync(file), file)
  } catch (error) {
    if (error instanceof HarnessError) throw error
    throw new HarnessError('not-found', `${file} cannot be read: ${describeReason(error)}`, {
      cause: error,
    })
  }
}

async function startStates(handlers: Readonly<Record<string, StateHandler>>): Promise<Listener> {
  return startListener({
    maxBodyBytes: MAX_BODY_BYTES,
    refuse: (status, name, message) =>
      buildErrorResponse(status, { name, message }, { now: Date.now(), requestId: 'refused' }),
    async respond({ body }) {
      const asked = readStateRequest(body)
      const handler =
        asked && Object.hasOwn(handlers, asked.name) ? handlers[asked.name] : undefined
      if (asked && !handler)
        return { status: 404, headers: {}, body: `no handler for ${asked.name}` }
      await handler?.(asked?.params ?? {})
      return { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' }
    },
  })
}

const MOST_OUTPUT = 1_000_000

function runVerifier(options: object, onOutput: (text: string) => void): Promise<string> {
  const child = fork(locateProgram('pact/verifier-process'), {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, PACT_DO_NOT_TRACK: 'true' },
  })
  let output = ''
  const listen = (stream: ChildProcess['stdout']) =>
    stream?.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < MOST_OUTPUT) output += text
      onOutput(text)
    })
  listen(child.stdout)
  listen(child.stderr)
  return new Promise((succeed, fail) => {
    let report: unknown
    child.once('message', (message) => void (report = message))
    child.once('error', fail)
    child.once('close', (code, signal) => {
      const { result, error } = readObject(report)
      if (typeof result === 'string') succeed(result)
      else if (typeof error === 'string' && error.startsWith('{')) succeed(error)
      else
        fail(
          describeEnd(
            typeof error === 'string' ? error : `it ended with ${signal ?? code}`,
            output,
          ),
        )
    })
    child.send(options)
  })
}

function describeEnd(fact: string, output: string): HarnessError {
  if (fact.includes('@pact-foundation/pact is needed')) return new HarnessError('not-found', fact)
  const last = output.trim().split('\n').slice(-5).join('\n')
  return new HarnessError('upstream-unreachable', `Pact's verifier gave no result: ${fact}`, {
    details: last === '' ? [] : [['printed', last]],
  })
}
