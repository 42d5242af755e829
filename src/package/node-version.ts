import { HarnessError } from '../message/index.ts'

/** The oldest Node.js that this package runs on; package.json's `engines` says the same. */
const OLDEST_NODE = '22.20.0'

/** Throws `node-too-old` with one clear line when `version` (as in `process.versions.node`) is older than the package needs. */
function requireNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split('.').map(Number)
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  throw new HarnessError(
    'node-too-old',
    `starttask-harness needs Node.js ${OLDEST_NODE} or newer; this is ${version}.`,
  )
}

requireNode(process.versions.node)
