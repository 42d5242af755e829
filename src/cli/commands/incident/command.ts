import { defineGroup } from '../../program/command.ts'
import { command as archive } from './archive/command.ts'
import { command as query } from './query/command.ts'
import { command as reenact } from './reenact/command.ts'
import { command as report } from './report/command.ts'
import { command as timeline } from './timeline/command.ts'

export const command = defineGroup({
  name: 'incident',
  summary: 'Analyse production incidents from recordings',
  commands: [timeline, reenact, report, archive, query],
  examples: [
    'starttask incident timeline recordings/incidents',
    'starttask incident reenact incident.json -- node launch.js',
  ],
})
