import { argument, parsed } from '../../options/option.ts'
import { ignore, json, loosen, plain, recordings, config } from '../../options/shared.ts'
import { defineCommand } from '../../program/command.ts'

export const command = defineCommand({
  name: 'explain',
  summary: 'Explain which recorded exchange answers a request',
  details: 'If none does, it shows the closest ones and where they differ.',
  arguments: {
    request: argument('request', 'File with the request body as JSON; - for standard input'),
    paths: recordings,
  },
  options: {
    operation: parsed('operation', 'name', 'Operation of the request', {
      parse: (name) => name,
      absent: 'StartTask',
      shown: 'StartTask',
    }),
    ignore,
    loosen,
    config,
    json,
    plain: plain(
      'matching exchange or difference',
      'match or the reason for no match, recording, exchange, pointer, difference',
    ),
  },
  examples: [
    'starttask explain request.json recordings/',
    'jq .body failed.json | starttask explain - recordings --json',
  ],
  run: async (values) => (await import('./explain.ts')).explain(values),
})
