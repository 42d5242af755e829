import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A server in a process of its own, which does not share its event loop with what is measured. */
export interface Service extends AsyncDisposable {
  url: string
}

/** Starts a script of children/, which tells its URL on standard output and ends when this process lets go of it. */
export async function startService(script: string, ...args: string[]): Promise<Service> {
  const child = fork(join(import.meta.dirname, 'children', script), args, {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  if (!child.stdout) throw new Error('The child has no standard output.')
  const [url] = await once(createInterface(child.stdout), 'line')
  return {
    url: String(url),
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
