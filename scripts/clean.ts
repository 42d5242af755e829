// Empties dist/, so that it holds what src/ has now and nothing older.
import { rmSync } from 'node:fs'

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true })
