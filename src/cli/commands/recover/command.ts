import { manyArguments } from '../../options/option.ts'
import { defineCommand } from '../../program/command.ts'

export const command = defineCommand({
  name: 'recover',
  summary: 'Finish recordings that a killed recorder left',
  details: 'It reads the journals that the recorder wrote beside its output.',
  arguments: {
    paths: manyArguments('out', 'Value of --out of the recorder: a .json file or a folder'),
  },
  options: {},
  examples: ['starttask recover recordings/', 'starttask recover recordings/started/web.json'],
  run: async ({ paths }) => (await import('./recover.ts')).recover(paths),
})
