export { handlers } from './replayer/msw.ts'
