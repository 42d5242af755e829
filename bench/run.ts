/**
 * Runs benches: `npm run bench`, or `npm run bench -- check-request import --rounds 15 --json --strict`. Each `<name>.bench.ts` beside
 * this file is one. A missed claim is said; it is a failure (exit code 1) only with `--strict`.
 */
import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'

import type { Bench } from './bench.ts'
import { FEWEST_ROUNDS, judgeClaim, measureRounds } from './rounds.ts'
import { formatTable } from './table.ts'

const ENDING = '.bench.ts'

try {
  await runBenches()
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 2
}

async function runBenches(): Promise<void> {
  const { names, rounds, isJson, isStrict } = readArguments()
  if (!isJson) console.log(describeRun(rounds))
  const reports: object[] = []
  for (const name of names) {
    const { bench }: { bench: Bench } = await import(`./${name}${ENDING}`)
    await using setup = await bench.setUp()
    const result = await measureRounds(
      setup.baseline,
      setup.competitors,
      rounds,
      bench.samplesPerRound,
    )
    const claims = setup.claims.map((claim) => ({ ...claim, ...judgeClaim(claim, result) }))
    if (isStrict && claims.some(({ verdict }) => verdict === 'missed')) process.exitCode = 1
    if (isJson)
      reports.push({
        name,
        title: bench.title,
        unit: bench.unit,
        ...result,
        claims,
        missing: setup.missing,
      })
    else console.log(`\n${formatTable(name, bench, setup, result)}`)
  }
  if (isJson)
    console.log(
      JSON.stringify(
        { node: process.version, cores: availableParallelism(), rounds, benches: reports },
        undefined,
        2,
      ),
    )
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, strict: { type: 'boolean' }, rounds: { type: 'string' } },
  })
  const known = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length))
    .toSorted()
  const unknown = positionals.filter((name) => !known.includes(name))
  if (unknown.length > 0)
    throw new Error(`There is no bench ${unknown.join(', ')}. There are: ${known.join(', ')}.`)
  const rounds = Number(values.rounds ?? FEWEST_ROUNDS)
  if (!Number.isSafeInteger(rounds) || rounds < FEWEST_ROUNDS) {
    throw new Error(`--rounds is ${values.rounds}; a whole number from ${FEWEST_ROUNDS} is needed.`)
  }
  return {
    names: positionals.length > 0 ? positionals : known,
    rounds,
    isJson: values.json === true,
    isStrict: values.strict === true,
  }
}

function describeRun(rounds: number): string {
  return `Node.js ${process.version}, ${process.platform}, ${availableParallelism()} cores; medians of ${rounds} interleaved rounds. Trust the ratios.`
}
