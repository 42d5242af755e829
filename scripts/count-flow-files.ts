// Counts the files of src/ that work on each of the three data flows of ARCHITECTURE.md: one request that is replayed, one exchange that is recorded,
// one file that is imported. A file counts if V8 counted a call of one of its functions; loading a file, and opening a recording or a recorder, do not
// count. `npm run flow` prints the files; test/flow.test.ts holds the limits.
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { Session } from 'node:inspector/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { EMPTY_CONFIG } from '../src/config/index.ts'
import { CLOUDTRAIL, importFiles } from '../src/formats/index.ts'
import { type Exchange, isTransportFailure } from '../src/protocol/index.ts'
import { startRecording } from '../src/recorder.ts'
import { loadRecordings } from '../src/recording/index.ts'
import { replayRequestHandler } from '../src/sdk.ts'
import { ROOT } from './contract-schemas.ts'

const SAMPLE = join(ROOT, 'recordings/started/page-sample.json')
const SRC = `${pathToFileURL(join(ROOT, 'src')).href}/`
const HEADERS = {
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': 'AmazonEC2ContainerServiceV20141113.StartTask',
}

const work = mkdtempSync(join(tmpdir(), 'starttask-flow-'))
process.env['STARTTASK_KEY_FILE'] = join(work, 'key') // not the developer's own
const coverage = await startCoverage()
try {
  const { requestText, responseText } = await readSample()
  print('replay', await replayOne(requestText))
  print('record', await recordOne(requestText, responseText))
  print('import', await importOne(requestText, responseText))
} finally {
  coverage.disconnect()
  rmSync(work, { recursive: true })
}

function print(flow: string, files: readonly string[]): void {
  console.log([`${flow} ${files.length}`, ...files.map((file) => `  ${file}`)].join('\n'))
}

async function startCoverage(): Promise<Session> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  return session
}

/** Returns the files of src/ in which a function was called since the last time. The function at offset 0 is the file itself, which runs when it is loaded. */
async function takeFiles(): Promise<string[]> {
  const { result } = await coverage.post('Profiler.takePreciseCoverage')
  return result
    .filter(({ url, functions }) => {
      const ranges = functions.flatMap((called) => called.ranges.slice(0, 1))
      return (
        url.startsWith(SRC) && ranges.some(({ count, startOffset }) => count > 0 && startOffset > 0)
      )
    })
    .map(({ url }) => url.slice(SRC.length))
    .toSorted()
}

async function readSample(): Promise<{ requestText: string; responseText: string }> {
  const [recording] = await loadRecordings(SAMPLE)
  const exchange: Exchange | undefined = recording?.exchanges[0]
  if (!exchange || isTransportFailure(exchange.response))
    throw new Error(`${SAMPLE} has no response.`)
  return {
    requestText: JSON.stringify(exchange.request.body),
    responseText: JSON.stringify(exchange.response.body),
  }
}

async function replayOne(requestText: string): Promise<string[]> {
  const handler = replayRequestHandler(SAMPLE)
  const request = { method: 'POST', path: '/', headers: HEADERS, body: requestText }
  await takeFiles()
  const { response } = await handler.handle(request)
  const files = await takeFiles()
  requireDone(response.statusCode === 200, 'replayed')
  return files
}

/** Records an exchange with a local server. What writes the recording belongs to the flow. */
async function recordOne(requestText: string, responseText: string): Promise<string[]> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': HEADERS['content-type'] }).end(responseText)
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const recording = startRecording({ out: join(work, 'recorded.json') })
  await takeFiles()
  const init = { method: 'POST', headers: HEADERS, body: requestText }
  await (await fetch(`http://127.0.0.1:${port}/`, init)).text()
  const { written } = await recording.stop()
  const files = await takeFiles()
  requireDone(written.length === 1, 'recorded')
  server.close()
  server.closeAllConnections()
  return files
}

async function importOne(requestText: string, responseText: string): Promise<string[]> {
  const file = join(work, 'trail.json')
  const record = {
    eventVersion: '1.08',
    eventID: 'event-1',
    requestID: 'request-1',
    eventTime: '2026-11-01T10:00:00Z',
    eventSource: 'ecs.amazonaws.com',
    eventName: 'StartTask',
    awsRegion: 'us-east-1',
    requestParameters: JSON.parse(requestText) as unknown,
    responseElements: JSON.parse(responseText) as unknown,
  }
  writeFileSync(file, JSON.stringify({ Records: [record] }))
  await takeFiles()
  const { exchanges } = await importFiles({
    format: CLOUDTRAIL,
    files: [file],
    out: join(work, 'imported.json'),
    operations: ['StartTask'],
    config: EMPTY_CONFIG,
    onProgress() {},
  })
  const files = await takeFiles()
  requireDone(exchanges === 1, 'imported')
  return files
}

/** A flow that failed would enter fewer files. */
function requireDone(isDone: boolean, name: string): void {
  if (!isDone) throw new Error(`Nothing was ${name}.`)
}
