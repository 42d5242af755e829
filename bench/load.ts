import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** What one run of the load found. */
export interface Loaded {
  /** Microseconds for one request, all connections together. */
  micros: number
  requests: number
  /** Share of a core that the generator took. */
  cpu: number
}

/** A load generator in a process of its own, for one server. */
export interface Load extends AsyncDisposable {
  /** For so many milliseconds, or so many requests, whichever ends first. Throws when a response was wrong. */
  run(ms: number, requests?: number): Promise<Loaded>
}

/**
 * Starts one: its requests are made beforehand.
 *
 * @param orders how many orders of members each body is sent in; 0 sends them as they were recorded
 * @param isCompared whether each response must be what was recorded of its request to the byte; otherwise it must be the one of that request
 */
export async function startLoad(
  url: string,
  {
    count,
    orders = 0,
    isCompared = true,
  }: { count: number; orders?: number; isCompared?: boolean },
): Promise<Load> {
  const child = fork(join(import.meta.dirname, 'children/load.ts'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ask = async (message: object): Promise<unknown> => {
    child.send(message)
    const [told]: unknown[] = await once(child, 'message')
    if (typeof told === 'object' && told !== null && 'error' in told)
      throw new Error(`${url}: ${String(told.error)}`)
    return told
  }
  await ask({ load: url, count, orders, isCompared }).catch((error: unknown) => {
    child.kill()
    throw error
  })
  return {
    run: async (ms, requests) =>
      (await ask({ run: ms, ...(requests === undefined ? {} : { requests }) })) as Loaded,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
