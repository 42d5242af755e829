/** What the engine gives. */
export type Replayer = import('../replayer/index.ts').Replayer
