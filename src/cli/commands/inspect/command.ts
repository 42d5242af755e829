import { commaList, text, variadic } from '../../options/option.ts'
import { anyRecordings, json, plain, config } from '../../options/shared.ts'
import { defineCommand } from '../../program/command.ts'

export const command = defineCommand({
  name: 'inspect',
  summary: 'List, show and compare recorded exchanges',
  arguments: { paths: anyRecordings },
  options: {
    exchange: text(
      'exchange',
      'n',
      'Show this exchange in full; PATH#N selects it if PATH holds several recordings',
    ),
    diff: variadic('diff', 'exchange', 'Compare two exchanges: numbers in PATH, or PATH#N PATH#N'),
    outcome: commaList('outcome', 'name', 'List only exchanges with these outcomes', {
      choices: ['started', 'partial', 'unplaced', 'rejected', 'unreadable', 'failed', 'answered'],
    }),
    reason: commaList('reason', 'name', 'List only exchanges with these failure reasons or errors'),
    find: text('find', 'text', 'List only exchanges that contain this text; case does not count'),
    html: text('html', 'file', 'Write a self-contained HTML page instead'),
    config,
    plain: plain(
      'exchange',
      'file, exchange, milliseconds, operation, outcome, response, request, errors, warnings',
    ),
    json,
  },
  examples: [
    'starttask inspect recordings/',
    'starttask inspect recordings/incidents/throttling-storm.json --outcome rejected',
    'starttask inspect recordings/partial/provider-one-instance-missing.json#1',
    'starttask inspect recordings/incidents/agent-disconnect-partial.json --diff 1 3',
    'starttask inspect recordings/ --html recordings.html',
  ],
  run: async (values) => (await import('./inspect.ts')).inspect(values),
})
