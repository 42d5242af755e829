import { formatCount, formatDetail, HarnessError } from '../../../message/index.ts'
import { type Config, loadConfig } from '../../../config/index.ts'
import { checkRecorded } from '../../findings/documents.ts'
import { createOutput, type Output } from '../../output/paced-output.ts'
import { createProgress, isAnimated } from '../../output/progress.ts'
import { formatJson } from '../../output/json-text.ts'
import { formatLogText } from '../../findings/report.ts'
import { compareExchanges } from './exchange-diff.ts'
import { findExchange, parsePlace, readInspected, type Telling } from './sources.ts'
import { createJsonList, createList, createPlainList } from './lists.ts'
import {
  countTaskStates,
  createPaint,
  formatDiffText,
  formatExchangeText,
  type Paint,
} from './words.ts'
import {
  createPageBuilder,
  type ExchangeFilter,
  type ExchangeSummary,
  fitsFilter,
  summariseExchange,
} from '../../../report/index.ts'
import { EXIT, printNotice } from '../../output/terminal.ts'
import { saveText } from '../../../recording/index.ts'

export interface InspectCommand {
  paths: string[]
  exchange: string | undefined
  diff: string[]
  outcome: string[]
  reason: string[]
  find: string | undefined
  html: string | undefined
  config: string | undefined
  plain: boolean
  json: boolean
}

/** Shows recordings: a list, one exchange the difference of two, or a page. Gives the exit code: 3 when something could not be read. */
export async function inspect(command: InspectCommand): Promise<number> {
  const { paths, exchange, diff, html, plain } = command
  refuseContradictions(command)
  let problems = 0
  const setting: Setting = {
    config: loadConfig({ file: command.config }),
    output: createOutput(process.stdout, () => {}),
    paint: createPaint(process.stdout, plain),
    telling: {
      problem({ file, message }) {
        problems += 1
        printNotice(formatDetail('damaged', formatLogText(`${file}: ${message}`)))
      },
      empty({ file, taskStateChanges }) {
        const has =
          taskStateChanges === undefined
            ? ''
            : `, and ${countTaskStates(taskStateChanges)}: starttask incident timeline shows them`
        printNotice(`starttask: ${formatLogText(file)} has no exchange${has}`)
      },
    },
  }
  const [first] = paths
  const single =
    exchange ??
    (paths.length === 1 && first !== undefined && parsePlace(first).number !== undefined
      ? first
      : undefined)
  if (diff.length > 0) await showDiff(command, setting)
  else if (html !== undefined) await writePage(html, command, setting)
  else if (single !== undefined) await showExchange(single, command, setting)
  else await showList(command, setting)
  return problems > 0 ? EXIT.environment : EXIT.fine
}

interface Setting {
  config: Config
  output: Output
  paint: Paint
  telling: Telling
}

const OUTCOMES: readonly ExchangeSummary['outcome'][] = [
  'started',
  'partial',
  'unplaced',
  'rejected',
  'unreadable',
  'failed',
  'answered',
]

function refuseContradictions({ paths, exchange, diff, outcome, html }: InspectCommand): void {
  if (paths.length === 0 && diff.length === 0)
    throw new HarnessError('usage', 'No recording is named.', { remedy: 'starttask inspect PATH' })
  if (html !== undefined) requirePageName(html)
  if (html !== undefined && (diff.length > 0 || exchange !== undefined))
    throw new HarnessError(
      'usage',
      '--html makes a page of all that PATH holds; it goes with neither --diff nor --exchange.',
    )
  if (diff.length > 0 && exchange !== undefined)
    throw new HarnessError('usage', '--diff and --exchange exclude each other.')
  if (diff.length !== 0 && diff.length !== 2)
    throw new HarnessError('usage', `--diff takes two exchanges, and got ${diff.length}.`, {
      remedy:
        'starttask inspect PATH --diff 1 3, or --diff ONE.json#1 OTHER.json#2; the path comes first',
    })
  const unknown = outcome.find((name) => !OUTCOMES.some((known) => known === name))
  if (unknown !== undefined)
    throw new HarnessError('usage', `There is no outcome ${JSON.stringify(unknown)}.`, {
      remedy: `one of ${OUTCOMES.join(', ')}`,
    })
}

/** Throws `usage` for a name that no browser would open as a page. */
function requirePageName(out: string): void {
  if (!/\.html?$/i.test(out))
    throw new HarnessError('usage', `--html is ${out}; a page's name ends in .html.`)
}

async function showDiff(
  { paths, diff, json }: InspectCommand,
  { output, paint, telling }: Setting,
): Promise<void> {
  const [one, other] = await Promise.all(
    diff.map((text) => findExchange(parsePlace(text), paths, telling)),
  )
  if (!one || !other) return
  const compared = compareExchanges(one, other)
  await output.write(
    json ? `${formatJson({ schemaVersion: 1, ...compared })}\n` : formatDiffText(compared, paint),
  )
}

async function showExchange(
  place: string,
  { paths, json }: InspectCommand,
  { config, output, paint, telling }: Setting,
): Promise<void> {
  const parsed = parsePlace(place)
  if (parsed.number === undefined)
    throw new HarnessError('usage', `--exchange is ${JSON.stringify(place)}.`, {
      remedy: 'a number, from 1',
    })
  const found = await findExchange(parsed, paths, telling)
  const findings = checkRecorded(found.exchange, config)
  const summary = summariseExchange(found, findings)
  const { request, response, headersMs } = found.exchange
  if (json) {
    const { findings: _, response: describeResponse, request: requestInWords, ...told } = summary
    const words = { request: requestInWords, response: describeResponse }
    await output.write(
      `${formatJson({ schemaVersion: 1, ...told, headersMs, provenance: found.from.provenance, words, request, response, findings })}\n`,
    )
  } else {
    const placed = findings.map((finding) => ({ file: found.from.file, ...finding }))
    await output.write(formatExchangeText(found, summary, placed, paint))
  }
}

/** Exchanges are shown as they are read, and kept nowhere: a list may be longer than memory. */
async function showList(command: InspectCommand, setting: Setting): Promise<void> {
  const { paths, outcome, reason, find, json, plain } = command
  const { config, output, paint, telling } = setting
  const filter: ExchangeFilter = { outcomes: outcome, reasons: reason, find }
  const list = json ? createJsonList() : plain ? createPlainList() : createList(paint)
  let shown = 0
  let text = ''
  for await (const inspected of readInspected(paths, telling)) {
    const summary = summariseExchange(inspected, checkRecorded(inspected.exchange, config))
    list.count()
    if (!fitsFilter(summary, inspected.exchange, filter)) continue
    shown += 1
    text += list.add(inspected, summary)
    if (text.length < WRITE_AT) continue
    await output.write(text)
    text = ''
    if (output.isClosed()) return // its reader has seen enough
  }
  await output.write(text + list.end())
  if (shown === 0) printNotice('starttask: no exchange fits')
}

async function writePage(
  out: string,
  { paths, outcome, reason, find, json }: InspectCommand,
  setting: Setting,
): Promise<void> {
  const { config, output, telling } = setting
  const builder = createPageBuilder({
    of: paths.join(', '),
    config,
    filter: { outcomes: outcome, reasons: reason, find },
    check: (exchange) => checkRecorded(exchange, config),
  })
  const progress = createProgress({
    stream: process.stderr,
    now: Date.now,
    isShown: isAnimated(process.stderr, process.env),
  })
  try {
    for await (const inspected of readInspected(paths, telling))
      progress.show(`${builder.add(inspected)} exchanges are read`)
  } finally {
    progress.clear()
  }
  const { html, counts } = builder.finish()
  saveText(out, html)
  if (json) await output.write(`${formatJson({ schemaVersion: 1, out, ...counts })}\n`)
  const { shown, fitting, withoutContent } = counts
  printNotice(`starttask: ${formatLogText(out)} shows ${formatCount(shown, 'exchange')}`)
  if (fitting > shown)
    printNotice(
      `  left out   ${fitting - shown} exchanges more; narrow it with --outcome, --reason or --find`,
    )
  if (withoutContent > 0)
    printNotice(`  left out   what ${withoutContent} of them asked and answered, for their size`)
}

const WRITE_AT = 32 * 1024
