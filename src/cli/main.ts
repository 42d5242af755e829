import { Command, CommanderError, Option } from '@commander-js/extra-typings'

import { VERSION } from '../version.ts'
import { allowClosedPipes, EXIT, parsePort, tellError } from './terminal.ts'

/** Runs the command line and sets the process's exit code; it never calls `process.exit`, which would cut piped output short. */
export async function main(argv: readonly string[]): Promise<void> {
  allowClosedPipes()
  try {
    process.exitCode = await run(argv)
  } catch (error) {
    process.exitCode = error instanceof CommanderError ? (error.exitCode === 0 ? EXIT.fine : EXIT.usage) : tellError(error)
  }
}

async function run(argv: readonly string[]): Promise<number> {
  const { own, command } = splitCommand(argv)
  let code: number = EXIT.fine
  const finish = (result: number) => {
    code = result
  }
  await createProgram(command, finish).parseAsync([...own], { from: 'user' })
  return code
}

const TAKES_COMMAND = ['record', 'replay']

/** For `record` and `replay`, what stands after `--` is a command to run; elsewhere it is operands, as everywhere. */
function splitCommand(argv: readonly string[]): { own: readonly string[]; command: string[] } {
  const separator = argv.indexOf('--')
  if (separator === -1 || !TAKES_COMMAND.includes(argv[0] ?? '')) return { own: argv, command: [] }
  return { own: argv.slice(0, separator), command: argv.slice(separator + 1) }
}

function createProgram(command: string[], finish: (code: number) => void): Command {
  const program = new Command('starttask')
    .description('Record, check and replay Amazon ECS StartTask exchanges.')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('(starttask --help shows the commands)')
    .addHelpText('before', formatExamples(EXAMPLES.starttask))
  addDemo(program, finish)
  addRecord(program, command, finish)
  addReplay(program, command, finish)
  addCheck(program, finish)
  addDrift(program, finish)
  addProvider(program, finish)
  addRecover(program, finish)
  addScan(program, finish)
  addRedact(program, finish)
  addPropose(program, finish)
  return program
}

const EXAMPLES = {
  starttask: ['starttask demo', 'starttask replay recordings/started -- npm test', 'starttask check recordings/'],
  record: [
    'starttask record --out recordings/started/web.json --upstream http://127.0.0.1:5000 -- python3 deploy.py',
    'starttask record --out recordings --upstream https://ecs.eu-central-1.amazonaws.com -- aws ecs start-task …',
  ],
  replay: ['starttask replay recordings/started -- aws ecs start-task …', 'starttask replay recordings --port 4566'],
  check: [
    'starttask check recordings/',
    'starttask check request.json --as request --json',
    'jq -c .body log.json | starttask check - --as response',
    'starttask check requests.ndjson --sarif > starttask.sarif',
  ],
  demo: ['starttask demo', 'starttask demo --out /tmp/demo --upstream http://127.0.0.1:5000'],
  drift: ['starttask drift --sdk', 'starttask drift --model service-2.json.gz --json'],
  scan: [
    'starttask scan recordings/',
    'git diff --cached --name-only --diff-filter=d -z -- recordings | xargs -0 -r starttask scan --',
    'starttask scan - < debug.log',
  ],
  redact: ['starttask redact recordings/', 'starttask redact old.json --out clean/', 'starttask redact recordings/ --check'],
  recover: ['starttask recover recordings/', 'starttask recover recordings/started/web.json'],
  provider: ['starttask provider --port 5000 --state ecs.json'],
  propose: ['starttask propose recordings/monday recordings/tuesday', 'starttask propose old.json new.json --json'],
}

function formatExamples(examples: readonly string[]): string {
  return `Examples:\n${examples.map((example) => `  ${example}`).join('\n')}\n`
}

function collect(value: string, before: string[]): string[] {
  return [...before, ...value.split(',').filter(Boolean)]
}

function addDemo(program: Command, finish: (code: number) => void): void {
  program
    .command('demo')
    .description('the main job end to end: record, replay offline, check')
    .option('--upstream <url>', 'a live service instead of the embedded provider')
    .option('--out <dir>', 'where the recordings go', '.starttask/demo')
    .addHelpText('before', formatExamples(EXAMPLES.demo))
    .action(async ({ upstream, out }) => {
      const { demo } = await import('./demo.ts')
      finish(await demo({ upstream, out }))
    })
}

function addRecord(program: Command, command: string[], finish: (code: number) => void): void {
  program
    .command('record')
    .description('a proxy that records StartTask exchanges with a live service; give a command after --')
    .requiredOption('--out <path>', 'a .json file, or a folder with a file for each different request')
    .option('--upstream <url>', 'the live service (or STARTTASK_UPSTREAM)')
    .option('--port <n>', 'the port on 127.0.0.1', parsePort, 0)
    .option('--allow <operations>', 'operations let through besides StartTask, comma-separated', collect, [])
    .option('--note <text>', "a line for the recording's provenance")
    .option('--region <name>', 'the region to sign for, where the upstream does not tell it')
    .option('--sign', 'sign for an upstream that is not an AWS endpoint, too', false)
    .option(
      '--keep-credentials',
      'the command keeps its credentials; otherwise, where the proxy signs, it gets some for this run alone',
      false,
    )
    .option('--rules <file>', 'what the team has decided; otherwise starttask.rules.json, here or in a folder above')
    .addHelpText('before', formatExamples(EXAMPLES.record))
    .action(async (options) => {
      const { record } = await import('./record.ts')
      const { note, region, rules, upstream } = options
      finish(await record({ ...options, note, region, rules, upstream, command }))
    })
}

function addReplay(program: Command, command: string[], finish: (code: number) => void): void {
  program
    .command('replay')
    .description('an HTTP server that answers from recordings; give a command after --')
    .argument('<path...>', 'recordings: files or folders')
    .option('--port <n>', 'the port on 127.0.0.1', parsePort, 0)
    .addOption(
      new Option('--after-last <what>', 'what a request meets after its last recorded answer')
        .choices(['refuse', 'repeat', 'restart'] as const)
        .default('refuse' as const),
    )
    .option('--ignore <pointers>', 'places of the body that do not count, comma-separated JSON Pointers', collect, [])
    .option('--rules <file>', 'what the team has decided; otherwise starttask.rules.json, here or in a folder above')
    .addHelpText('before', formatExamples(EXAMPLES.replay))
    .action(async (paths, { port, afterLast, ignore, rules }) => {
      const { replay } = await import('./replay.ts')
      finish(await replay({ paths, port, afterLast, ignore, rules, command }))
    })
}

function addCheck(program: Command, finish: (code: number) => void): void {
  program
    .command('check')
    .description('conformance of recordings, request bodies and response bodies with the documented contract')
    .argument('<path...>', 'files (.json, or .ndjson with one document a line), folders with such files, or - for standard input')
    .addOption(
      new Option('--as <kind>', 'what the files hold, when they do not say').choices(['request', 'response', 'recording'] as const),
    )
    .option('--ndjson', 'one document a line, whatever the name; otherwise seen by .ndjson, or on standard input by its first line', false)
    .option('--rules <file>', 'what the team has decided; otherwise starttask.rules.json, here or in a folder above')
    .option('--verbose', 'every info in full, not one line for each rule', false)
    .addOption(new Option('--json', 'one JSON document on standard output').default(false).conflicts(['sarif', 'github']))
    .addOption(new Option('--sarif', 'a SARIF 2.1.0 log on standard output, for code scanning').default(false).conflicts('github'))
    .option('--github', 'annotations for GitHub Actions, where they come beside the plain report anyway', false)
    .addHelpText('before', formatExamples(EXAMPLES.check))
    .action(async (paths, { as, ndjson, rules, verbose, json, sarif, github }) => {
      const { check } = await import('./check.ts')
      const form = json ? 'json' : sarif ? 'sarif' : github ? 'github' : 'plain'
      finish(await check({ paths, as, form, isVerbose: verbose, isLines: ndjson, rules }))
    })
}

function addDrift(program: Command, finish: (code: number) => void): void {
  program
    .command('drift')
    .description('where the documented contract and another source of StartTask no longer agree')
    .option('--sdk', 'the @aws-sdk/client-ecs that is installed here', false)
    .option('--model <file>', 'a service-2.json, also as .gz, or a Smithy JSON AST')
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText('before', formatExamples(EXAMPLES.drift))
    .action(async ({ sdk, model, json }) => {
      const { drift } = await import('./drift.ts')
      finish(drift({ sdk, model, json }))
    })
}

function addProvider(program: Command, finish: (code: number) => void): void {
  program
    .command('provider')
    .description('the embedded provider, which answers StartTask as documented')
    .option('--port <n>', 'the port on 127.0.0.1', parsePort, 0)
    .option('--state <file>', 'clusters, instances, definitions and tasks; written when it does not exist, and after each change')
    .option('--seed <n>', 'what ids are made from', Number, 1)
    .addHelpText('before', formatExamples(EXAMPLES.provider))
    .action(async ({ port, state, seed }) => {
      const { provide } = await import('./provider.ts')
      finish(await provide({ port, state, seed }))
    })
}

function addRecover(program: Command, finish: (code: number) => void): void {
  program
    .command('recover')
    .description('put in place what a killed recorder left in its journal')
    .argument('<out...>', 'what the recorder was given as --out: a .json file or a folder')
    .addHelpText('before', formatExamples(EXAMPLES.recover))
    .action(async (paths) => {
      const { recover } = await import('./recover.ts')
      finish(await recover(paths))
    })
}

function addPropose(program: Command, finish: (code: number) => void): void {
  program
    .command('propose')
    .description('which places of the requests to ignore, from two recordings of one flow; changes nothing')
    .argument('<old>', 'a recording, or a folder with recordings')
    .argument('<new>', 'what the same flow gave another time')
    .option('--rules <file>', 'what the team has decided; otherwise starttask.rules.json, here or in a folder above')
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText('before', formatExamples(EXAMPLES.propose))
    .action(async (old, fresh, { rules, json }) => {
      const { propose } = await import('./propose.ts')
      finish(await propose({ old, new: fresh, rules, json }))
    })
}

function addScan(program: Command, finish: (code: number) => void): void {
  program
    .command('scan')
    .description('look for secrets in recordings, journals, logs and other files; for CI and commit hooks')
    .argument('<path...>', 'files, folders, or - for standard input')
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText('before', formatExamples(EXAMPLES.scan))
    .action(async (paths, { json }) => {
      const { scan } = await import('./scan.ts')
      finish(await scan({ paths, json }))
    })
}

function addRedact(program: Command, finish: (code: number) => void): void {
  program
    .command('redact')
    .description('take out of recordings what redaction takes out when they are made')
    .argument('<path...>', 'recordings: files or folders')
    .option('--out <folder>', 'where the clean ones go; otherwise they take the place of the others')
    .option('--check', 'write nothing, and fail when something would change', false)
    .option('--rules <file>', 'what the team has decided; otherwise starttask.rules.json, here or in a folder above')
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText('before', formatExamples(EXAMPLES.redact))
    .action(async (paths, { out, check, rules, json }) => {
      const { redact } = await import('./redact.ts')
      finish(await redact({ paths, out, rules, check, json }))
    })
}
