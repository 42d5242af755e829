import { styleText } from 'node:util'
import { formatDuration } from '../../../incident/index.ts'
import { formatCount, formatValueBriefly } from '../../../message/index.ts'
import {
  isTransportFailure,
  type RecordedRequest,
  type RecordedResponse,
} from '../../../protocol/index.ts'
import { formatLogText } from '../../findings/report.ts'
import type { PlacedFinding } from '../../findings/documents.ts'
import type { ExchangeDiff } from './exchange-diff.ts'
import type { ExchangeSummary, Inspected, InspectedFile } from '../../../report/index.ts'

/** Gives a text a look where the stream shows colours. The text is safe to print already. */
export type Paint = (look: Look, text: string) => string
type Look = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan'

/** Paints where the stream is a terminal that shows colours, and never with `isPlain`. */
export function createPaint(stream: NodeJS.WriteStream, isPlain: boolean): Paint {
  return (look, text) => (isPlain ? text : styleText(look, text, { stream }))
}

const OUTCOME_LOOKS: Readonly<Record<ExchangeSummary['outcome'], Look>> = {
  started: 'green',
  answered: 'green',
  partial: 'yellow',
  unplaced: 'red',
  rejected: 'red',
  unreadable: 'red',
  failed: 'red',
}

/** The line above a file's exchanges. */
export function formatFileLine(
  { file, recordedAt, provenance, taskStateChanges }: InspectedFile,
  paint: Paint,
): string {
  const source = [
    ...[provenance['source'], provenance['client']].filter((text) => typeof text === 'string'),
    ...(taskStateChanges === undefined ? [] : [countTaskStates(taskStateChanges)]),
  ]
  return `${paint('bold', formatLogText(file))}  ${formatLogText([recordedAt ?? 'at no known time', ...source].join(', '))}\n`
}

/** What a recording tells besides exchanges, counted. */
export function countTaskStates(count: number): string {
  return formatCount(count, 'task state change')
}

/** A line of the list. */
export function formatListLine(summary: ExchangeSummary, paint: Paint): string {
  const { exchange, atMs, outcome, response, request, operation, attempt, elapsedMs } = summary
  const notes = [
    ...(operation === 'StartTask' ? [] : [operation]),
    ...(attempt === undefined || attempt === 1 ? [] : [`attempt ${attempt}`]),
    ...(elapsedMs === undefined ? [] : [`in ${formatDuration(elapsedMs)}`]),
  ]
  const found = formatCounts(summary.findings)
  const number = `#${exchange}`.padStart(5)
  const at = `+${(atMs / 1000).toFixed(3)} s`.padStart(11)
  const words = [response.padEnd(34), request.padEnd(32), notes.join(', ')]
    .map(formatLogText)
    .join('  ')
  return (
    `${number} ${at}  ${paint(OUTCOME_LOOKS[outcome], outcome.padEnd(10))}  ${words}${found === '' ? '' : `  ${paint('yellow', found)}`}`.trimEnd() +
    '\n'
  )
}

/** Errors and warnings; nearly every request has infos. */
function formatCounts({ error, warning }: ExchangeSummary['findings']): string {
  const counts = [
    ...(error > 0 ? [formatCount(error, 'error')] : []),
    ...(warning > 0 ? [formatCount(warning, 'warning')] : []),
  ]
  return counts.join(', ')
}

/** The same for other programs: file, number, milliseconds, operation, outcome, response, request, errors, warnings. */
export function formatPlainLine({
  file,
  exchange,
  atMs,
  operation,
  outcome,
  response,
  request,
  findings,
}: ExchangeSummary): string {
  const cells = [
    file,
    exchange,
    atMs,
    operation,
    outcome,
    response,
    request,
    findings.error,
    findings.warning,
  ]
  return `${cells.map((cell) => formatLogText(String(cell)).replaceAll('\t', '\\t')).join('\t')}\n`
}

const FINDING_LOOKS = { error: 'red', warning: 'yellow', info: 'cyan' } as const

/** One exchange in full. */
export function formatExchangeText(
  { from, number, exchange }: Inspected,
  summary: ExchangeSummary,
  findings: readonly PlacedFinding[],
  paint: Paint,
): string {
  const { invocation, attempt, headersMs, elapsedMs, request, response } = exchange
  const told = [
    [
      'recorded',
      [
        summary.at ?? `+${summary.atMs} ms`,
        ...(elapsedMs === undefined ? [] : [`in ${formatDuration(elapsedMs)}`]),
        ...(headersMs === undefined ? [] : [`headers after ${formatDuration(headersMs)}`]),
      ].join(', '),
    ],
    ...(invocation === undefined && attempt === undefined
      ? []
      : [
          [
            'attempt',
            [attempt ?? '', invocation === undefined ? '' : `of ${invocation}`].join(' ').trim(),
          ],
        ]),
    ...Object.entries(from.provenance).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : formatValueBriefly(value, 200),
    ]),
  ]
  const lines = [
    `${paint('bold', formatLogText(`${from.file} #${number}`))}  ${formatLogText(exchange.operation)} ${paint(OUTCOME_LOOKS[summary.outcome], summary.outcome)}: ${formatLogText(summary.response)}`,
    ...told.map(
      ([label = '', value = '']) => `  ${formatLogText(label).padEnd(10)} ${formatLogText(value)}`,
    ),
    '',
    paint('bold', 'request'),
    ...formatBody(request),
    '',
    isTransportFailure(response)
      ? paint('bold', 'no response')
      : paint('bold', `response ${response.status}`),
    ...(isTransportFailure(response)
      ? [
          `  ${response.failure}${response.code === undefined ? '' : ` (${formatLogText(response.code)})`}`,
        ]
      : formatBody(response)),
    '',
    paint('bold', findings.length === 0 ? 'nothing found' : 'findings'),
    ...findings.flatMap(({ severity, pointer, message, rule, source }) => [
      `  ${paint(FINDING_LOOKS[severity], severity.padEnd(8))} ${formatLogText(pointer || '(whole)')}: ${formatLogText(message)}`,
      `           ${formatLogText(`${rule}; ${source}`)}`,
    ]),
  ]
  return `${lines.join('\n')}\n`
}

function formatBody({
  headers,
  body,
  bodyText,
  bodyBase64,
}: RecordedRequest | RecordedResponse): string[] {
  const heads = Object.entries(headers).map(
    ([name, value]) => `  ${formatLogText(`${name}: ${value}`)}`,
  )
  const text =
    body === null
      ? (bodyText ?? (bodyBase64 === undefined ? '(empty)' : `(base64) ${bodyBase64}`))
      : JSON.stringify(body, undefined, 2)
  return [...heads, ...text.split('\n').map((line) => `  ${formatLogText(line)}`)]
}

/** Where two exchanges differ. */
export function formatDiffText(
  { one, other, isSameRequest, differences }: ExchangeDiff,
  paint: Paint,
): string {
  const count = formatCount(differences.length, 'difference')
  const same = isSameRequest ? 'the requests count as the same' : 'the requests count as two'
  const lines = [
    `${paint('bold', formatLogText(`${one.file} #${one.exchange}`))} and ${paint('bold', formatLogText(`${other.file} #${other.exchange}`))}: ${count}; ${same}`,
    ...differences.map(({ pointer, kind, one: first, other: second }) => {
      const place = formatLogText(pointer || '(whole)')
      if (kind === 'missing')
        return `  ${paint('red', 'missing')}  ${place}  ${formatLogText(formatValueBriefly(first, 160))}`
      if (kind === 'added')
        return `  ${paint('green', 'added')}    ${place}  ${formatLogText(formatValueBriefly(second, 160))}`
      return `  ${paint('yellow', 'changed')}  ${place}  ${formatLogText(formatValueBriefly(first, 100))} → ${formatLogText(formatValueBriefly(second, 100))}`
    }),
  ]
  return `${lines.join('\n')}\n`
}
