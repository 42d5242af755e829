import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'

/** A package registry on this machine. */
export interface Registry extends AsyncDisposable {
  url: string
  /** Names of packages that were asked for and are not here. */
  missing: ReadonlySet<string>
}

interface Manifest {
  name: string
  version: string
  [member: string]: unknown
}

/** Where a version of a package lies, and its package.json. */
interface Copy {
  folder: string
  manifest: Manifest
}

/**
 * Serves what lies in a node_modules, each version of it, as a registry would, and makes a tarball of a folder when it is asked for one. So an
 * install by npm or pnpm needs no network, and takes what this project's lockfile has brought.
 */
export async function startRegistry(modules: string): Promise<Registry> {
  const copies = Map.groupBy(listCopies(modules), ({ manifest }) => manifest.name)
  const missing = new Set<string>()
  const tarballs = new Map<string, Promise<Buffer>>()
  const pack = (copy: Copy) => {
    const packed = tarballs.get(copy.folder) ?? packFolder(copy.folder)
    tarballs.set(copy.folder, packed)
    return packed
  }
  const server = createServer((request, response) => {
    const [name = '', version] = decodeURIComponent((request.url ?? '/').slice(1)).split('/-/')
    const known = copies.get(name)
    if (!known) missing.add(name)
    const copy = known?.find(({ manifest }) => manifest.version === version)
    void answer(
      response,
      version === undefined ? known && describe(known, url) : copy && pack(copy),
    )
  })
  const describe = async (known: readonly Copy[], base: string) =>
    JSON.stringify(await describePackage(known, base, pack))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`
  const dispose = async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close').catch(() => {})
  }
  return { url, missing, [Symbol.asyncDispose]: dispose }
}

async function answer(
  response: ServerResponse,
  content: Promise<string | Buffer> | undefined,
): Promise<void> {
  const body = await content
  response.writeHead(body === undefined ? 404 : 200, {
    'content-type': typeof body === 'string' ? 'application/json' : 'application/octet-stream',
  })
  response.end(body ?? '{}')
}

/** Every package below a node_modules, those inside of others too, once for each version. */
function listCopies(modules: string): Copy[] {
  if (!existsSync(modules)) return []
  const folders = readdirSync(modules, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .flatMap(({ name }) =>
      name.startsWith('@')
        ? readdirSync(join(modules, name)).map((inner) => join(modules, name, inner))
        : [join(modules, name)],
    )
  const found = folders.flatMap((folder) => [
    ...readCopy(folder),
    ...listCopies(join(folder, 'node_modules')),
  ])
  return [
    ...new Map(
      found.map((copy) => [`${copy.manifest.name}@${copy.manifest.version}`, copy]),
    ).values(),
  ]
}

function readCopy(folder: string): Copy[] {
  const file = join(folder, 'package.json')
  return existsSync(file) && statSync(folder).isDirectory()
    ? [{ folder, manifest: JSON.parse(readFileSync(file, 'utf8')) }]
    : []
}

/** What a registry says of a package. All versions are old, since package managers may refuse what was published a moment ago. */
async function describePackage(
  known: readonly Copy[],
  base: string,
  pack: (copy: Copy) => Promise<Buffer>,
) {
  const versions = await Promise.all(
    known.map(async (copy) => {
      const { name, version } = copy.manifest
      const integrity = `sha512-${createHash('sha512')
        .update(await pack(copy))
        .digest('base64')}`
      const tarball = `${base}${encodeURIComponent(name)}/-/${version}`
      return [version, { ...copy.manifest, dist: { tarball, integrity } }] as const
    }),
  )
  const [first] = known
  const latest = known
    .map(({ manifest }) => manifest.version)
    .toSorted((a, b) => a.localeCompare(b, undefined, { numeric: true }))
    .at(-1)
  return {
    name: first?.manifest.name,
    'dist-tags': { latest },
    versions: Object.fromEntries(versions),
    time: Object.fromEntries(versions.map(([version]) => [version, '2020-01-01T00:00:00.000Z'])),
  }
}

async function packFolder(folder: string): Promise<Buffer> {
  const tar = spawn(
    'tar',
    ['-czf', '-', '--exclude=./node_modules', '--transform=s,^\\.,package,', '-C', folder, '.'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  return buffer(tar.stdout)
}
