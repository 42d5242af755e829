import type { Config } from '../../config/index.ts'
import type { Finding } from '../../contract/index.ts'
import {
  countDifferences,
  createRedaction,
  loadPseudonymKey,
  type RedactedExchange,
  type Redaction,
} from '../../redaction/index.ts'
import { formatCount } from '../../message/index.ts'
import type { Exchange } from '../../protocol/index.ts'
import { VERSION } from '../../package/index.ts'
import { formatInspection } from './html.ts'
import type { Inspected, InspectedFile, InspectedRecording, PageExchange } from './inspected.ts'
import {
  type ExchangeFilter,
  type ExchangeSummary,
  fitsFilter,
  summariseExchange,
} from './summary.ts'

/** More than so many exchanges are counted, and not shown: a browser would take its time. */
const MOST_EXCHANGES = 2000
/** Of all contents together, in characters, so much is shown; and of one exchange. */
const MOST_CONTENT = 12 * 1024 * 1024
const MOST_OF_ONE = 256 * 1024

/** The numbers of exchanges that were read, that the filter accepts, and that the page shows. */
export interface PageCounts {
  looked: number
  fitting: number
  shown: number
  /** Shown without what was asked and answered. */
  withoutContent: number
}

/** A page in the making. */
export interface PageBuilder {
  /** Adds an exchange if the filter accepts it and there is room; returns the number of exchanges read so far. */
  add(inspected: Inspected): number
  finish(): { html: string; counts: PageCounts }
}

/** Options of {@link createPageBuilder}. */
export interface PageOptions {
  /** The paths that are read, for the heading. */
  of: string
  config: Pick<Config, 'keep' | 'redact'>
  filter: ExchangeFilter
  /** Checks an exchange by the contract, under the team's rules. */
  check: (exchange: Exchange) => readonly Finding[]
}

/** Creates a builder of the page that `starttask inspect --html` writes. Every exchange is redacted before it is added, whatever the recordings contain. */
export function createPageBuilder({ of, config, filter, check }: PageOptions): PageBuilder {
  const redaction = createRedaction({
    key: loadPseudonymKey().key,
    keep: config.keep,
    redact: config.redact,
  })
  const recordings = new Map<InspectedFile, PageExchange[]>()
  const counts: PageCounts = { looked: 0, fitting: 0, shown: 0, withoutContent: 0 }
  let size = 0
  return {
    add(inspected) {
      counts.looked += 1
      const exchange = redaction.redactExchange(inspected.exchange)
      const clean = { ...inspected, exchange }
      const findings = check(exchange)
      const summary = summariseExchange(clean, findings)
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
      shown.push(describeExchange(clean, summary, findings, { isShown, length, places }))
      recordings.set(inspected.from, shown)
      return counts.looked
    },
    finish() {
      const shown = [...recordings].map(([from, exchanges]) =>
        describeRecording(from, exchanges, redaction),
      )
      const html = formatInspection({
        of,
        recordings: shown,
        looked: counts.looked,
        notes: describeLimits(counts, filter),
        madeBy: `starttask-harness ${VERSION}`,
      })
      return { html, counts }
    },
  }
}

function describeExchange(
  { exchange, number }: Inspected & { exchange: RedactedExchange },
  summary: ExchangeSummary,
  findings: readonly Finding[],
  { isShown, length, places }: { isShown: boolean; length: number; places: number },
): PageExchange {
  const { operation, headersMs } = exchange
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
      : `Redaction takes something out of this recording (${formatCount(places, 'place')}), and did so here; starttask redact does it in the file.`
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
    findings,
    ...(isShown ? { content: exchange } : {}),
    ...(leftOut === undefined ? {} : { leftOut }),
  }
}

function describeRecording(
  from: InspectedFile,
  exchanges: PageExchange[],
  redaction: Redaction,
): InspectedRecording {
  const { redaction: rules } = from.provenance
  const provenance = redaction.redactProvenance(from.provenance)
  return { ...from, provenance: { ...provenance, redaction: rules }, exchanges }
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
