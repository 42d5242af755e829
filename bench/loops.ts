/** A batch long enough that the clock's own steps do not show. */
const BATCH_MS = 25
const WARM_MS = 400

/**
 * Makes a competitor's `measure` of a short function: nanoseconds for one run, as the mean of a batch. Warms it up, and finds how many runs
 * fill a batch.
 *
 * @param run what is measured; it returns something that depends on its work, so that none of it can be left out
 */
export function createLoop(run: () => unknown): () => number {
  let result: unknown
  const measureBatch = (runs: number): number => {
    const start = performance.now()
    for (let index = 0; index < runs; index++) result = run()
    return performance.now() - start
  }
  let runs = 1
  for (let warmed = 0; warmed < WARM_MS;) {
    const ms = measureBatch(runs)
    warmed += ms
    if (ms < BATCH_MS) runs *= 2
  }
  if (result === undefined)
    throw new Error('What is measured returns nothing, so nobody knows that it ran.')
  return () => (measureBatch(runs) / runs) * 1e6
}

/** As {@link createLoop}, of a function that waits: microseconds for one run, one after the other. */
export async function createAsyncLoop(run: () => Promise<unknown>): Promise<() => Promise<number>> {
  const measureBatch = async (runs: number): Promise<number> => {
    const start = performance.now()
    for (let index = 0; index < runs; index++) await run()
    return performance.now() - start
  }
  let runs = 1
  for (let warmed = 0; warmed < WARM_MS * 2;) {
    const ms = await measureBatch(runs)
    warmed += ms
    if (ms < BATCH_MS * 4) runs *= 2
  }
  return async () => ((await measureBatch(runs)) / runs) * 1e3
}
