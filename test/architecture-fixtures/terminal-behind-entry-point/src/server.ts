export { run } from './cli/index.ts'
