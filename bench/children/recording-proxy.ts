/** The recording proxy, signing or not. Arguments: upstream, `out`, `sign`. Tells its URL on standard output. */
import type * as Server from '../../src/server.ts'

const SERVER = new URL('../../dist/server.js', import.meta.url).href
const { startRecordingProxy }: typeof Server = await import(SERVER)
const [, , upstream = '', out = '', sign] = process.argv
const credentials = {
  accessKeyId: 'BENCHKEYID',
  secretAccessKey: 'bench-secret',
  sessionToken: 'bench-token',
}
const proxy = await startRecordingProxy({
  upstream,
  out,
  ...(sign ? { sign: { region: 'us-east-1', credentials } } : {}),
})
console.log(proxy.url)
process.on('disconnect', () => process.exit())
