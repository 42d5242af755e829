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
