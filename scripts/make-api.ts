/** Writes test/api.golden.md anew: `npm run api`, after a change of the public surface that is meant. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatApi } from './api-page.ts'
import { ROOT } from './contract-schemas.ts'

writeFileSync(join(ROOT, 'test/api.golden.md'), formatApi())
