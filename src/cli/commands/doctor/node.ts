import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

import { isObject } from '../../../protocol/index.ts'
import type { Project, SetupCheck } from './check.ts'
import { compareVersions, listScripts, locatePackage } from '../../input/project.ts'

const OLDEST = '22.20.0'
const REMEDY = `install Node.js ${OLDEST} or newer, or add it to the project: npm i -D node@24`

/** Whether the Node.js that the project runs on is new enough: the one that runs this, that of npm scripts, and those that files name. */
export function checkNode(project: Project): SetupCheck[] {
  return [
    ...checkPrograms(project),
    ...checkVersionFiles(project),
    ...checkEngines(project),
    ...checkJest(project),
  ]
}

function checkPrograms({ folder, env }: Project): SetupCheck[] {
  const shell = readVersion(env['PATH'] ?? '')
  const scripts = readVersion(
    [join(folder, 'node_modules/.bin'), env['PATH'] ?? ''].join(delimiter),
  )
  const own: SetupCheck = {
    check: 'node',
    status: 'ok',
    fact: `this runs on Node.js ${process.versions.node}`,
  }
  if (scripts === undefined) return [own]
  const isOld = compareVersions(scripts, OLDEST) < 0
  const outside =
    shell === undefined || shell === scripts
      ? ''
      : `; outside of them node is ${shell}, so go through npm run and npm exec`
  return [
    own,
    isOld
      ? {
          check: 'node',
          status: 'fail',
          fact: `npm scripts run on Node.js ${scripts}; ${OLDEST} is needed`,
          place: 'PATH',
          remedy: REMEDY,
        }
      : { check: 'node', status: 'ok', fact: `npm scripts run on Node.js ${scripts}${outside}` },
  ]
}

/** What `node` on a search path says of itself; `undefined` where there is none. */
function readVersion(path: string): string | undefined {
  const { stdout } = spawnSync('node', ['--version'], {
    env: { PATH: path },
    encoding: 'utf8',
    timeout: 5000,
  })
  return /^v(\d+\.\d+\.\d+)/.exec(stdout ?? '')?.[1]
}

function checkVersionFiles({ folder }: Project): SetupCheck[] {
  return ['.nvmrc', '.node-version'].flatMap((name): SetupCheck[] => {
    const file = join(folder, name)
    const text = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
    const version = /^v?(\d+(?:\.\d+){0,2})$/.exec(text)?.[1]
    // a first number alone means its newest
    if (
      version === undefined ||
      compareVersions(version.includes('.') ? version : `${version}.999`, OLDEST) >= 0
    )
      return []
    return [
      {
        check: 'node',
        status: 'fail',
        fact: `${name} asks for Node.js ${version}; ${OLDEST} is needed`,
        place: file,
        remedy: REMEDY,
      },
    ]
  })
}

function checkEngines({ folder, manifest: { engines } }: Project): SetupCheck[] {
  const range = isObject(engines) ? engines['node'] : undefined
  const version =
    typeof range === 'string' ? /^(?:\^|~)(\d+(?:\.\d+){0,2})$/.exec(range)?.[1] : undefined
  if (version === undefined || Number.parseInt(version, 10) >= 22) return []
  return [
    {
      check: 'node',
      status: 'fail',
      fact: `engines.node is ${String(range)}: no Node.js in it is ${OLDEST} or newer`,
      place: join(folder, 'package.json'),
      remedy: REMEDY,
    },
  ]
}

/** msw 3 is made of ECMAScript modules alone, which jest runs behind a flag. */
function checkJest({ folder, manifest, env }: Project): SetupCheck[] {
  if (!locatePackage(folder, 'jest') || !locatePackage(folder, 'msw')) return []
  const scripts = [...listScripts(manifest).values()].filter((script) => /\bjest\b/.test(script))
  const flagged = [env['NODE_OPTIONS'] ?? '', ...scripts].some((text) =>
    text.includes('--experimental-vm-modules'),
  )
  if (scripts.length === 0 || flagged) return []
  return [
    {
      check: 'jest',
      status: 'warn',
      fact: 'jest loads msw 3, which is made of ES modules, only with --experimental-vm-modules; no script sets it',
      place: join(folder, 'package.json'),
      remedy:
        'NODE_OPTIONS=--experimental-vm-modules jest (for require of it Node.js 24.9 or newer, too)',
    },
  ]
}
