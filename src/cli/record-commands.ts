import type { Command } from '@commander-js/extra-typings'
import { collect, formatExamples } from './examples.ts'
import { parsePort } from './output/terminal.ts'

export function addDemo(program: Command, finish: (code: number) => void): void {
  program
    .command('demo')
    .description('the main job end to end: record, replay offline, check')
    .option('--upstream <url>', 'a live service instead of the embedded provider')
    .option('--out <dir>', 'where the recordings go', '.starttask/demo')
    .addHelpText(
      'before',
      formatExamples(
        'starttask demo',
        'starttask demo --out /tmp/demo --upstream http://127.0.0.1:5000',
      ),
    )
    .action(async ({ upstream, out }) => {
      const { demo } = await import('./commands/demo/demo.ts')
      finish(await demo({ upstream, out }))
    })
}

export function addRecord(
  program: Command,
  command: string[],
  finish: (code: number) => void,
): void {
  program
    .command('record')
    .description(
      'a proxy that records StartTask exchanges with a live service; give a command after --',
    )
    .requiredOption(
      '--out <path>',
      'a .json file, or a folder with a file for each different request',
    )
    .option('--upstream <url>', 'the live service (or STARTTASK_UPSTREAM)')
    .option('--port <n>', 'the port on 127.0.0.1', parsePort, 0)
    .option(
      '--allow <operations>',
      'operations let through besides StartTask, comma-separated',
      collect,
      [],
    )
    .option('--note <text>', "a line for the recording's provenance")
    .option('--region <name>', 'the region to sign for, where the upstream does not tell it')
    .option('--sign', 'sign for an upstream that is not an AWS endpoint, too', false)
    .option(
      '--keep-credentials',
      'the command keeps its credentials; otherwise, where the proxy signs, it gets some for this run alone',
      false,
    )
    .option(
      '--config <file>',
      'what the team has decided; otherwise starttask.config.json, here or in a folder above',
    )
    .addHelpText(
      'before',
      formatExamples(
        'starttask record --out recordings/started/web.json --upstream http://127.0.0.1:5000 -- python3 deploy.py',
        'starttask record --out recordings --upstream https://ecs.eu-central-1.amazonaws.com -- aws ecs start-task …',
      ),
    )
    .action(async (options) => {
      const { record } = await import('./commands/record/record.ts')
      const { note, region, rules, upstream } = options
      finish(await record({ ...options, note, region, rules, upstream, command }))
    })
}

export function addRecover(program: Command, finish: (code: number) => void): void {
  program
    .command('recover')
    .description('put in place what a killed recorder left in its journal')
    .argument('<out...>', 'what the recorder was given as --out: a .json file or a folder')
    .addHelpText(
      'before',
      formatExamples(
        'starttask recover recordings/',
        'starttask recover recordings/started/web.json',
      ),
    )
    .action(async (paths) => {
      const { recover } = await import('./commands/recover/recover.ts')
      finish(await recover(paths))
    })
}
