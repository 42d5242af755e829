export { check } from './contract/index.ts'
