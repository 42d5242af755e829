import { type Command, Option } from '@commander-js/extra-typings'

import { formatExamples } from './examples.ts'
import { parseLatency } from './replay-commands.ts'

/** Commands about incidents. */
export function addIncident(program: Command, command: string[], finish: (code: number) => void): void {
  const incident = program
    .command('incident')
    .description('what happened in production, from recordings of it')
    .addHelpText(
      'before',
      formatExamples('starttask incident timeline recordings/incidents', 'starttask incident reenact incident.json -- node launch.js'),
    )
  incident
    .command('timeline')
    .description('attempts and task state changes in the order of time, and what is to be seen in them')
    .argument('<path...>', 'recordings, archives, or folders of recordings; together they are one timeline')
    .option('--all', 'every event, however many', false)
    .addOption(new Option('--json', 'one JSON document on standard output').default(false).conflicts('plain'))
    .option(
      '--plain',
      'one line an event: number, milliseconds, attempt or task, operation or task ARN, result, summary, recording; tabs between',
      false,
    )
    .addHelpText(
      'before',
      formatExamples(
        'starttask incident timeline recordings/incidents/server-error-task-started.json',
        'starttask incident timeline client.json tasks.json --json',
      ),
    )
    .action(async (paths, { all, json, plain }) => {
      const { showTimeline } = await import('./incident-timeline.ts')
      finish(await showTimeline({ paths, all, json, plain }))
    })
  incident
    .command('reenact')
    .description("run today's code against the service as it was that day, and tell how its requests depart from that day's")
    .argument('<path...>', 'the incident: recordings, archives, or folders of recordings')
    .option(
      '--time <how>',
      'how long answers take: none, recorded, or a factor on the recorded times, as 0.01',
      parseLatency,
      'none' as const,
    )
    .option('--rules <file>', 'the rules file; otherwise starttask.rules.json, here or in a folder above')
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText(
      'before',
      formatExamples(
        'starttask incident reenact recordings/incidents/server-error-task-started.json -- node launch.js',
        'starttask incident reenact incident.json --time 0.01 --json -- pytest',
      ),
    )
    .action(async (paths, { time, rules, json }) => {
      const { reenactIncident } = await import('./incident-reenact.ts')
      finish(await reenactIncident({ paths, time, rules, json, command }))
    })
}
