import { type Command } from '@commander-js/extra-typings'

import { formatExamples } from './examples.ts'

/** Commands about incidents. */
export function addIncident(program: Command, finish: (code: number) => void): void {
  const incident = program.command('incident').description('what happened in production, from recordings of it')
  incident
    .command('timeline')
    .description('attempts and task state changes in the order of time, and what is to be seen in them')
    .argument('<path...>', 'recordings, archives, or folders of recordings; together they are one timeline')
    .option('--all', 'every event, however many', false)
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText(
      'before',
      formatExamples(
        'starttask incident timeline recordings/incidents/server-error-task-started.json',
        'starttask incident timeline client.json tasks.json --json',
      ),
    )
    .action(async (paths, { all, json }) => {
      const { showTimeline } = await import('./incident-timeline.ts')
      finish(await showTimeline({ paths, all, json }))
    })
}
