import { randomUUID } from 'node:crypto'

import { HarnessError, requireKnownOptions } from '../message/index.ts'

/** Throws `usage` for an option that is not among `known`, and for a wrong value of those that every recorder has. */
export function refuseWrongRecorderOptions(
  options: { allow?: readonly string[]; note?: string },
  known: readonly string[],
): void {
  requireKnownOptions('recorder option', options, known)
  const { allow, note } = options
  if (allow !== undefined && !(Array.isArray(allow) && allow.every(isOperationName))) {
    throw new HarnessError('usage', 'The option allow is a list of operation names: ["RunTask"].')
  }
  if (note !== undefined && typeof note !== 'string')
    throw new HarnessError('usage', 'The option note is a text.')
}

function isOperationName(name: unknown): boolean {
  return typeof name === 'string' && /^[A-Za-z0-9_]{1,128}$/.test(name)
}

/** The variable that tells a process tree's recorders that they are one run: when it began, and an id. */
export const RUN_VARIABLE = 'STARTTASK_RUN'

/** Makes this process and its children one run, unless they are part of one already. */
export function joinRun(env: NodeJS.ProcessEnv): void {
  env[RUN_VARIABLE] ??= `${Math.floor(readTime())}-${randomUUID()}`
}

/** When the run of this process began, in milliseconds since 1970: now, where it is none of a tree. */
export function readRunStart(env: NodeJS.ProcessEnv): number {
  const began = Number(/^(\d{1,15})-/.exec(env[RUN_VARIABLE] ?? '')?.[1] ?? Number.NaN)
  return Math.min(Number.isNaN(began) ? Infinity : began, readTime())
}

/** Finer than `Date.now()`: files are told apart by the time of their last change. */
export function readTime(): number {
  return performance.timeOrigin + performance.now()
}
