import { type Command, Option } from '@commander-js/extra-typings'
import { formatExamples } from './examples.ts'

export function addPropose(program: Command, finish: (code: number) => void): void {
  program
    .command('propose')
    .description(
      'which places of the requests to ignore, from two recordings of one flow; changes nothing',
    )
    .argument('<old>', 'a recording, or a folder with recordings')
    .argument('<new>', 'what the same flow gave another time')
    .option(
      '--config <file>',
      'what the team has decided; otherwise starttask.config.json, here or in a folder above',
    )
    .addOption(
      new Option('--json', 'one JSON document on standard output')
        .default(false)
        .conflicts('plain'),
    )
    .option(
      '--plain',
      'one line a place: pointer, kind, in how many pairs it differed, of how many; tabs between',
      false,
    )
    .addHelpText(
      'before',
      formatExamples(
        'starttask propose recordings/monday recordings/tuesday',
        'starttask propose old.json new.json --json',
      ),
    )
    .action(async (old, fresh, { rules, json, plain }) => {
      const { propose } = await import('./commands/propose/propose.ts')
      finish(await propose({ old, new: fresh, rules, json, plain }))
    })
}

export function addRedact(program: Command, finish: (code: number) => void): void {
  program
    .command('redact')
    .description('take out of recordings what redaction takes out when they are made')
    .argument('<path...>', 'recordings: files or folders')
    .option(
      '--out <folder>',
      'where the clean ones go; otherwise they take the place of the others',
    )
    .option('--check', 'write nothing, and fail when something would change', false)
    .option(
      '--config <file>',
      'what the team has decided; otherwise starttask.config.json, here or in a folder above',
    )
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText(
      'before',
      formatExamples(
        'starttask redact recordings/',
        'starttask redact old.json --out clean/',
        'starttask redact recordings/ --check',
      ),
    )
    .action(async (paths, { out, check, rules, json }) => {
      const { redact } = await import('./commands/redact/redact.ts')
      finish(await redact({ paths, out, rules, check, json }))
    })
}

export function addImport(program: Command, finish: (code: number) => void): void {
  program
    .command('import')
    .description('a recording, or an archive, from what an incident or another tool left')
    .argument('<format>', 'aws-cli-debug, cloudtrail, eventbridge, har, nock, sdk-log or wiremock')
    .argument('<path...>', 'files, also as .gz or .zst, or folders with them')
    .requiredOption('--out <file>', 'x.json, or for many exchanges x.ndjson or x.ndjson.zst')
    .option('--allow <operation...>', 'operations to import besides StartTask')
    .option(
      '--config <file>',
      'the configuration file whose keep and redact apply; otherwise starttask.config.json, here or in a folder above',
    )
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText(
      'before',
      formatExamples(
        'starttask import aws-cli-debug debug.log --out recordings/incident.json',
        'starttask import cloudtrail AWSLogs/ --out incident.ndjson.zst',
        'starttask import har session.har --out recordings/session.json',
        'starttask import eventbridge task-states.ndjson --out recordings/tasks.json',
      ),
    )
    .action(async (format, paths, { out, allow, rules, json }) => {
      const { runImport } = await import('./commands/import/import.ts')
      finish(await runImport({ format, paths, out, allow: allow ?? [], rules, json }))
    })
}

export function addExport(program: Command, finish: (code: number) => void): void {
  program
    .command('export')
    .description('recordings in the form of another tool: har, nock, wiremock')
    .argument('<format>', 'har, nock or wiremock')
    .argument('<path...>', 'recordings, or folders of them')
    .requiredOption('--out <file>', 'the file to write')
    .option(
      '--scope <url>',
      'nock: the origin that the definitions answer for; otherwise the one that the recording was read from',
    )
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText(
      'before',
      formatExamples(
        'starttask export har recordings/ --out recordings.har',
        'starttask export wiremock recordings/started --out mappings/started.json',
        'starttask export nock recordings/a.json --scope https://ecs.eu-west-1.amazonaws.com --out nock.json',
      ),
    )
    .action(async (format, paths, { out, scope, json }) => {
      const { runExport } = await import('./commands/export/export.ts')
      finish(runExport({ format, paths, out, scope, json }))
    })
}

export function addArchive(program: Command, finish: (code: number) => void): void {
  program
    .command('archive')
    .description(
      'put many recordings into one file that is opened without reading it whole; also what others compressed',
    )
    .argument(
      '<path...>',
      'recordings, archives, or NDJSON of exchanges, plain, .gz or .zst: files or folders',
    )
    .requiredOption(
      '--out <file>',
      'the archive; its name ends in .ndjson, or in .ndjson.zst to compress it',
    )
    .option(
      '--config <file>',
      'what the team has decided; otherwise starttask.config.json, here or in a folder above',
    )
    .option('--json', 'one JSON document on standard output', false)
    .addHelpText(
      'before',
      formatExamples(
        'starttask archive recordings/ --out all.ndjson.zst',
        'starttask archive monday.ndjson.gz tuesday.ndjson --out week.ndjson',
      ),
    )
    .action(async (paths, { out, rules, json }) => {
      const { archive } = await import('./commands/archive/archive.ts')
      finish(await archive({ paths, out, rules, json }))
    })
}

export function addScan(program: Command, finish: (code: number) => void): void {
  program
    .command('scan')
    .description(
      'look for secrets in recordings, journals, logs and other files; for CI and commit hooks',
    )
    .argument('<path...>', 'files, folders, or - for standard input')
    .addOption(
      new Option('--json', 'one JSON document on standard output')
        .default(false)
        .conflicts('plain'),
    )
    .option(
      '--plain',
      'one line a secret: file, exchange, line, pointer, kind; tabs between',
      false,
    )
    .addHelpText(
      'before',
      formatExamples(
        'starttask scan recordings/',
        'git diff --cached --name-only --diff-filter=d -z -- recordings | xargs -0 -r starttask scan --',
        'starttask scan - < debug.log',
      ),
    )
    .action(async (paths, { json, plain }) => {
      const { scan } = await import('./commands/scan/scan.ts')
      finish(await scan({ paths, json, plain }))
    })
}
