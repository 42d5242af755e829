export { handlers } from './replayer/adapters/msw.ts'
