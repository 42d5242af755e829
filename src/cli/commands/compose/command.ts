import { type Command } from '@commander-js/extra-typings'

import { formatExamples } from '../../examples.ts'

export function addCompose(program: Command, finish: (code: number) => void): void {
  program
    .command('compose')
    .description(
      'a conforming recording of any outcome, from the documented contract alone; no service is asked',
    )
    .argument(
      '[request]',
      'a file with the request body as JSON, or - for standard input; otherwise a request of two instances',
    )
    .requiredOption('--outcome <name>', 'started, partial, unplaced, rejected or unreadable')
    .option(
      '--reason <reason>',
      'why: a failure reason, the name of an error, or what came instead of a response; again for the next instance',
      addOne,
      [],
    )
    .option('--error <name>', 'for rejected: the name of the error')
    .option('--status <n>', 'for rejected: the HTTP status, where the error was seen with several')
    .option('--detail <text>', 'what failures say besides their reason')
    .option('--message <text>', 'what the error says; otherwise what users saw of it')
    .requiredOption('--out <file>', 'the recording to write; its name ends in .json')
    .option('--append', 'add the exchange to a composed recording that is there', false)
    .option(
      '--config <file>',
      'what the team has decided; otherwise starttask.config.json, here or in a folder above',
    )
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText(
      'before',
      formatExamples(
        'starttask compose --outcome unplaced --reason AGENT --out recordings/agent.json',
        'starttask compose --outcome partial --reason RESOURCE:MEMORY request.json --out recordings/partial.json',
        'starttask compose --outcome rejected --error ClusterNotFoundException --out recordings/no-cluster.json',
        'jq .body failed.json | starttask compose - --outcome started --out recordings/started.json',
      ),
    )
    .action(async (request, options) => {
      const { compose } = await import('./compose.ts')
      const { reason, error, status, detail, message, config, ...given } = options
      finish(
        await compose({
          ...given,
          request,
          reasons: reason,
          error,
          status,
          detail,
          message,
          config,
        }),
      )
    })
}

/** Of a text that may hold commas. */
function addOne(value: string, before: string[]): string[] {
  return [...before, value]
}
