/**
 * Draws how the cost of a request grows with the number of recordings, from the JSON of a run:
 * `npm run --silent bench -- replay-server replay-peers-100 replay-peers-10000 --json > run.json && node bench/plot.ts run.json docs/performance/cost.svg`
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

interface Report {
  node: string
  cores: number
  rounds: number
  benches: { name: string; rows: { name: string; median: number }[] }[]
}

interface Point {
  recordings: number
  micros: number
}

interface Series {
  name: string
  points: Point[]
}

const [WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM] = [820, 480, 80, 56, 190, 64]
const COLOURS = ['#0b62a4', '#5aa0d8', '#b3541e', '#7a3e9d', '#3b7d3b', '#8a6d00']
const DASHES = ['', '6 4', '2 3', '10 4', '8 3 2 3', '4 2']

const [, , from = '', to = ''] = process.argv
const report: Report = JSON.parse(readFileSync(from, 'utf8'))
mkdirSync(dirname(to), { recursive: true })
writeFileSync(to, draw(readSeries(report), report))

/** Ours by the names of its rows, peers by the bench that they ran in. */
function readSeries({ benches }: Report): Series[] {
  const points = benches.flatMap(({ name, rows }) =>
    rows.flatMap((row) => {
      const ours = /^replay, (\d+)(, members shuffled)?$/.exec(row.name)
      const peers = /^replay-peers-(\d+)$/.exec(name)
      if (ours)
        return [
          {
            name: ours[2] ? 'ours, members shuffled' : 'ours',
            recordings: Number(ours[1]),
            micros: row.median,
          },
        ]
      const isPeer = peers && !row.name.startsWith('starttask')
      return isPeer ? [{ name: row.name, recordings: Number(peers[1]), micros: row.median }] : []
    }),
  )
  return [...Map.groupBy(points, ({ name }) => name)].map(([name, those]) => ({
    name,
    points: those.toSorted((a, b) => a.recordings - b.recordings),
  }))
}

function draw(series: readonly Series[], { node, cores, rounds }: Report): string {
  const all = series.flatMap(({ points }) => points)
  const x = createScale(
    [1, Math.max(...all.map(({ recordings }) => recordings))],
    [LEFT, WIDTH - RIGHT],
  )
  const y = createScale(
    [
      10 ** Math.floor(Math.log10(Math.min(...all.map(({ micros }) => micros)))),
      10 ** Math.ceil(Math.log10(Math.max(...all.map(({ micros }) => micros)))),
    ],
    [HEIGHT - BOTTOM, TOP],
  )
  const labels = spread(
    series.map(({ name, points }) => ({ name, at: y.place(points.at(-1)?.micros ?? 1) })),
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="Cost of one request against the number of recordings">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${LEFT}" y="24" font-size="16" fill="#111">Cost of one request against the number of recordings</text>`,
    `<text x="${LEFT}" y="43" fill="#444">HTTP, 16 connections, µs of server time a request; Node.js ${node}, ${cores} cores, medians of ${rounds} rounds</text>`,
    ...y.ticks().map((tick) => drawRow(y.place(tick), formatMicros(tick))),
    ...x.ticks().map((tick) => drawColumn(x.place(tick), tick.toLocaleString('en'))),
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 18}" text-anchor="middle" fill="#333">recordings</text>`,
    ...series.map(({ points }, index) => drawLine(points, x, y, index)),
    ...labels.map(
      ({ name, at }, index) =>
        `<text x="${WIDTH - RIGHT + 12}" y="${at + 4}" fill="${COLOURS[index % COLOURS.length]}">${name}</text>`,
    ),
    '</svg>\n',
  ].join('\n')
}

interface Scale {
  place(value: number): number
  ticks(): number[]
}

/** Powers of ten at equal distances. */
function createScale([low, high]: [number, number], [start, end]: [number, number]): Scale {
  const [from10, to10] = [Math.log10(low), Math.log10(high)]
  return {
    place: (value) =>
      Math.round((start + ((Math.log10(value) - from10) / (to10 - from10)) * (end - start)) * 10) /
      10,
    ticks: () =>
      Array.from(
        { length: Math.floor(to10) - Math.ceil(from10) + 1 },
        (_, index) => 10 ** (Math.ceil(from10) + index),
      ),
  }
}

function drawRow(at: number, label: string): string {
  return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}" stroke="#ddd"/><text x="${LEFT - 8}" y="${at + 4}" text-anchor="end" fill="#333">${label}</text>`
}

function drawColumn(at: number, label: string): string {
  return `<line x1="${at}" x2="${at}" y1="${TOP}" y2="${HEIGHT - BOTTOM}" stroke="#eee"/><text x="${at}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle" fill="#333">${label}</text>`
}

function drawLine(points: readonly Point[], x: Scale, y: Scale, index: number): string {
  const places = points.map(({ recordings, micros }) => `${x.place(recordings)},${y.place(micros)}`)
  const colour = COLOURS[index % COLOURS.length]
  const dash = DASHES[index % DASHES.length]
  const dots = places.map(
    (place) =>
      `<circle cx="${place.split(',')[0]}" cy="${place.split(',')[1]}" r="3.5" fill="${colour}"/>`,
  )
  return `<polyline points="${places.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"${dash ? ` stroke-dasharray="${dash}"` : ''}/>${dots.join('')}`
}

function formatMicros(micros: number): string {
  if (micros >= 1_000_000) return `${micros / 1_000_000} s`
  return micros >= 1000 ? `${micros / 1000} ms` : `${micros} µs`
}

/** Labels that would lie on each other are moved apart; the order of the series stays. */
function spread(labels: readonly { name: string; at: number }[]): { name: string; at: number }[] {
  const placed: { name: string; at: number; order: number }[] = []
  for (const label of labels
    .map((one, order) => ({ ...one, order }))
    .toSorted((a, b) => a.at - b.at)) {
    const above = placed.at(-1)
    placed.push({ ...label, at: above && label.at - above.at < 17 ? above.at + 17 : label.at })
  }
  return placed.toSorted((a, b) => a.order - b.order)
}
