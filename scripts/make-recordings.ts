/**
 * Makes every recording in recordings/ from nothing: `node scripts/make-recordings.ts [--only NAME] [--out DIR]`, after a build.
 *
 * The requests go to moto_server, a third-party ECS that it starts and stops, and to the embedded provider, from aws-cli, boto3 and the
 * AWS SDK for JavaScript. A recording that says what the one before it said leaves the file as it is: a second run changes nothing.
 *
 * Exit codes: 0 fine, 1 a recording is not what was planned, 2 usage, 3 CI is set and a program is missing.
 */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'

import { checkExchange, readOutcome } from '../src/contract/index.ts'
import { isTransportFailure } from '../src/protocol/index.ts'
import { createDefaultState, startProvider } from '../src/provider/index.ts'
import {
  createRecording,
  formatRecording,
  openRecordingFile,
  parseRecording,
  saveRecording,
} from '../src/recording/index.ts'
import { createRedaction, type RedactedRecording, redactExchange } from '../src/redaction/index.ts'
import { recordRequest } from './recordings/clients.ts'
import { INCIDENTS } from './recordings/incidents.ts'
import { startMoto } from './recordings/moto.ts'
import { PAGE_SAMPLE, SAMPLE_DATE } from './recordings/page-sample.ts'
import { ENVIRONMENT_VALUE, type Planned, PLANNED, type World } from './recordings/plan.ts'

const run = promisify(execFile)
const SAMPLE = 'started/page-sample'
const PROVIDER_SEED = 1
const PROVIDER_NOTE = `the embedded provider of starttask-harness, seed ${PROVIDER_SEED}; not AWS`

type Program = 'moto_server' | 'aws' | 'python3 with boto3'

const PROBES: Record<Program, [string, string[]]> = {
  moto_server: ['moto_server', ['--help']],
  aws: ['aws', ['--version']],
  'python3 with boto3': ['python3', ['-c', 'import boto3']],
}

process.once('SIGINT', () => process.exit(130)) // with these, moto_server is ended by what is registered for exit
process.once('SIGTERM', () => process.exit(143))
process.exitCode = await main().catch((error: unknown) => {
  console.error(error)
  return 1
})

async function main(): Promise<number> {
  const names = [SAMPLE, ...Object.keys(INCIDENTS), ...PLANNED.map(({ name }) => name)]
  const options = readOptions(names)
  if (options === undefined) return 2
  const { out, only } = options
  const wanted = names.filter(
    (name) => only === undefined || name === only || name.endsWith(`/${only}`),
  )
  const planned = PLANNED.filter(({ name }) => wanted.includes(name))
  const missing = await findMissingPrograms(planned)
  const skipped = planned.flatMap((one) => {
    const needed = listPrograms(one).filter((program) => missing.has(program))
    return needed.length === 0 ? [] : [{ one, needed }]
  })
  const makeable = planned.filter((candidate) => !skipped.some(({ one }) => one === candidate))

  if (wanted.includes(SAMPLE)) await make(out, SAMPLE, 1, async (path) => savePageSample(path))
  for (const [name, compose] of Object.entries(INCIDENTS))
    if (wanted.includes(name)) makeIncident(join(out, `${name}.json`), name, compose)
  const { moto = [], provider = [] } = Object.groupBy(makeable, ({ service }) => service)
  await makeFromMoto(out, moto)
  await makeFromProvider(out, provider)

  for (const { one, needed } of skipped) {
    console.error(
      `SKIPPED  ${one.name}.json: ${needed.join(', ')} ${needed.length === 1 ? 'does' : 'do'} not answer here`,
    )
  }
  return skipped.length > 0 && process.env['CI'] ? 3 : 0
}

function readOptions(
  names: readonly string[],
): { out: string; only: string | undefined } | undefined {
  try {
    const { values } = parseArgs({ options: { out: { type: 'string' }, only: { type: 'string' } } })
    const only = values.only?.replace(/\.json$/, '')
    const out = values.out ?? join(import.meta.dirname, '../recordings')
    if (only === undefined || names.some((name) => name === only || name.endsWith(`/${only}`)))
      return { out, only }
    console.error(`There is no recording ${JSON.stringify(only)}. Known: ${names.join(', ')}.`)
  } catch (error) {
    console.error(
      `${error instanceof Error ? error.message : String(error)}\nUsage: node scripts/make-recordings.ts [--only NAME] [--out DIR]`,
    )
  }
  return undefined
}

function listPrograms({ service, way }: Planned): Program[] {
  const client: Program[] =
    way === 'aws-cli' ? ['aws'] : way === 'boto3' ? ['python3 with boto3'] : []
  return service === 'moto' ? ['moto_server', ...client] : client
}

async function findMissingPrograms(planned: readonly Planned[]): Promise<Set<Program>> {
  const needed = [...new Set(planned.flatMap(listPrograms))]
  const missing = await Promise.all(
    needed.map((program) =>
      run(...PROBES[program], { timeout: 30_000 }).then(
        () => [],
        () => [program],
      ),
    ),
  )
  return new Set(missing.flat())
}

async function makeFromMoto(out: string, planned: readonly Planned[]): Promise<void> {
  if (planned.length === 0) return
  await using moto = await startMoto()
  const note = `moto ${await readMotoVersion()}, a third-party ECS implementation; not AWS`
  for (const one of planned)
    await makePlanned(out, one, { world: await moto.setUp(), upstream: moto.url, note })
}

/** moto_server does not say its version; the package that python3 finds does. */
async function readMotoVersion(): Promise<string> {
  const code = "from importlib.metadata import version; print(version('moto'))"
  const { stdout } = await run('python3', ['-c', code]).catch(() => ({ stdout: '' }))
  return stdout.trim() || 'of an unknown version'
}

async function makeFromProvider(out: string, planned: readonly Planned[]): Promise<void> {
  const { account, region, clusters } = createDefaultState()
  const ids = clusters.flatMap(({ containerInstances }) => containerInstances.map(({ id }) => id))
  const instanceArns = ids.map(
    (id) => `arn:aws:ecs:${region}:${account}:container-instance/default/${id}`,
  )
  for (const one of planned) {
    await using provider = await startProvider({
      seed: PROVIDER_SEED,
      clock: { now: () => Date.parse(SAMPLE_DATE) },
    })
    await makePlanned(out, one, {
      world: { instanceArns },
      upstream: provider.url,
      note: PROVIDER_NOTE,
    })
  }
}

async function makePlanned(
  out: string,
  { name, way, request, attempts = 1 }: Planned,
  service: { world: World; upstream: string; note: string },
) {
  const { world, upstream, note } = service
  await make(out, name, attempts, (path) =>
    recordRequest({ way, request: request(world), upstream, out: path, note }),
  )
}

/** Composed by the same code, an incident is the same text each time. */
function makeIncident(path: string, name: string, compose: () => RedactedRecording): void {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined
  const recording = compose()
  const broken = recording.exchanges
    .flatMap(checkExchange)
    .find(({ severity }) => severity === 'error')
  if (broken) throw new Error(`${name}: ${broken.pointer}: ${broken.message}`)
  const text = formatRecording(recording)
  if (text !== before) saveRecording(path, recording)
  console.log(`${text === before ? 'same   ' : 'written'}  ${name}.json`)
}

/** Makes one recording, checks that it is what its name says, and tells whether the file changed. */
async function make(
  out: string,
  name: string,
  attempts: number,
  record: (path: string) => Promise<string>,
): Promise<void> {
  const path = join(out, `${name}.json`)
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined
  const said = await record(path)
  const wrong = existsSync(path) ? findWrong(path, name, attempts) : 'nothing was recorded'
  if (wrong !== undefined)
    throw new Error(`${name}: ${wrong}. The client said: ${said || 'nothing'}`)
  console.log(`${readFileSync(path, 'utf8') === before ? 'same   ' : 'written'}  ${name}.json`)
}

function savePageSample(path: string): string {
  const recording = createRecording({
    recordedAt: SAMPLE_DATE,
    provenance: {
      source: "the API page's sample",
      client: 'aws-cli/1.11.13',
      note: 'copied from the page, not captured',
    },
    exchanges: [redactExchange(PAGE_SAMPLE)],
  })
  openRecordingFile(path).save(createRedaction().redactIfNeeded(recording).recording)
  return ''
}

/** What speaks against a recording; `undefined` when nothing does. */
function findWrong(path: string, name: string, attempts: number): string | undefined {
  const text = readFileSync(path, 'utf8')
  if (text.includes(ENVIRONMENT_VALUE)) return 'the value of an environment variable is in it'
  const { exchanges } = parseRecording(text, path)
  if (exchanges.length !== attempts)
    return `${exchanges.length} exchanges, where ${attempts} were planned`
  const response = exchanges.at(-1)?.response
  if (response === undefined || isTransportFailure(response)) return 'no response came'
  const { kind } = readOutcome({
    ...response,
    body: response.bodyText ?? JSON.stringify(response.body),
  })
  const planned = name.endsWith('-html-500') ? 'unreadable' : name.split('/')[0]
  if (kind !== planned) return `the outcome is ${kind}, where ${planned} was planned`
  const broken = exchanges
    .flatMap(checkExchange)
    .find(({ rule, severity }) => severity === 'error' && rule.startsWith('request.'))
  return broken && `the request is not as documented: ${broken.message}`
}
