import { commaList, flag, requiredText, text } from '../../options/option.ts'
import { port, region, config } from '../../options/shared.ts'
import { defineCommand } from '../../program/command.ts'

export const command = defineCommand({
  name: 'record',
  summary: 'Record StartTask exchanges with a live service',
  details:
    'It starts a proxy on this machine. The command after -- runs with its ECS endpoint set to that proxy; without a command the proxy runs until Ctrl-C.',
  takesCommand: true,
  arguments: {},
  options: {
    out: requiredText(
      'out',
      'path',
      'A .json file, or a folder with one file per distinct request',
    ),
    upstream: text('upstream', 'url', 'Live service; otherwise STARTTASK_UPSTREAM'),
    port,
    allow: commaList('allow', 'operations', 'Operations to let through in addition to StartTask'),
    note: text('note', 'text', "Note for the recording's provenance"),
    region,
    sign: flag('sign', 'Sign requests also for an upstream that is not an AWS endpoint'),
    keepCredentials: flag(
      'keep-credentials',
      'Let the command keep its credentials; otherwise, if the proxy signs, it gets some for this run only',
    ),
    config,
  },
  examples: [
    'starttask record --out recordings/started/web.json --upstream http://127.0.0.1:5000 -- python3 deploy.py',
    'starttask record --out recordings --upstream https://ecs.eu-central-1.amazonaws.com -- aws ecs start-task …',
  ],
  run: async (values) => (await import('./record.ts')).record(values),
})
