export { check } from './contract/index.ts'
export type { Handlers } from './session/index.ts'
