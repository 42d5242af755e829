import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** An app whose requests are sent by a worker thread. */
const worker = new Worker(new URL('app.ts', import.meta.url), { argv: process.argv.slice(2) })
await once(worker, 'exit')
