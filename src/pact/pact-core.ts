/** Pact's native part, where the user installed it. It is loaded when a mock service is started, and nowhere else. */
import { createRequire } from 'node:module'

import { describeReason, HarnessError } from '../message/index.ts'
import { isObject } from '../protocol/index.ts'

/** What is used of @pact-foundation/pact-core's ConsumerPact. */
export interface NativePact {
  newInteraction(description: string): NativeInteraction
  createMockServer(address: string, port?: number, tls?: boolean): number
  mockServerMismatches(port: number): unknown[]
  cleanupMockServer(port: number): boolean
}

/** What is used of its ConsumerInteraction. */
export interface NativeInteraction {
  givenWithParams(state: string, params: string): boolean
  withRequest(method: string, path: string): boolean
  withRequestHeader(name: string, index: number, value: string): boolean
  withRequestBody(body: string, contentType: string): boolean
  withRequestMatchingRules(rules: string): boolean
  withStatus(status: number): boolean
  withResponseHeader(name: string, index: number, value: string): boolean
  withResponseBody(body: string, contentType: string): boolean
}

interface PactCore {
  makeConsumerPact(
    consumer: string,
    provider: string,
    specification: number,
    logLevel: string,
  ): NativePact
  Verifier: new (options: object) => { verify(): Promise<unknown> }
}

/** What users install. */
const PACT = '@pact-foundation/pact'
const PACT_CORE = '@pact-foundation/pact-core'

/** A package beside @pact-foundation/pact, found from there: with pnpm nobody else sees it. Throws `not-found`. */
export function loadPactCore(): PactCore {
  const core: unknown = loadBesidePact(PACT_CORE)
  if (!isPactCore(core)) throw describeMissing(`${PACT_CORE} has no makeConsumerPact`)
  return core
}

function loadBesidePact(name: string): unknown {
  const require = createRequire(import.meta.url)
  try {
    const loaded: unknown = createRequire(resolvePact(require))(name)
    return loaded
  } catch (error) {
    throw describeMissing(describeReason(error).split('\n', 1)[0] ?? '', error)
  }
}

function resolvePact(require: NodeJS.Require): string {
  try {
    return require.resolve(PACT)
  } catch {
    return createRequire(`${process.cwd()}/package.json`).resolve(PACT)
  }
}

function isPactCore(value: unknown): value is PactCore {
  return isObject(value) && typeof value['makeConsumerPact'] === 'function'
}

function describeMissing(fact: string, cause?: unknown): HarnessError {
  return new HarnessError('not-found', `${PACT} is needed here and does not load: ${fact}.`, {
    remedy: `npm i -D ${PACT}@17`,
    cause,
  })
}
