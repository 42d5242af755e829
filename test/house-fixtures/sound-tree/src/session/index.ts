import type { handlers } from '../replayer/msw.ts'

export const load = (): Promise<typeof import('../replayer/msw.ts')> => import('../replayer/msw.ts')
export type Handlers = typeof handlers
