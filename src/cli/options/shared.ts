import {
  anyArguments,
  commaList,
  flag,
  manyArguments,
  type Option,
  parsed,
  text,
  variadic,
} from './option.ts'
import { parsePort } from './values.ts'

/** Options and arguments that several commands have, so that one name means one thing. */

/** Reading commands print one JSON document. */
export const json: Option<boolean> = flag('json', 'Print one JSON document on standard output', {
  conflicts: ['plain', 'sarif', 'github'],
})

/** @param fields the fields of a line, in their order */
export function plain(record: string, fields: string): Option<boolean> {
  return flag('plain', `Print one line per ${record}, with tabs between: ${fields}`, {
    conflicts: ['json', 'sarif', 'github'],
  })
}

/** Reports of findings. */
export const findingForms = {
  json,
  plain: plain('finding', 'severity, file, line, exchange, pointer, rule, message, source'),
  sarif: flag('sarif', 'Print a SARIF 2.1.0 log for code scanning', {
    conflicts: ['json', 'plain', 'github'],
  }),
  github: flag('github', 'Print annotations for GitHub Actions, without the plain report', {
    conflicts: ['json', 'plain', 'sarif'],
  }),
  isVerbose: flag('verbose', 'Print every info finding in full, not one line per rule'),
}

export const config: Option<string | undefined> = text(
  'config',
  'file',
  'Configuration file; otherwise starttask.config.json, found upwards from here',
)

export const check: Option<boolean> = flag(
  'check',
  'Write nothing, and fail if something would change',
)

export const ignore: Option<string[]> = commaList(
  'ignore',
  'pointers',
  'Members of the body that do not count, as JSON Pointers',
)

export const loosen: Option<string[]> = commaList(
  'loosen',
  'pointers',
  'Members of which only the format counts (UUID, time, number), as JSON Pointers',
)

export const allow: Option<string[]> = variadic(
  'allow',
  'operation',
  'Take these operations in addition to StartTask',
)

export const port: Option<number> = parsed('port', 'n', 'Port on 127.0.0.1', {
  parse: parsePort,
  absent: 0,
  shown: 'a free port',
})

export const region: Option<string | undefined> = text(
  'region',
  'name',
  'Region to sign for, if the URL does not contain it',
)

/** @param purpose an imperative sentence */
export function usage(purpose: string): Option<string | undefined> {
  return text('usage', 'folder', purpose)
}

export const recordings = manyArguments('path', 'Recordings: files or folders')

export const archivedRecordings = manyArguments(
  'path',
  'Recordings, archives, or folders of recordings',
)

export const incidentRecordings = manyArguments(
  'path',
  'Recordings, archives, or folders of recordings; together they are one incident',
)

export const anyRecordings = anyArguments(
  'path',
  'Recordings, archives, or folders of recordings; PATH#N shows one exchange',
)

export const pacts = manyArguments('path', 'Pact files, or folders with pact files')
