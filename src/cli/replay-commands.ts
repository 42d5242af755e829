import { type Command, InvalidArgumentError, Option } from '@commander-js/extra-typings'
import { collect, formatExamples } from './examples.ts'
import { parsePort } from './output/terminal.ts'

const CONFIG =
  'what the team has decided; otherwise starttask.config.json, here or in a folder above'
const IGNORE = 'places of the body that do not count, comma-separated JSON Pointers'
const LOOSEN =
  'places of the body of which only the look counts (a UUID, a time, a number), comma-separated JSON Pointers'

export function addReplay(
  program: Command,
  command: string[],
  finish: (code: number) => void,
): void {
  program
    .command('replay')
    .description('an HTTP server that answers from recordings; give a command after --')
    .argument('<path...>', 'recordings: files or folders')
    .option(
      '--port <n,...>',
      'the port; each of several has a session of its own',
      collectPorts,
      [],
    )
    .option(
      '--host <address>',
      'the address to listen on: whoever reaches another one than 127.0.0.1 can read what is recorded',
    )
    .option(
      '--allow-host <names>',
      'names that clients may call the server by besides addresses, comma-separated',
      collect,
      [],
    )
    .option('--tls-cert <file>', 'a certificate (PEM): serves HTTPS; with --tls-key')
    .option('--tls-key <file>', 'the key of the certificate (PEM)')
    .addOption(
      new Option('--after-last <what>', 'what a request meets after its last recorded response')
        .choices(['refuse', 'repeat', 'restart'] as const)
        .default('refuse' as const),
    )
    .addOption(
      new Option('--attempts <which>', 'attempts of one invocation: all in turn, or the last alone')
        .choices(['recorded', 'collapsed'] as const)
        .default('recorded' as const),
    )
    .option(
      '--session <by>',
      'sessions have counters of their own: access-key or app-id tells them apart, another word names the one there is',
    )
    .option(
      '--latency <which>',
      'whether answers take their time: none, recorded, or a factor on the recorded time, as 0.5',
      parseLatency,
      'none' as const,
    )
    .option(
      '--faults <file>',
      'what goes wrong besides what was recorded, as docs/faults.md describes',
    )
    .option(
      '--echo',
      'StartTask responses take over cluster, group, startedBy, tags and instances of the request, with new ids and times',
      false,
    )
    .option('--ignore <pointers>', IGNORE, collect, [])
    .option('--loosen <pointers>', LOOSEN, collect, [])
    .option('--config <file>', CONFIG)
    .option(
      '--require-used',
      'fail when something recorded was not asked for and the command went well',
      false,
    )
    .option(
      '--usage <folder>',
      'note there what was played, for starttask prune; the command notes its own there, too',
    )
    .option('--json', 'with a command: one JSON document on standard output, at the end', false)
    .addHelpText(
      'before',
      formatExamples(
        'starttask replay recordings/started -- aws ecs start-task …',
        'starttask replay recordings --port 4566',
        'starttask replay recordings --usage .starttask/usage --require-used -- npm test',
        'starttask replay recordings --port 4566 --session app-id --after-last repeat',
        'starttask replay recordings --port 4566 --latency recorded --faults faults.json',
      ),
    )
    .action(
      async (
        paths,
        { port, host, allowHost, tlsCert, tlsKey, session, config, usage, faults, ...options },
      ) => {
        const { replay } = await import('./commands/replay/replay.ts')
        finish(
          await replay({
            ...options,
            paths,
            ports: port,
            host,
            allowHosts: allowHost,
            tlsCert,
            tlsKey,
            session,
            config,
            usage,
            faults,
            command,
          }),
        )
      },
    )
}

function collectPorts(value: string, before: number[]): number[] {
  return [...before, ...value.split(',').map(parsePort)]
}

/** A commander parser of times: `none`, `recorded`, or a factor. */
export function parseLatency(value: string): 'none' | 'recorded' | { scale: number } {
  if (value === 'none' || value === 'recorded') return value
  const scale = Number(value)
  if (value.trim() !== '' && Number.isFinite(scale) && scale >= 0) return { scale }
  throw new InvalidArgumentError('It takes none, recorded, or a factor such as 0.5.')
}

export function addExplain(program: Command, finish: (code: number) => void): void {
  program
    .command('explain')
    .description(
      'why a request is answered by a recording, or which recorded one is nearest and where it differs',
    )
    .argument('<request>', 'a file with the request body as JSON, or - for standard input')
    .argument('<path...>', 'recordings: files or folders')
    .option('--operation <name>', 'the operation that is called', 'StartTask')
    .option('--ignore <pointers>', IGNORE, collect, [])
    .option('--loosen <pointers>', LOOSEN, collect, [])
    .option('--config <file>', CONFIG)
    .addOption(
      new Option('--json', 'one JSON document on standard output')
        .default(false)
        .conflicts('plain'),
    )
    .option(
      '--plain',
      'one line an exchange that answers, or a difference: match or the kind of miss, recording, exchange, pointer, what differs; tabs between',
      false,
    )
    .addHelpText(
      'before',
      formatExamples(
        'starttask explain request.json recordings/',
        'jq .body failed.json | starttask explain - recordings --json',
      ),
    )
    .action(async (request, paths, { rules, ...options }) => {
      const { explain } = await import('./commands/explain/explain.ts')
      finish(await explain({ ...options, request, paths, rules }))
    })
}

export function addPrune(program: Command, finish: (code: number) => void): void {
  program
    .command('prune')
    .description(
      'drop what no run played from recordings; runs note it where STARTTASK_USAGE or --usage says',
    )
    .argument('<path...>', 'recordings: files or folders')
    .requiredOption('--usage <folder>', 'where the runs noted what they played')
    .option('--check', 'write nothing, and fail when something is unused', false)
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText(
      'before',
      formatExamples(
        'STARTTASK_USAGE=.starttask/usage npm test && starttask prune recordings --usage .starttask/usage --check',
        'starttask prune recordings --usage .starttask/usage',
      ),
    )
    .action(async (paths, options) => {
      const { prune } = await import('./commands/prune/prune.ts')
      finish(prune({ ...options, paths }))
    })
}
