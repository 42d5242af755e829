export { check as default } from './check.ts'
