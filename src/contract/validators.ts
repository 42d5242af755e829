import { createRequire } from 'node:module'

/** Everything that finds what is wrong, and where. */
export type Validators = typeof import('./generated/validators.js')

let validators: Validators | undefined

/** Loads the validators at the first body that needs them: they are large, and a body with nothing wrong goes without. */
export function loadValidators(): Validators {
  const loaded: Validators = validators ?? createRequire(import.meta.url)('./generated/validators.js')
  validators = loaded
  return loaded
}
