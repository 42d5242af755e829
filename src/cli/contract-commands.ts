import { type Command, Option } from '@commander-js/extra-typings'
import { chooseForm } from './findings/form.ts'
import { formatExamples } from './examples.ts'
import { parseCountOf, parsePort } from './output/terminal.ts'

export function addCheck(program: Command, finish: (code: number) => void): void {
  program
    .command('check')
    .description(
      'conformance of recordings, request bodies and response bodies with the documented contract',
    )
    .argument(
      '<path...>',
      'files (.json, or .ndjson with one document a line), folders with such files, or - for standard input',
    )
    .addOption(
      new Option('--as <kind>', 'what the files hold, when they do not say').choices([
        'request',
        'response',
        'recording',
      ] as const),
    )
    .option(
      '--ndjson',
      'one document a line, whatever the name; otherwise seen by .ndjson, or on standard input by its first line',
      false,
    )
    .option(
      '--config <file>',
      'what the team has decided; otherwise starttask.config.json, here or in a folder above',
    )
    .option('--verbose', 'every info in full, not one line for each rule', false)
    .addOption(
      new Option('--json', 'one JSON document on standard output')
        .default(false)
        .conflicts(['sarif', 'github', 'plain']),
    )
    .addOption(
      new Option(
        '--plain',
        'one line a finding: severity, file, line, exchange, pointer, rule, message, source; tabs between',
      )
        .default(false)
        .conflicts(['sarif', 'github']),
    )
    .addOption(
      new Option('--sarif', 'a SARIF 2.1.0 log on standard output, for code scanning')
        .default(false)
        .conflicts('github'),
    )
    .option(
      '--github',
      'annotations for GitHub Actions, where they come beside the plain report anyway',
      false,
    )
    .option(
      '--summary <file>',
      'add a summary in Markdown to a file; in GitHub Actions that of the step, unless this names one',
    )
    .addHelpText(
      'before',
      formatExamples(
        'starttask check recordings/',
        'starttask check request.json --as request --json',
        'jq -c .body log.json | starttask check - --as response',
        'starttask check requests.ndjson --sarif > starttask.sarif',
      ),
    )
    .action(async (paths, { as, ndjson, rules, verbose, summary, ...forms }) => {
      const { check } = await import('./commands/check/check.ts')
      finish(
        await check({
          paths,
          as,
          form: chooseForm(forms),
          isVerbose: verbose,
          isLines: ndjson,
          config,
          summary,
        }),
      )
    })
}

export function addDrift(program: Command, finish: (code: number) => void): void {
  program
    .command('drift')
    .description('where the documented contract and another source of StartTask no longer agree')
    .option('--sdk', 'the @aws-sdk/client-ecs that is installed here', false)
    .option('--model <file>', 'a service-2.json, also as .gz, or a Smithy JSON AST')
    .addOption(
      new Option('--json', 'one JSON document on standard output')
        .default(false)
        .conflicts('plain'),
    )
    .option(
      '--plain',
      'one line a difference: source, severity, kind, side, pointer, known or new, message; tabs between',
      false,
    )
    .addHelpText(
      'before',
      formatExamples('starttask drift --sdk', 'starttask drift --model service-2.json.gz --json'),
    )
    .action(async ({ sdk, model, json, plain }) => {
      const { drift } = await import('./commands/drift/drift.ts')
      finish(drift({ sdk, model, json, plain }))
    })
}

export function addCoverage(program: Command, finish: (code: number) => void): void {
  program
    .command('coverage')
    .description(
      'how much of the documented contract recordings have touched: outcomes, members, values, errors, failure reasons',
    )
    .argument('<path...>', 'recordings, folders with them, or archives')
    .option('--usage <dir>', 'count only what runs played that noted it there (STARTTASK_USAGE)')
    .option(
      '--config <file>',
      'the configuration file with thresholds under coverage; otherwise starttask.config.json, here or in a folder above',
    )
    .option('--all', 'name all that is missing, not ten of each', false)
    .addOption(
      new Option('--json', 'one JSON document on standard output')
        .default(false)
        .conflicts('plain'),
    )
    .option(
      '--plain',
      'one line a name: kind, touched, missing or besides, name, how often; tabs between',
      false,
    )
    .addHelpText(
      'before',
      formatExamples(
        'starttask coverage recordings/',
        'starttask coverage recordings/ --usage .usage --json',
      ),
    )
    .action(async (paths, { usage, rules, all, json, plain }) => {
      const { coverage } = await import('./commands/coverage/coverage.ts')
      finish(await coverage({ paths, usage, rules, all, json, plain }))
    })
}

export function addProvider(program: Command, finish: (code: number) => void): void {
  program
    .command('provider')
    .description('the embedded provider, which answers StartTask as documented')
    .option('--port <n>', 'the port on 127.0.0.1', parsePort, 0)
    .option(
      '--state <file>',
      'clusters, instances, definitions and tasks; written when it does not exist, and after each change',
    )
    .option('--seed <n>', 'what ids are made from', parseCountOf('--seed'), 1)
    .addHelpText('before', formatExamples('starttask provider --port 5000 --state ecs.json'))
    .action(async ({ port, state, seed }) => {
      const { provide } = await import('./commands/provider/provider.ts')
      finish(await provide({ port, state, seed }))
    })
}
