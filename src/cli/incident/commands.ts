import { type Command, Option } from '@commander-js/extra-typings'
import { formatExamples } from '../examples.ts'
import { addAsking } from './query-commands.ts'
import { parseLatency } from '../replay-commands.ts'
import { parseCountOf } from '../output/terminal.ts'

/** Commands about incidents. */
export function addIncident(
  program: Command,
  command: string[],
  finish: (code: number) => void,
): void {
  const incident = program
    .command('incident')
    .description('what happened in production, from recordings of it')
    .addHelpText(
      'before',
      formatExamples(
        'starttask incident timeline recordings/incidents',
        'starttask incident reenact incident.json -- node launch.js',
      ),
    )
  incident
    .command('timeline')
    .description(
      'attempts and task state changes in the order of time, and what is to be seen in them',
    )
    .argument(
      '<path...>',
      'recordings, archives, or folders of recordings; together they are one timeline',
    )
    .option('--all', 'every event, however many', false)
    .addOption(
      new Option('--json', 'one JSON document on standard output')
        .default(false)
        .conflicts('plain'),
    )
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
      const { showTimeline } = await import('../commands/incident/timeline/timeline.ts')
      finish(await showTimeline({ paths, all, json, plain }))
    })
  incident
    .command('reenact')
    .description(
      "run today's code against the service as it was that day, and tell how its requests depart from that day's",
    )
    .argument('<path...>', 'the incident: recordings, archives, or folders of recordings')
    .option(
      '--time <how>',
      'how long answers take: none, recorded, or a factor on the recorded times, as 0.01',
      parseLatency,
      'none' as const,
    )
    .option(
      '--seed <number>',
      'other ids of tasks that nobody launched that day',
      parseCountOf('--seed'),
      0,
    )
    .option(
      '--config <file>',
      'the configuration file; otherwise starttask.config.json, here or in a folder above',
    )
    .option('--report <file>', 'write the report, that day and today side by side: one HTML file')
    .option('--markdown <file>', 'the same as Markdown for a pull request; - for standard output')
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText(
      'before',
      formatExamples(
        'starttask incident reenact recordings/incidents/server-error-task-started.json -- node launch.js',
        'starttask incident reenact incident.json --time 0.01 --json -- pytest',
        'starttask incident reenact incident.json --report report.html -- node launch.js',
      ),
    )
    .action(async (paths, { time, seed, rules, json, report: out, markdown }) => {
      const { reenactIncident } = await import('../commands/incident/reenact/reenact.ts')
      finish(await reenactIncident({ paths, time, seed, rules, json, command, out, markdown }))
    })
  incident
    .command('report')
    .description(
      'the incident as one HTML file that needs nothing else, or as Markdown for a pull request',
    )
    .argument(
      '<path...>',
      'recordings, archives, or folders of recordings; together they are one timeline',
    )
    .option('--out <file>', 'the HTML file')
    .option('--markdown <file>', 'a Markdown file; - for standard output')
    .option('--title <text>', 'the heading, instead of what the recordings say of their scenario')
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText(
      'before',
      formatExamples(
        'starttask incident report recordings/incidents/throttling-storm.json --out report.html',
        'starttask incident report client.json tasks.json --markdown - | gh pr comment 12 --body-file -',
      ),
    )
    .action(async (paths, { out, markdown, title, json }) => {
      const { reportIncident } = await import('../commands/incident/report/report.ts')
      finish(await reportIncident({ paths, out, markdown, title, json }))
    })
  addAsking(incident, finish)
}
