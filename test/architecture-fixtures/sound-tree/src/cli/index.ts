import { spawn } from 'node:child_process'

import { load } from '../session/index.ts'

export const run = [spawn, load]
