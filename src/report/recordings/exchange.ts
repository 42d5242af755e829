import { formatCount } from '../../message/index.ts'
import { isTransportFailure } from '../../protocol/index.ts'
import {
  buildElement,
  buildFacts,
  buildFold,
  buildNote,
  buildTime,
  type Content,
  type Html,
} from '../../page/index.ts'
import { buildFinding } from '../finding.ts'
import { buildStatus } from '../status.ts'
import type { PageExchange } from './inspected.ts'

/** Where an exchange stands. */
export interface ExchangeSetting {
  file: string
  /** Its number on the page, from 1. */
  number: number
  /** The numbers of the reasons that have a filter. */
  reasons: ReadonlyMap<string, number>
}

/** An exchange as a line of the list, which opens to all that is known of it. */
export function buildPageExchange(
  exchange: PageExchange,
  { file, number, reasons }: ExchangeSetting,
): Html {
  const errors = exchange.findings.filter(({ severity }) => severity === 'error').length
  const filters = exchange.reasons
    .flatMap((reason) => reasons.get(reason) ?? [])
    .map((index) => `for-${index}`)
  const names = [
    'exchange',
    `of-${exchange.outcome}`,
    ...(errors > 0 ? ['with-errors'] : []),
    ...filters,
  ]
  return buildElement(
    'details',
    {
      class: names.join(' '),
      id: `x${number}`,
      'data-key': number,
      'data-text': exchange.operation,
    },
    buildElement(
      'summary',
      {},
      buildElement('span', { class: 'number' }, number),
      buildStatus(exchange.outcome),
      buildElement(
        'span',
        { class: 'said' },
        exchange.response,
        errors > 0
          ? [' ', buildElement('span', { class: 'errors' }, formatCount(errors, 'error'))]
          : undefined,
      ),
      buildElement('span', { class: 'asked' }, exchange.request),
      buildElement('span', { class: 'when' }, formatSeconds(exchange.atMs)),
    ),
    buildElement('div', { class: 'opened' }, ...buildOpened(exchange, file, number)),
  )
}

function buildOpened(exchange: PageExchange, file: string, number: number): Content[] {
  const {
    at,
    elapsedMs,
    headersMs,
    invocation,
    attempt,
    operation,
    findings,
    content,
    leftOut,
    number: own,
  } = exchange
  const facts: (readonly [string, Content])[] = [
    ['operation', operation],
    ['began', at === undefined ? formatSeconds(exchange.atMs) : buildTime(at)],
    ...(elapsedMs === undefined ? [] : [['took', `${elapsedMs} ms`] as const]),
    ...(headersMs === undefined ? [] : [['headers after', `${headersMs} ms`] as const]),
    ...(attempt === undefined ? [] : [['attempt', attempt] as const]),
    ...(invocation === undefined ? [] : [['invocation', invocation] as const]),
    ['in its file', `#${own}`],
  ]
  return [
    buildFacts(facts),
    ...buildFindings(findings),
    leftOut === undefined ? undefined : buildNote(leftOut),
    ...(content === undefined ? [] : buildContent(content)),
    buildNote('In a terminal: ', buildElement('code', {}, `starttask inspect ${file}#${own}`)),
    buildElement(
      'p',
      { class: 'field needs-script', hidden: true },
      buildElement(
        'button',
        { type: 'button', class: 'take-first', 'data-key': number },
        `Compare ${number} as the first`,
      ),
      buildElement(
        'button',
        { type: 'button', class: 'take-second', 'data-key': number },
        `Compare ${number} as the second`,
      ),
    ),
  ]
}

/** Nearly every request has infos; they are there for who asks. */
function buildFindings(findings: PageExchange['findings']): Content[] {
  const build = (all: PageExchange['findings']) =>
    all.map(({ severity, rule, message, pointer, source }) =>
      buildFinding({
        severity,
        rule,
        message,
        place: buildElement('code', {}, pointer === '' ? '(whole)' : pointer),
        how: source,
      }),
    )
  const infos = findings.filter(({ severity }) => severity === 'info')
  const others = findings.filter(({ severity }) => severity !== 'info')
  if (findings.length === 0) return [buildElement('h4', {}, 'Nothing found')]
  return [
    buildElement('h4', {}, 'Findings'),
    ...build(others),
    infos.length === 0
      ? undefined
      : buildFold({ summary: formatCount(infos.length, 'info'), isPrinted: true }, ...build(infos)),
  ]
}

function buildContent({ request, response }: NonNullable<PageExchange['content']>): Content[] {
  const title = isTransportFailure(response) ? 'No response' : `Response ${response.status}`
  const text = isTransportFailure(response) ? undefined : response.bodyText
  return [
    buildElement(
      'div',
      { class: 'sides' },
      buildElement('div', {}, buildElement('h4', {}, 'Request'), buildJson('request', request)),
      buildElement('div', {}, buildElement('h4', {}, title), buildJson('response', response)),
    ),
    text === undefined
      ? undefined
      : buildFold(
          { summary: 'The body as text' },
          buildElement('pre', { tabindex: 0 }, buildElement('code', {}, text)),
        ),
  ]
}

/** As it stands in the recording: the page's script reads it from here. */
function buildJson(side: string, value: unknown): Html {
  return buildElement(
    'pre',
    { tabindex: 0 },
    buildElement('code', { class: `json-${side}` }, JSON.stringify(value, undefined, 2)),
  )
}

function formatSeconds(ms: number): string {
  return `+${(ms / 1000).toFixed(3)} s`
}
