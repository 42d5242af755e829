import type { Rules } from '../../../config/index.ts'
import { createRedaction, loadPseudonymKey, type Redaction } from '../../../redaction/index.ts'
import { saveText } from '../../../recording/index.ts'
import {
  formatInspection,
  type InspectedRecording,
  type PageExchange,
} from '../../../report/index.ts'
import { HarnessError } from '../../../message/index.ts'
import { isObject } from '../../../protocol/index.ts'
import { VERSION } from '../../../package/index.ts'
import { checkRecorded } from '../../findings/documents.ts'
import type { Inspected, InspectedFile } from './sources.ts'
import {
  type ExchangeFilter,
  type ExchangeSummary,
  fitsFilter,
  summariseExchange,
} from './inspected-exchange.ts'
import { countDifferences } from '../redact/redact.ts'

/** More than so many exchanges are counted, and not shown: a browser would take its time. */
const MOST_EXCHANGES = 2000
/** Of all contents together, in characters, so much is shown; and of one exchange. */
const MOST_CONTENT = 12 * 1024 * 1024
const MOST_OF_ONE = 256 * 1024

/** What a page shows of all that was looked at. */
export interface PageCounts {
  looked: number
  fitting: number
  shown: number
  /** Shown without what was asked and answered. */
  withoutContent: number
}

/** A page in the making. */
export interface PageBuilder {
  /** Shows an exchange if it fits, and there is room; gives how many were looked at. */
  add(inspected: Inspected): number
  /** Writes the page whole. */
  save(out: string): PageCounts
}

/** Throws `usage` for a name that no browser would open as a page. */
export function requirePageName(out: string): void {
  if (!/\.html?$/i.test(out))
    throw new HarnessError('usage', `--html is ${out}; a page's name ends in .html.`)
}

/** Collects what a page shows. Nothing comes into it but through redaction, whatever the recordings hold. */
export function createPageBuilder(of: string, rules: Rules, filter: ExchangeFilter): PageBuilder {
  const redaction = createRedaction({
    key: loadPseudonymKey().key,
    keep: rules.keep,
    redact: rules.redact,
  })
  const recordings = new Map<InspectedFile, PageExchange[]>()
  const counts: PageCounts = { looked: 0, fitting: 0, shown: 0, withoutContent: 0 }
  let size = 0
  return {
    add(inspected) {
      counts.looked += 1
      const exchange = redaction.redactExchange(inspected.exchange)
      const clean = { ...inspected, exchange }
      const summary = summariseExchange(clean, rules)
      if (!fitsFilter(summary, exchange, filter)) return counts.looked
      counts.fitting += 1
      if (counts.shown >= MOST_EXCHANGES) return counts.looked
      counts.shown += 1
      const length = JSON.stringify({
        request: exchange.request,
        response: exchange.response,
      }).length
      const isShown = length <= MOST_OF_ONE && size + length <= MOST_CONTENT
      if (isShown) size += length
      else counts.withoutContent += 1
      const places = countDifferences(inspected.exchange, exchange)
      const shown = recordings.get(inspected.from) ?? []
      shown.push(describeExchange(clean, summary, rules, { isShown, length, places }))
      recordings.set(inspected.from, shown)
      return counts.looked
    },
    save(out) {
      const shown = [...recordings].map(([from, exchanges]) =>
        describeRecording(from, exchanges, redaction),
      )
      saveText(
        out,
        formatInspection({
          of,
          recordings: shown,
          looked: counts.looked,
          notes: describeLimits(counts, filter),
          madeBy: `starttask-harness ${VERSION}`,
        }),
      )
      return counts
    },
  }
}

function describeExchange(
  { exchange, number }: Inspected,
  summary: ExchangeSummary,
  rules: Rules,
  { isShown, length, places }: { isShown: boolean; length: number; places: number },
): PageExchange {
  const { operation, headersMs, request, response } = exchange
  const {
    outcome,
    response: answered,
    request: requested,
    reasons,
    atMs,
    at,
    elapsedMs,
    invocation,
    attempt,
  } = summary
  const leftOut = isShown
    ? places === 0
      ? undefined
      : `Redaction takes something out of this recording (${places === 1 ? 'one place' : `${places} places`}), and did so here; starttask redact does it in the file.`
    : `What was asked and answered is left out here, for its size (${length} characters).`
  return {
    number,
    operation,
    outcome,
    response: answered,
    request: requested,
    reasons,
    atMs,
    ...(at === undefined ? {} : { at }),
    ...(elapsedMs === undefined ? {} : { elapsedMs }),
    ...(headersMs === undefined ? {} : { headersMs }),
    ...(invocation === undefined ? {} : { invocation }),
    ...(attempt === undefined ? {} : { attempt }),
    findings: checkRecorded(exchange, rules),
    ...(isShown ? { content: { request, response } } : {}),
    ...(leftOut === undefined ? {} : { leftOut }),
  }
}

function describeRecording(
  from: InspectedFile,
  exchanges: PageExchange[],
  redaction: Redaction,
): InspectedRecording {
  const clean = redaction.redactRequestBody({}, from.provenance)
  return { ...from, provenance: isObject(clean) ? clean : {}, exchanges }
}

function describeLimits(
  { looked, fitting, shown, withoutContent }: PageCounts,
  { outcomes, reasons, find }: ExchangeFilter,
): string[] {
  const narrowed = [
    ...outcomes.map((outcome) => `--outcome ${outcome}`),
    ...reasons.map((reason) => `--reason ${reason}`),
    ...(find === undefined ? [] : [`--find ${find}`]),
  ]
  return [
    ...(narrowed.length === 0
      ? []
      : [
          `Narrowed when it was made (${narrowed.join(', ')}): ${fitting} of ${looked} exchanges fit.`,
        ]),
    ...(fitting === shown
      ? []
      : [
          `The first ${shown} are here; ${fitting - shown} more are left out, for a page has room for ${MOST_EXCHANGES}. Narrow it with --outcome, --reason or --find.`,
        ]),
    ...(withoutContent === 0
      ? []
      : [
          `${withoutContent} of them are here without what was asked and answered, for their size; starttask inspect shows them.`,
        ]),
  ]
}
