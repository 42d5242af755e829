import { describeReason } from '../message/index.ts'
import { spawnSync } from 'node:child_process'

import { locateProgram } from '../package/index.ts'

/** What a recorder does when its process ends without having stopped it. */
export interface Leaver {
  /** Writes what is left to the journal. */
  leave(): void
  /** The arguments of the process that puts the journal in place; `undefined` when there is none. */
  readonly left: { out: string; journal: string } | undefined
}

const leavers = new Set<Leaver>()

/** Watches for the end of the process; gives the function that ends it. One listener for all recorders: Node.js warns of more than ten. */
export function watchExit(leaver: Leaver): () => void {
  if (leavers.size === 0) process.on('exit', leaveAll)
  leavers.add(leaver)
  return () => {
    leavers.delete(leaver)
    if (leavers.size === 0) process.off('exit', leaveAll)
  }
}

function leaveAll(): void {
  for (const leaver of leavers) {
    try {
      leaver.leave()
    } catch (error) {
      process.stderr.write(`starttask: exchanges were lost: ${describeReason(error)}\n`)
    }
  }
  for (const { left } of leavers) if (left) finishElsewhere(left.out, left.journal)
}

const LONGEST_FINISH_MS = 30_000

/** In a process of its own: nothing asynchronous, as the search for secrets is, happens in this one any more. */
function finishElsewhere(out: string, journal: string): void {
  const { NODE_OPTIONS: _, ...env } = process.env // what is preloaded here would record there
  spawnSync(process.execPath, [locateProgram('recorder/finish-left'), out, journal], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: LONGEST_FINISH_MS,
  })
}

/** How long exchanges under way may take to end once a recorder stops. */
export const GRACE_MS = 2000

/** Waits until nothing is left in `underWay`, what is added meanwhile included, but no longer than `ms`. */
export async function settleWithin(
  ms: number,
  underWay: ReadonlySet<Promise<unknown>>,
): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  await Promise.race([late, settleAll(underWay)])
  clearTimeout(timer)
}

async function settleAll(underWay: ReadonlySet<Promise<unknown>>): Promise<void> {
  while (underWay.size > 0) await Promise.allSettled(underWay)
}
