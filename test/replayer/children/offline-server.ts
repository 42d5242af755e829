import { startReplayServer } from '../../../src/replayer/adapters/index.ts'
import { RECORDING, sendAll } from './offline-requests.ts'

await using server = await startReplayServer(RECORDING)
const results = [...(await sendAll(server.url, 'nowhere-9')), `unused ${server.unused().length}`]
process.stdout.write(JSON.stringify({ results, endpoint: server.url }))
