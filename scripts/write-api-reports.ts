/** Rewrites test/api/ after an intended change of what the package exports: `npm run api`. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'

import { writeApiReports } from './api-reports.ts'
import { ROOT } from './contract-schemas.ts'

const folder = join(ROOT, 'test/api')
rmSync(folder, { recursive: true, force: true })
writeApiReports(folder)
rmSync(join(folder, 'temp'), { recursive: true, force: true })
