/** Our replay server. Argument: a path to recordings. Tells its URL on standard output. */
import type * as Server from '../../src/server.ts'

const SERVER = new URL('../../dist/server.js', import.meta.url).href
const { startReplayServer }: typeof Server = await import(SERVER)
const server = await startReplayServer(process.argv.slice(2), { afterLast: 'repeat' })
console.log(server.url)
process.on('disconnect', () => process.exit())
