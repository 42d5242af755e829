import type { Command } from '@commander-js/extra-typings'
import { HarnessError } from '../../message/index.ts'
import { collectAgain, formatExamples } from '../examples.ts'

const CONFIG =
  'the configuration file whose keep and redact apply; otherwise starttask.config.json, here or in a folder above'

/** Commands that keep incidents as Parquet files, and ask them. */
export function addAsking(incident: Command, finish: (code: number) => void): void {
  addArchiving(incident, finish)
  incident
    .command('query')
    .description(
      'ask recordings, archives or files of CloudTrail in SQL; the same text runs on Athena',
    )
    .argument(
      '[path...]',
      'an archive of incident archive, CloudTrail log files, recordings, folders, or s3://bucket/prefix; none with Athena',
    )
    .option('--named <name>', 'a query that ships; --list shows them')
    .option('--sql <text>', 'a SELECT on the table cloudtrail_logs; :name stands for a parameter')
    .option('--file <file>', 'a file with such a SELECT; - is standard input')
    .option(
      '--param <name=value>',
      'the value of a parameter, a text; can be given again',
      collectAgain,
      [] as string[],
    )
    .option('--limit <rows>', 'so many rows at most', parseLimit, 1000)
    .option('--dialect <name>', 'portable, or duckdb for what DuckDB alone understands', 'portable')
    .option(
      '--import <file>',
      'make a recording, x.json, or an archive, x.ndjson, of the rows, however many',
    )
    .option('--engine <name>', 'duckdb, or athena, which sends the query to AWS', 'duckdb')
    .option('--database <name>', 'Athena: the database that has cloudtrail_logs')
    .option(
      '--output-location <s3-url>',
      'Athena: where it keeps the rows, unless the workgroup says it',
    )
    .option('--workgroup <name>', 'Athena: the workgroup')
    .option('--region <region>', 'Athena: the region; otherwise as the AWS SDK finds it')
    .option('--list', 'show the queries that ship', false)
    .option('--show', 'show the text of the query as engines get it, and ask nothing', false)
    .option(
      '--ddl <s3-url>',
      'show the statement that makes an archive at that place a table in Athena or Trino',
    )
    .option(
      '--allow <operation...>',
      'operations to take from CloudTrail besides StartTask, where an archive has to be made',
    )
    .option('--config <file>', CONFIG)
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText(
      'before',
      formatExamples(
        'starttask incident query march/ --named failures',
        'starttask incident query AWSLogs/ --named outcomes --json',
        `starttask incident query march/ --sql "select count(*) from cloudtrail_logs where errorcode = :code" --param code=AccessDenied`,
        'starttask incident query --named events --engine athena --database logs --output-location s3://results/ --import incident.json',
      ),
    )
    .action(async (paths, { import: out, ...options }) => {
      const { queryIncident } = await import('../commands/incident/query/query.ts')
      finish(await queryIncident({ ...options, paths, importTo: out, allow: options.allow ?? [] }))
    })
}

function addArchiving(incident: Command, finish: (code: number) => void): void {
  incident
    .command('archive')
    .description(
      'keep recordings and records of CloudTrail as Parquet files, by region and day, redacted, to be asked',
    )
    .argument(
      '<path...>',
      'recordings, archives, files of CloudTrail, folders with them, or s3://bucket/prefix',
    )
    .requiredOption('--out <folder>', 'the folder that the archive becomes')
    .option('--allow <operation...>', 'operations to take from CloudTrail besides StartTask')
    .option('--config <file>', CONFIG)
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText(
      'before',
      formatExamples(
        'starttask incident archive AWSLogs/ --out march/',
        'starttask incident archive s3://my-trail/AWSLogs/123456789012/CloudTrail/us-east-1/2026/03/ --out march/',
        'starttask incident archive incident.ndjson.zst recordings/incidents --out incidents/',
      ),
    )
    .action(async (paths, { out, allow, rules, json }) => {
      const { archiveIncident } = await import('../commands/incident/archive/archive.ts')
      finish(await archiveIncident({ paths, out, allow: allow ?? [], rules, json }))
    })
}

function parseLimit(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new HarnessError(
    'usage',
    `--limit is ${JSON.stringify(text)}; a number of rows from 1 is needed.`,
  )
}
