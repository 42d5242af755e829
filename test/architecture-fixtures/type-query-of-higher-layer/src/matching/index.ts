/** What the engine gives. */
export type Replayer = import('../replayer/engine/index.ts').Replayer
