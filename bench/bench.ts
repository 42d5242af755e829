/** One thing that is measured: how long `measure` says that it took, in the bench's unit. */
export interface Competitor {
  name: string
  /** What it does not do that others of its table do. */
  note?: string
  /** One sample, in the bench's unit. */
  measure(): number | Promise<number>
}

/** What the project promises of one competitor: at most so many times the baseline, or another competitor. */
export interface Claim {
  competitor: string
  /** What its time is divided by; the baseline unless it is given. */
  over?: string
  atMost: number
  /** The promise as a sentence. */
  says: string
}

/** All that is measured in one run, ready to be measured. */
export interface Setup {
  /** What each ratio divides by. It is measured twice, the second time as if it were a competitor: that row shows the noise. */
  baseline: Competitor
  competitors: readonly Competitor[]
  claims: readonly Claim[]
  /** Peers that are not installed. */
  missing: readonly string[]
  /** Takes away what was made for the run. */
  [Symbol.asyncDispose](): Promise<void>
}

/** A file `<name>.bench.ts` exports one as `bench`. */
export interface Bench {
  /** What is measured, in one line. */
  title: string
  unit: 'ns' | 'µs' | 'ms'
  /** Samples that one round takes of each competitor; the round counts their median. */
  samplesPerRound: number
  /** Makes all competitors ready, warm where warmth counts. Throws when one of them does not do what is measured. */
  setUp(): Promise<Setup>
}
