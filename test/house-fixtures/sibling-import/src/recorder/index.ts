import { createReplayer } from '../replayer/index.ts'

export const record = () => createReplayer()
