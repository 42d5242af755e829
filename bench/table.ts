import type { Bench, Setup } from './bench.ts'
import { judgeClaim, type Result, type Row } from './rounds.ts'

/** The table of one bench, its claims, and what was not measured: text for a terminal. */
export function formatTable(
  name: string,
  bench: Bench,
  setup: Pick<Setup, 'claims' | 'missing'>,
  result: Result,
): string {
  const width = Math.max(...result.rows.map((row) => row.name.length))
  const claims = setup.claims.map((claim) => {
    const { ratio, verdict } = judgeClaim(claim, result)
    return `  ${verdict}: ${claim.says}: at most ${claim.atMost} times, measured ${formatRatio(ratio)}`
  })
  const missing =
    setup.missing.length > 0
      ? [`  NOT MEASURED: ${setup.missing.join(', ')}. Install them with: npm ci --prefix bench`]
      : []
  return [
    `${name}: ${bench.title}`,
    '',
    `  ${''.padEnd(width)}  ${`median ${bench.unit}`.padStart(10)}  ${'ratio'.padStart(8)}  spread`,
    ...result.rows.map((row) => `  ${formatRow(row, width, result.noise)}`),
    '',
    `  noise: the baseline against itself came to ${formatPercent(result.noise)}`,
    ...missing,
    ...claims,
  ].join('\n')
}

function formatRow(row: Row, width: number, noise: number): string {
  const { name, median, ratio, spread, role } = row
  const isNoise = role === 'competitor' && Math.abs(ratio - 1) <= noise
  const notes = [
    role === 'baseline' ? 'the baseline' : '',
    role === 'baseline again' ? 'A/A' : '',
    isNoise ? 'within the noise of the baseline' : '',
    row.note ?? '',
  ]
  const numbers = `${formatValue(median).padStart(10)}  ${formatRatio(ratio).padStart(8)}  ${formatPercent(spread).padStart(6)}`
  return `${name.padEnd(width)}  ${numbers}  ${notes.filter((note) => note !== '').join('; ')}`.trimEnd()
}

function formatValue(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1)
}

function formatRatio(ratio: number): string {
  return ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2)
}

function formatPercent(part: number): string {
  return `${(part * 100).toFixed(1)} %`
}
