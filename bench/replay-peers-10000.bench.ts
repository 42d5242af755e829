import type { Bench } from './bench.ts'
import { setUpPeers } from './replay-peers.ts'

export const bench: Bench = {
  title: 'one request of 16 connections to an HTTP server with 10000 recordings, beside peers',
  unit: 'µs',
  samplesPerRound: 1,
  setUp: () => setUpPeers(10000),
}
