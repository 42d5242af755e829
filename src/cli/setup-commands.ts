import { type Command, Option } from '@commander-js/extra-typings'

import { formatExamples } from './examples.ts'

export function addInit(program: Command, finish: (code: number) => void): void {
  program
    .command('init')
    .description(
      'set a project up: one recording and one test that replays it; shows what it would write, and asks',
    )
    .addOption(
      new Option(
        '--runner <name>',
        'the test runner; otherwise the one that package.json tells',
      ).choices(['vitest', 'jest', 'node', 'mocha'] as const),
    )
    .option('--yes', 'write without asking', false)
    .option('--dry-run', 'show what would be written, and write nothing', false)
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText(
      'before',
      formatExamples(
        'starttask init',
        'starttask init --dry-run',
        'starttask init --runner vitest --yes',
      ),
    )
    .action(async ({ runner, yes, dryRun, json }) => {
      const { init } = await import('./commands/init/init.ts')
      finish(await init({ runner, isAgreed: yes, isDryRun: dryRun, json }))
    })
}

export function addDoctor(program: Command, finish: (code: number) => void): void {
  program
    .command('doctor')
    .description(
      'what is wrong with the set-up of the project in the working directory; opens no connection unless --upstream names one',
    )
    .option('--upstream <url>', 'a service to ask whether it is there; nothing is started there')
    .addOption(
      new Option('--json', 'one JSON document on standard output')
        .default(false)
        .conflicts('plain'),
    )
    .option('--plain', 'one line a check, its fields between tabs', false)
    .addHelpText(
      'before',
      formatExamples(
        'starttask doctor',
        'starttask doctor --json',
        'starttask doctor --upstream http://127.0.0.1:5000',
      ),
    )
    .action(async ({ upstream, json, plain }) => {
      const { doctor } = await import('./commands/doctor/doctor.ts')
      finish(await doctor({ upstream, json, plain }))
    })
}
