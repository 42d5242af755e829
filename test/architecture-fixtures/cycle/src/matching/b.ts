export const depth = 1
export { c as b } from './c.ts'
