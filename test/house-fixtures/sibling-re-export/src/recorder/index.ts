export type { Replayer } from '../replayer/index.ts'
