import { type Command, Option } from '@commander-js/extra-typings'
import { chooseForm } from '../findings/form.ts'
import { formatExamples } from '../examples.ts'

/** `starttask pact …`: consumer contracts. */
export function addPact(program: Command, finish: (code: number) => void): void {
  const pact = program
    .command('pact')
    .description('consumer contracts: write, check, verify and publish pacts')
    .addHelpText(
      'before',
      formatExamples(
        'starttask pact check contracts/pacts',
        'starttask pact verify contracts/pacts --embedded',
      ),
    )
  addWrite(pact, finish)
  addPactCheck(pact, finish)
  addVerify(pact, finish)
  addPublish(pact, finish)
}

function addWrite(pact: Command, finish: (code: number) => void): void {
  pact
    .command('write')
    .description(
      'makes a pact of recordings, with matching rules of the documented contract; needs nothing of Pact',
    )
    .argument('<path...>', 'recordings, or folders with them')
    .requiredOption('--consumer <name>', 'the code that sends these requests')
    .requiredOption('--out <dir>', 'the folder for the pact')
    .option(
      '--reads <pointer...>',
      'what the consumer reads of a response, as /tasks/*/taskArn; otherwise all that was recorded',
    )
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText(
      'before',
      formatExamples(
        'starttask pact write recordings/ --consumer batch-runner --out contracts/pacts',
        'starttask pact write recordings/ --consumer batch-runner --out pacts --reads /failures "/tasks/*/taskArn"',
      ),
    )
    .action(async (paths, { consumer, out, reads, json }) => {
      const { writePact } = await import('../commands/pact/write/write.ts')
      finish(await writePact({ paths, consumer, out, reads, json }))
    })
}

function addPactCheck(pact: Command, finish: (code: number) => void): void {
  pact
    .command('check')
    .description(
      'compares the interactions of pacts with the documented contract, and with recordings; offline',
    )
    .argument('<path...>', 'pact files, or folders with them')
    .option('--recordings <path...>', 'recordings: what was really seen')
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
    .addHelpText(
      'before',
      formatExamples(
        'starttask pact check contracts/pacts',
        'starttask pact check pacts --recordings recordings/ --json',
      ),
    )
    .action(async (paths, { recordings, rules, verbose, ...forms }) => {
      const { checkPacts } = await import('../commands/pact/check/check.ts')
      finish(
        await checkPacts({
          paths,
          recordings: recordings ?? [],
          form: chooseForm(forms),
          isVerbose: verbose,
          config,
        }),
      )
    })
}

function addVerify(pact: Command, finish: (code: number) => void): void {
  pact
    .command('verify')
    .description(
      'lets Pact’s verifier send each interaction to a service and compares the responses; needs @pact-foundation/pact',
    )
    .argument('<path...>', 'pact files, or folders with them')
    .addOption(
      new Option('--url <url>', 'the service; against AWS this starts real tasks').conflicts(
        'embedded',
      ),
    )
    .option('--embedded', 'the embedded provider of this package', false)
    .option(
      '--states-url <url>',
      'where Pact asks for provider states: POST { state, params, action }',
    )
    .option('--sign', 'sign each request for AWS, with credentials of the default chain', false)
    .option('--region <region>', 'the region to sign for, where the URL does not tell it')
    .option('--timeout <seconds>', 'for one response', Number, 5)
    .option(
      '--config <file>',
      'the configuration file with provider.departures; otherwise starttask.config.json, here or in a folder above',
    )
    .option('--verbose', 'what Pact prints, on standard error', false)
    .addOption(
      new Option('--json', 'one JSON document on standard output')
        .default(false)
        .conflicts('plain'),
    )
    .option(
      '--plain',
      'one line a result: passed, failed, departs or gone, consumer, interaction, place, what differs; tabs between',
      false,
    )
    .addHelpText(
      'before',
      formatExamples(
        'starttask pact verify contracts/pacts --embedded',
        'starttask pact verify contracts/pacts --url http://127.0.0.1:5000 --states-url http://127.0.0.1:5001/states',
      ),
    )
    .action(async (paths, options) => {
      const { verify } = await import('../commands/pact/verify/verify.ts')
      finish(await verify({ paths, ...options }))
    })
}

function addPublish(pact: Command, finish: (code: number) => void): void {
  pact
    .command('publish')
    .description(
      'publishes pacts to a Pact Broker with @pact-foundation/pact-cli, under version and branch of git',
    )
    .argument('<path...>', 'pact files, or folders with them')
    .option(
      '--broker <url>',
      'the broker; otherwise PACT_BROKER_BASE_URL. PACT_BROKER_TOKEN, or _USERNAME and _PASSWORD, open it',
    )
    .option('--version-id <version>', "the consumer's version; otherwise git's commit")
    .option('--branch <name>', "the consumer's branch; otherwise git's, or what CI calls it")
    .option('--tag <name...>', 'tags of the version')
    .option('--timeout <seconds>', 'for all of it', Number, 30)
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText(
      'before',
      formatExamples('starttask pact publish contracts/pacts --broker https://broker.example'),
    )
    .action(async (paths, options) => {
      const { publish } = await import('../commands/pact/publish/publish.ts')
      finish(await publish({ paths, ...options }))
    })
}
