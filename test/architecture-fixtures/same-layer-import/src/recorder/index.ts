import { createReplayer } from '../replayer/engine/index.ts'

export const record = () => createReplayer()
