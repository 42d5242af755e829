import { anyArguments, flag, parsed, repeatable, text } from '../../../options/option.ts'
import { allow, json, config } from '../../../options/shared.ts'
import { parseRows } from '../../../options/values.ts'
import { defineCommand } from '../../../program/command.ts'

export const command = defineCommand({
  name: 'query',
  summary: 'Query incidents and CloudTrail logs in SQL',
  details: 'The same SQL runs on DuckDB, which is the default, and on Athena.',
  arguments: {
    paths: anyArguments(
      'path',
      'An archive of incident archive, CloudTrail logs, recordings, folders, or s3://bucket/prefix; none for Athena',
    ),
  },
  options: {
    named: text('named', 'name', 'Run a query of this package; --list shows them'),
    sql: text('sql', 'text', 'Run a SELECT on the table cloudtrail_logs; :name is a parameter'),
    file: text('file', 'file', 'Read the SELECT from a file; - for standard input'),
    param: repeatable('param', 'name=value', 'Value of a parameter, as text'),
    limit: parsed('limit', 'rows', 'Maximum number of rows', {
      parse: parseRows,
      absent: 1000,
      shown: '1000',
    }),
    dialect: {
      ...parsed('dialect', 'name', 'SQL dialect; duckdb allows what only DuckDB understands', {
        parse: (name) => name,
        absent: 'portable',
        shown: 'portable',
      }),
      choices: ['portable', 'duckdb'],
    },
    importTo: text(
      'import',
      'file',
      'Write all rows as a recording, x.json, or as an archive, x.ndjson',
    ),
    engine: {
      ...parsed('engine', 'name', 'Engine; athena sends the query to AWS', {
        parse: (name) => name,
        absent: 'duckdb',
        shown: 'duckdb',
      }),
      choices: ['duckdb', 'athena'],
    },
    database: text('database', 'name', 'Athena: database of cloudtrail_logs'),
    outputLocation: text(
      'output-location',
      's3-url',
      'Athena: place for the rows, unless the workgroup sets it',
    ),
    workgroup: text('workgroup', 'name', 'Athena: workgroup'),
    region: text('region', 'name', 'Athena: region; otherwise as the AWS SDK finds it'),
    list: flag('list', 'Print the queries of this package'),
    show: flag('show', 'Print the query as engines receive it, and do not run it'),
    ddl: text(
      'ddl',
      's3-url',
      'Print the statement that creates a table of an archive at this place',
    ),
    allow,
    config,
    json,
  },
  examples: [
    'starttask incident query march/ --named failures',
    'starttask incident query AWSLogs/ --named outcomes --json',
    'starttask incident query march/ --sql "select count(*) from cloudtrail_logs where errorcode = :code" --param code=AccessDenied',
    'starttask incident query --named events --engine athena --database logs --output-location s3://results/ --import incident.json',
  ],
  run: async (values) => (await import('./query.ts')).queryIncident(values),
})
