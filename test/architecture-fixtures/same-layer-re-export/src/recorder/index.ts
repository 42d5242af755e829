export type { Replayer } from '../replayer/engine/index.ts'
