import { HarnessError } from '../errors.ts'
import { isTransportFailure } from '../protocol/index.ts'
import { loadStoredRecordings } from '../recording/index.ts'
import { startRecordingProxy } from '../recorder/proxy.ts'
import { pointAtEndpoint, runChild } from './child.ts'
import { printData, tell, waitForSignal } from './terminal.ts'

export interface RecordCommand {
  out: string
  upstream: string | undefined
  port: number
  allow: string[]
  note: string | undefined
  command: string[]
}

/** Records what goes through the proxy, of a command or until a signal; gives the exit code. */
export async function record({ out, upstream, port, allow, note, command }: RecordCommand): Promise<number> {
  const service = upstream ?? process.env['STARTTASK_UPSTREAM']
  if (service === undefined) {
    throw new HarnessError(
      'upstream-required',
      'No upstream: name the live service with --upstream URL or STARTTASK_UPSTREAM. It is never taken from a recording.',
    )
  }
  const proxy = await startRecordingProxy({ out, upstream: service, port, allow, ...(note === undefined ? {} : { note }) })
  let code: number
  try {
    code =
      command.length > 0 ? await runChild(command, pointAtEndpoint(process.env, proxy.url)) : await serveUntilSignal(proxy.url, service)
  } finally {
    const { written, lost } = await proxy.stop()
    tellRecorded(written)
    if (lost > 0) tell(`starttask: ${lost} exchanges had no end when the recording stopped and are not in it`)
  }
  return code
}

function tellRecorded(written: readonly string[]): void {
  if (written.length === 0) tell('starttask: nothing was recorded: no allowed request came')
  for (const { path, recording } of loadStoredRecordings(written)) {
    const { exchanges, provenance } = recording
    tell(`starttask: recorded ${exchanges.length === 1 ? 'one exchange' : `${exchanges.length} exchanges`} in ${path}`)
    const failed = exchanges.flatMap(({ answer }) => (isTransportFailure(answer) ? [answer.code ?? answer.failure] : []))
    if (failed.length > 0) tell(`  no answer  ${failed.length} of them: ${[...new Set(failed)].join(', ')}. Does the upstream run?`)
    const { departures } = provenance
    if (Array.isArray(departures)) tell(`  departs    from the documented contract in ${departures.join(', ')}`)
  }
}

function serveUntilSignal(url: string, service: string): Promise<number> {
  const ended = waitForSignal() // before the URL is out: whoever reads it may send the signal at once
  printData(url)
  tell(`starttask: recording ${service} on ${url}; set AWS_ENDPOINT_URL_ECS to it. Stop with Ctrl-C.`)
  return ended
}
