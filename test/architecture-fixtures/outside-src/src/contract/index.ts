export { schema } from '../../contracts/schema.ts'
export { rules } from '/contracts/rules.ts'
