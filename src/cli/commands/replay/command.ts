import { choice, commaList, flag, type Option, parsed, text } from '../../options/option.ts'
import { ignore, json, loosen, recordings, config, usage } from '../../options/shared.ts'
import { parseLatency, parsePort } from '../../options/values.ts'
import { defineCommand } from '../../program/command.ts'

const ports: Option<number[]> = {
  name: 'port',
  value: 'n,...',
  description: 'Port, or several with a session each',
  repeats: 'commas',
  default: 'a free port',
  read: (texts) =>
    texts.flatMap((given) => given.split(',').map((one) => parsePort(one, '--port'))),
}

export const command = defineCommand({
  name: 'replay',
  summary: 'Serve recorded responses over HTTP',
  details:
    'The command after -- runs with its ECS endpoint set to this server; without a command the server runs until Ctrl-C.',
  takesCommand: true,
  arguments: { paths: recordings },
  options: {
    ports,
    host: text(
      'host',
      'address',
      'Address to listen on; whoever can reach another one than 127.0.0.1 can read the recordings',
    ),
    allowHosts: commaList(
      'allow-host',
      'names',
      'Host names, in addition to IP addresses, that clients may use for the server',
    ),
    tlsCert: text('tls-cert', 'file', 'Certificate (PEM), to serve HTTPS; with --tls-key'),
    tlsKey: text('tls-key', 'file', 'Key of the certificate (PEM)'),
    afterLast: choice('after-last', 'action', 'Response to a request after its last recorded one', {
      choices: ['refuse', 'repeat', 'restart'],
      absent: 'refuse',
    }),
    attempts: choice('attempts', 'which', 'Attempts of one invocation: each, or only the last', {
      choices: ['recorded', 'collapsed'],
      absent: 'recorded',
    }),
    session: text(
      'session',
      'by',
      'Counters per session: access-key or app-id separates clients; another word names the only session',
      { suggestions: ['access-key', 'app-id'] },
    ),
    latency: {
      ...parsed('latency', 'time', 'Delay of responses: none, recorded, or a factor such as 0.5', {
        parse: parseLatency,
        absent: 'none',
        shown: 'none',
      }),
      suggestions: ['none', 'recorded'],
    },
    faults: text('faults', 'file', 'Faults to inject, as docs/faults.md describes'),
    echo: flag(
      'echo',
      'Copy cluster, group, startedBy, tags and instances of the request into StartTask responses, with new ids and times',
    ),
    ignore,
    loosen,
    config,
    requireUsed: flag(
      'require-used',
      'Fail if the command succeeds without using every recorded exchange',
    ),
    usage: usage('Folder that gets a list of the exchanges used, for starttask prune'),
    json,
  },
  examples: [
    'starttask replay recordings/started -- aws ecs start-task …',
    'starttask replay recordings --port 4566',
    'starttask replay recordings --usage .starttask/usage --require-used -- npm test',
    'starttask replay recordings --port 4566 --session app-id --after-last repeat',
    'starttask replay recordings --port 4566 --latency recorded --faults faults.json',
  ],
  run: async (values) => (await import('./replay.ts')).replay(values),
})
