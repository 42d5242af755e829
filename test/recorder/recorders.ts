import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Exchange, Recording } from '../../src/protocol/index.ts'
import { parseRecording } from '../../src/recording/index.ts'
import { followPlan, type Plan, type Report, startProxyFor } from './children/plan.ts'

const CHILDREN = join(import.meta.dirname, 'children')

/** The recorders, each with what follows a plan: in a child process where recording patches globals, which no test worker should. */
export const RECORDERS = [
  { name: 'in the process', script: 'record-in-process.ts', record: recordInChild },
  {
    name: 'by proxy',
    script: 'record-by-proxy.ts',
    record: (plan: Plan) => followPlan(plan, () => startProxyFor(plan)),
  },
]

/** A folder of a test's own. */
export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'starttask-recorder-'))
}

/** How a child process ended. */
export interface Ended {
  code: number
  stdout: string
  stderr: string
}

/** Runs a script of children/; with `fileBlocks` where no file may grow beyond so many blocks of 512 bytes, as on a full disk. */
export function runScript(
  script: string,
  argument: unknown,
  more: { env?: NodeJS.ProcessEnv; nodeArgs?: string[]; fileBlocks?: number } = {},
): Promise<Ended> {
  const env = { ...process.env, NODE_OPTIONS: '', ...more.env }
  return new Promise((resolve) => {
    const args = [...(more.nodeArgs ?? []), join(CHILDREN, script), JSON.stringify(argument)]
    const [file, ...rest] =
      more.fileBlocks === undefined
        ? [process.execPath, ...args]
        : ['sh', '-c', `ulimit -f ${more.fileBlocks}; exec "$@"`, 'sh', process.execPath, ...args]
    execFile(file ?? '', rest, { env, timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr })
    })
  })
}

async function recordInChild(plan: Plan): Promise<Report> {
  const ended = await runScript('record-in-process.ts', plan)
  if (ended.code !== 0 || ended.stdout === '')
    throw new Error(`The child ended with ${ended.code}: ${ended.stderr}`)
  return JSON.parse(ended.stdout)
}

/** Reads a recording file. */
export function readRecording(path: string): Recording {
  return parseRecording(readFileSync(path, 'utf8'), path)
}

/** The exchanges of a recording as a line each: what was asked for, which attempt, what came. */
export function describeExchanges(path: string): string[] {
  return readRecording(path).exchanges.map((exchange) =>
    [...describeAttempt(exchange), describeResponse(exchange)].join(' '),
  )
}

function describeAttempt({ invocation, attempt }: Exchange): string[] {
  return invocation === undefined ? [] : [invocation, `attempt ${attempt}`]
}

function describeResponse({ response }: Exchange): string {
  return 'failure' in response
    ? `${response.failure} ${response.code ?? 'without code'}`
    : String(response.status)
}

/** The names of everything in a folder, hidden files too. */
export function listNames(folder: string): string[] {
  return readdirSync(folder).toSorted()
}
