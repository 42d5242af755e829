import type { ReplayClock } from '../replayer/engine/index.ts'

/** A clock that stands still while somebody works, and jumps to when the next one wants to be woken. */
export interface VirtualClock extends ReplayClock {
  /** Goes on to a time, never back. */
  advanceTo(ms: number): void
  /** Somebody works: the clock does not jump soon. */
  touch(): void
}

/** Nobody works who has not asked for anything for so long, in real milliseconds. */
const QUIET_MS = 10

/** Begins at 0. Whoever sleeps is woken in the order of their times, once nobody has touched the clock for some milliseconds. */
export function createVirtualClock(): VirtualClock {
  let now = 0
  let timer: NodeJS.Timeout | undefined
  const sleepers: { at: number; wake: () => void }[] = []
  const wait = () => {
    clearTimeout(timer)
    timer = sleepers.length > 0 ? setTimeout(jump, QUIET_MS) : undefined
  }
  const jump = () => {
    const next = sleepers.reduce((first, { at }) => Math.min(first, at), Infinity)
    now = Math.max(now, next)
    const woken = sleepers.filter(({ at }) => at <= now)
    for (const one of woken) sleepers.splice(sleepers.indexOf(one), 1)
    for (const { wake } of woken) wake()
    wait()
  }
  return {
    now: () => now,
    sleep: (ms) =>
      new Promise((resolve) => {
        sleepers.push({ at: now + ms, wake: resolve })
        wait()
      }),
    advanceTo(ms) {
      now = Math.max(now, ms)
    },
    touch: wait,
  }
}
