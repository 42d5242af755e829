import type { Bench } from './bench.ts'
import { createCpuLoop, setUpClients } from './record-commands.ts'

export const bench: Bench = {
  title: "the CPU time of the caller's process for the calls of record-commands",
  unit: 'µs',
  samplesPerRound: 3,
  setUp: () => setUpClients(createCpuLoop, []),
}
