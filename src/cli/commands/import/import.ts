import { existsSync, statSync } from 'node:fs'
import {
  describeUnknownName,
  escapeLine,
  formatCount,
  formatDetail,
  HarnessError,
} from '../../../message/index.ts'
import {
  IMPORT_FORMATS,
  importFiles,
  type ImportFinding,
  type ImportFormat,
  type ImportProgress,
} from '../../../formats/index.ts'
import { chooseOperations } from '../../../contract/index.ts'
import { listFilesBelow } from '../../../recording/index.ts'
import { loadConfig } from '../../../config/index.ts'
import { formatJson } from '../../output/json-text.ts'
import { startProgress } from '../../output/long-work.ts'
import { EXIT, printData, printNotice } from '../../output/terminal.ts'

export interface ImportCommand {
  format: string
  paths: string[]
  out: string
  allow: string[]
  config: string | undefined
  json: boolean
}

/** Imports exchanges from files of another format; gives the exit code: 1 when something was left out or nothing was found. */
export async function runImport({
  format: name,
  paths,
  out,
  allow,
  config: file,
  json,
}: ImportCommand): Promise<number> {
  const format = findFormat(name)
  const operations = chooseOperations(allow)
  const files = paths.flatMap(listImports)
  requireOut(out)
  const config = loadConfig({ file })
  const progress = startProgress(paths)
  const onProgress = ({ file: at, bytes, found }: ImportProgress) =>
    progress.show(
      `file ${at} of ${files.length}, ${(bytes / 1e6).toFixed(1)} MB read, ${found} found`,
    )
  const { exchanges, taskStates, findings } = await importFiles({
    format,
    files,
    out,
    operations,
    config,
    onProgress,
  }).finally(() => progress.end())
  const isFound = exchanges + taskStates > 0
  const { limits } = format
  if (json) {
    const where = isFound ? out : null
    printData(
      formatJson({
        schemaVersion: 1,
        format: name,
        out: where,
        files: files.length,
        exchanges,
        taskStates,
        limits,
        findings,
      }),
    )
  } else printFindings(findings)
  const [only] = files
  const from = files.length === 1 && only !== undefined ? only : formatCount(files.length, 'file')
  if (isFound) {
    printNotice(
      `starttask: ${describeFound(exchanges, taskStates)} of ${formatCount(files.length, 'file')} in ${out}`,
    )
    printNotice(`  not told   ${limits}`)
  } else
    printNotice(
      `starttask: no ${operations.join(' or ')} was found in ${from}; nothing was written`,
    )
  return !isFound || findings.some(({ severity }) => severity === 'error') ? EXIT.failed : EXIT.fine
}

function findFormat(name: string): ImportFormat {
  const format = IMPORT_FORMATS.find((one) => one.name === name)
  if (format) return format
  throw describeUnknownName(
    'format',
    name,
    IMPORT_FORMATS.map((one) => one.name),
  )
}

function describeFound(exchanges: number, taskStates: number): string {
  const parts = [
    ...(exchanges > 0 ? [formatCount(exchanges, 'exchange')] : []),
    ...(taskStates > 0 ? [formatCount(taskStates, 'task state change')] : []),
  ]
  return parts.join(' and ')
}

/** A folder gives all its files, as CloudTrail lays them out. */
function listImports(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found)
    throw new HarnessError('not-found', `${path} does not exist.`, {
      remedy: 'name a file, or a folder with some',
    })
  if (!found.isDirectory()) return [path]
  const files = listFilesBelow(path, [
    '.json',
    '.ndjson',
    '.jsonl',
    '.log',
    '.har',
    '.csv',
    '.gz',
    '.zst',
  ])
  if (files.length === 0)
    throw new HarnessError('not-found', `${path} holds no file that could be imported.`, {
      remedy: 'name a file',
    })
  return files
}

/** Throws `usage` for what can be no recording or archive, or is there already. */
export function requireOut(out: string): void {
  if (!/\.json$|\.ndjson(\.zst)?$/.test(out)) {
    throw new HarnessError('usage', `--out is ${out}.`, {
      remedy:
        'name a recording, x.json, or for many exchanges an archive, x.ndjson or x.ndjson.zst',
    })
  }
  if (existsSync(out))
    throw new HarnessError('usage', `${out} is there already, and is not overwritten.`, {
      remedy: 'name another file, or take it away',
    })
}

const MOST_SHOWN = 20

function printFindings(findings: readonly ImportFinding[]): void {
  for (const { file, line, severity, message } of findings.slice(0, MOST_SHOWN)) {
    printNotice(
      formatDetail(
        severity,
        escapeLine(`${file}${line === undefined ? '' : `:${line}`}: ${message}`),
      ),
    )
  }
  if (findings.length > MOST_SHOWN)
    printNotice(`  … and ${findings.length - MOST_SHOWN} more (--json names all)`)
}
