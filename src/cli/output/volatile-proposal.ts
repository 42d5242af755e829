import { type Proposal, proposeIgnores } from '../../matching/index.ts'
import type { RecordedRequest, Recording } from '../../protocol/index.ts'
import { CONFIG_FILE } from '../../config/index.ts'
import { escapeLine, formatCount, formatDetail } from '../../message/index.ts'

/**
 * Compares the requests of two recordings of one flow, operation by operation. Bodies that were no JSON are left out, and of the attempts of
 * one invocation all but the first.
 *
 * @param ignored what the team ignores already
 */
export function proposeForRecordings(
  before: readonly Recording[],
  after: readonly Recording[],
  ignored: readonly string[] = [],
): Proposal[] {
  const [old, fresh] = [readBodies(before), readBodies(after)]
  const proposals = [...old].flatMap(([operation, bodies]) =>
    proposeIgnores(bodies, fresh.get(operation) ?? [], { ignore: ignored }),
  )
  return [...Map.groupBy(proposals, ({ pointer }) => pointer)].map(([pointer, all]) => ({
    pointer,
    kind: all.find(({ kind }) => kind === 'other')?.kind ?? all[0]?.kind ?? 'other',
    seen: all.reduce((sum, { seen }) => sum + seen, 0),
    of: all.reduce((sum, one) => sum + one.of, 0),
  }))
}

function readBodies(recordings: readonly Recording[]): Map<string, unknown[]> {
  const exchanges = recordings.flatMap((recording) => recording.exchanges)
  const firsts = exchanges.filter(
    ({ attempt = 1, request }) => attempt === 1 && isReadable(request),
  )
  const byOperation = Map.groupBy(firsts, ({ operation }) => operation)
  return new Map(
    [...byOperation].map(([operation, all]) => [operation, all.map(({ request }) => request.body)]),
  )
}

function isReadable({ body, bodyText, bodyBase64 }: RecordedRequest): boolean {
  return body !== null || (bodyText === undefined && bodyBase64 === undefined)
}

/**
 * Says which places of the requests differed, and what to write into the configuration file where they mean nothing; `''` for none. Only places whose
 * values look like ids, times or numbers are in that line. It holds what the team ignores already, so that it can take the old one's place.
 */
export function formatProposal(
  proposals: readonly Proposal[],
  ignored: readonly string[] = [],
): string {
  const volatile = proposals.filter(({ kind }) => kind !== 'other')
  const others = proposals.filter(({ kind }) => kind === 'other')
  return [...formatVolatile(volatile, ignored), ...formatOthers(others)].join('\n')
}

function formatVolatile(proposals: readonly Proposal[], ignored: readonly string[]): string[] {
  if (proposals.length === 0) return []
  const rules = { match: { ignore: [...ignored, ...proposals.map(({ pointer }) => pointer)] } }
  return [
    `${countPlaces(proposals)} with ids, times or numbers that were others this time. A replay would miss such a request.`,
    ...formatPlaces(proposals),
    formatDetail(
      'remedy',
      `if they mean nothing, let ${CONFIG_FILE} say\n${JSON.stringify(rules)}`,
    ),
  ]
}

function formatOthers(proposals: readonly Proposal[]): string[] {
  if (proposals.length === 0) return []
  return [
    `${countPlaces(proposals)} with other values that say no more than that. They may be two requests rather than one.`,
    ...formatPlaces(proposals),
    formatDetail(
      'remedy',
      `look at both; ignore a place in ${CONFIG_FILE} only if it means nothing`,
    ),
  ]
}

function countPlaces({ length }: readonly Proposal[]): string {
  return `The requests have ${formatCount(length, 'place')}`
}

function formatPlaces(proposals: readonly Proposal[]): string[] {
  return proposals.map(({ pointer, kind, seen, of }) => {
    const look = kind === 'other' ? '' : `${kind}, `
    return formatDetail(
      'place',
      `${escapeLine(pointer)} (${look}differs in ${seen} of ${formatCount(of, 'pair')})`,
    )
  })
}
