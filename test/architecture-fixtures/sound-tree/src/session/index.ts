import type { handlers } from '../replayer/adapters/msw.ts'

export const load = (): Promise<typeof import('../replayer/adapters/msw.ts')> => import('../replayer/adapters/msw.ts')
export type Handlers = typeof handlers
