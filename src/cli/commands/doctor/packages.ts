import { isObject } from '../../../protocol/index.ts'
import type { Project, SetupCheck } from './check.ts'
import {
  type InstalledPackage,
  isWithin,
  listDependencies,
  locatePackage,
  readManifest,
} from '../../input/project.ts'
import { locatePackageFile } from '../../../package/index.ts'

const OURS = 'starttask-harness'
const INTERCEPTORS = '@mswjs/interceptors'

/** Which packages there are: this one, the optional ones in a version that it works with, and one copy of the interceptors. */
export function checkPackages(project: Project): SetupCheck[] {
  const ours = project.manifest['name'] === OURS ? undefined : locatePackage(project.folder, OURS)
  return [
    ...checkOurs(project, ours),
    ...checkVersions(project),
    ...checkInterceptors(project, ours),
  ]
}

function checkOurs(
  { folder, manifest }: Project,
  ours: InstalledPackage | undefined,
): SetupCheck[] {
  const check = 'package'
  if (ours) return [{ check, status: 'ok', fact: `${OURS} ${ours.version} is installed` }]
  if (manifest['name'] === OURS) return []
  return [
    {
      check,
      status: 'warn',
      fact: `${OURS} is not installed in this project; its tests cannot import it`,
      place: folder,
      remedy: `npm i -D ${OURS}`,
    },
  ]
}

/** What this package's own package.json says of the packages beside it. */
export function readPeerRanges(): Map<string, string> {
  const { peerDependencies } = readManifest(locatePackageFile('package.json'))
  const named = isObject(peerDependencies) ? Object.entries(peerDependencies) : []
  return new Map(
    named.flatMap(([name, range]) => (typeof range === 'string' ? [[name, range] as const] : [])),
  )
}

/** An optional package that is there in another version than ours is made for. What was not installed on purpose for the project is left alone. */
function checkVersions({ folder, manifest }: Project): SetupCheck[] {
  const wanted = listDependencies(manifest)
  return [...readPeerRanges()].flatMap(([name, range]): SetupCheck[] => {
    const found = wanted.has(name) ? locatePackage(folder, name) : undefined
    if (!found) return []
    if (isWithin(found.version, range))
      return [{ check: name, status: 'ok', fact: `${name} ${found.version} is installed` }]
    const why =
      name === 'msw' && found.version.startsWith('2.')
        ? ': its handlers and options have changed since'
        : ''
    return [
      {
        check: name,
        status: 'fail',
        fact: `${name} is ${found.version}, and ${OURS} works with ${range}${why}`,
        place: found.folder,
        remedy: `npm i -D ${name}@${range}`,
      },
    ]
  })
}

/** Two copies each patch the process's HTTP: what one recorded or answered, the other does not see. */
function checkInterceptors({ folder }: Project, ours: InstalledPackage | undefined): SetupCheck[] {
  const users = [ours, locatePackage(folder, 'msw'), locatePackage(folder, 'nock')].filter(
    (user) => user !== undefined,
  )
  const copies = new Map<string, { version: string; users: string[] }>()
  for (const user of users) {
    const copy = locatePackage(user.folder, INTERCEPTORS)
    if (!copy) continue
    const known = copies.get(copy.folder) ?? { version: copy.version, users: [] }
    copies.set(copy.folder, { ...known, users: [...known.users, user.name] })
  }
  const check = 'interceptors'
  const [only] = copies.values()
  if (!only) return []
  if (copies.size === 1)
    return [
      {
        check,
        status: 'ok',
        fact: `one copy of ${INTERCEPTORS}, ${only.version}, for ${only.users.join(', ')}`,
      },
    ]
  const told = [...copies.values()].map(
    ({ version, users: by }) => `${version} for ${by.join(' and ')}`,
  )
  return [
    {
      check,
      status: 'fail',
      fact: `${copies.size} copies of ${INTERCEPTORS} (${told.join('; ')}): each patches HTTP, and does not see what the other does`,
      place: [...copies.keys()].join(', '),
      remedy: `npm dedupe; where that is not enough, "overrides": { "${INTERCEPTORS}": "${only.version}" } in package.json, and npm install`,
    },
  ]
}
