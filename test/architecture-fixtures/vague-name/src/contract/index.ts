export { check } from './utils.ts'
