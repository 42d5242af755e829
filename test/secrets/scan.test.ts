import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'

import { expect, test } from 'vitest'

import { HAS_PYTHON, runScanner, scanPaths } from './scanner.ts'

const PLANTED = ['correct', 'horse', '"battery"', 'stäple/7+'].join('-')
const HARMLESS = JSON.stringify({
  message: 'Nothing is in here.',
  value: '(redacted)',
  account: '000012345678',
  id: '0f'.repeat(16),
})

function writeFileIn(folder: string, name: string, content: string | Uint8Array): string {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'starttask-scan-'))
}

const base64 = (content: string | Uint8Array) => Buffer.from(content).toString('base64')
const tell = (content: string) => `{"log":"${content}"}`

const ENCODINGS: Record<string, string | Uint8Array> = {
  plain: tell(PLANTED),
  'UTF-16, little end first': Buffer.from(`\uFEFF${tell(PLANTED)}`, 'utf16le'),
  'UTF-16, big end first': Buffer.from(tell(PLANTED), 'utf16le').swap16(),
  base64: tell(base64(PLANTED)),
  'base64 at the second alignment': tell(base64(`x${PLANTED}`)),
  'base64 at the third alignment': tell(base64(`xy${PLANTED}`)),
  'base64 after letters that do not belong to it': tell(`abc${base64(PLANTED)}`),
  'base64 of a longer text': tell(
    base64(`${'before '.repeat(20)}${PLANTED}${' after'.repeat(20)}`),
  ),
  'base64 in lines': base64('x'.repeat(70) + PLANTED).replaceAll(/.{76}/g, '$&\n'),
  'base64 of base64': tell(base64(base64(PLANTED))),
  base64url: tell(Buffer.from(`>>>???${PLANTED}`).toString('base64url')),
  hexadecimal: tell(Buffer.from(PLANTED).toString('hex')),
  'hexadecimal in capitals': tell(Buffer.from(PLANTED).toString('hex').toUpperCase()),
  'hexadecimal after an odd digit': tell(`a${Buffer.from(PLANTED).toString('hex')}`),
  percent: tell(encodeURIComponent(PLANTED)),
  'percent, every byte': tell(Buffer.from(PLANTED).toString('hex').replaceAll(/../g, '%$&')),
  'JSON string': JSON.stringify({ log: PLANTED }),
  'JSON in a JSON string': JSON.stringify({ log: JSON.stringify({ log: PLANTED }) }),
  'JSON string, every character escaped': tell(
    PLANTED.replaceAll(/[^]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ),
  HTML: `<p>${PLANTED.replaceAll('"', '&quot;')}</p>`,
  gzip: gzipSync(tell(PLANTED)),
  zlib: deflateSync(tell(PLANTED)),
  deflate: deflateRawSync(tell(PLANTED)),
  'gzip in base64 in JSON': JSON.stringify({
    log: base64(gzipSync(JSON.stringify({ log: PLANTED }))),
  }),
  'percent in base64 in hexadecimal': Buffer.from(base64(encodeURIComponent(PLANTED))).toString(
    'hex',
  ),
}

/** One look at all of the encodings, each in a file that is named for its place. */
const encodings = HAS_PYTHON ? scanEncodings() : undefined

async function scanEncodings(): Promise<string[]> {
  const folder = makeFolder()
  for (const [index, content] of Object.values(ENCODINGS).entries())
    writeFileIn(folder, `encoding-${index}.json`, content)
  return (await scanPaths([folder], [PLANTED])).found
}

test.skipIf(!HAS_PYTHON).each(Object.keys(ENCODINGS).map((name, index) => ({ name, index })))(
  'finds a planted secret in $name (needs python3)',
  async ({ index }) => {
    expect((await encodings)?.join('\n')).toContain(`/encoding-${index}.json: `)
  },
)

test.skipIf(!HAS_PYTHON)('ends with 1 when it finds something (needs python3)', async () => {
  expect((await scanPaths([writeFileIn(makeFolder(), 'one.json', PLANTED)], [PLANTED])).code).toBe(
    1,
  )
})

const HEX = '0123456789abcdef'.repeat(4)
const SHAPED: Record<string, string> = {
  'AWS access key id': 'AK' + 'IA' + 'Q3EGZXAMPLE7TEST',
  'AWS session token': 'IQoJ' + 'b3JpZ2lu' + 'X2VjEXAMPLE/'.repeat(9),
  'SigV4 signature': `SignedHeaders=host, Signa` + `ture=${HEX}`,
  'private key': '-----BEGIN ' + 'RSA PRIVATE' + ' KEY-----\nMIIE',
  'JSON web token': [
    'ey' + 'JhbGciOiJIUzI1NiJ9',
    'ey' + 'JzdWIiOiIxMjM0NTY3ODkwIn0',
    'dozjgNryP4J3jVmNHl0w5N',
  ].join('.'),
  'AWS secret access key': JSON.stringify({
    name: 'AWS_SECRET_' + 'ACCESS_KEY',
    value: 'wJalrXUtnFEMI' + '/K7MDENG/bPxRfiCY' + 'TESTONLYKE',
  }),
}

test.skipIf(!HAS_PYTHON).each(Object.entries(SHAPED))(
  'finds what is shaped like an %s in base64 (needs python3)',
  async (kind, secret) => {
    const path = writeFileIn(makeFolder(), 'one.json', tell(base64(`before ${secret} after`)))
    expect((await scanPaths([path], [])).found.join()).toContain(kind)
  },
)

test.skipIf(!HAS_PYTHON)('finds nothing in clean files (needs python3)', async () => {
  const folder = makeFolder()
  writeFileIn(folder, 'one.json', HARMLESS)
  writeFileIn(folder, 'two.json.gz', gzipSync(HARMLESS))
  expect(await scanPaths([folder], [PLANTED])).toEqual({ code: 0, found: [] })
})

test.skipIf(!HAS_PYTHON)(
  'reads hidden and temporary files at any depth (needs python3)',
  async () => {
    const folder = makeFolder()
    const path = writeFileIn(join(folder, 'deep', '.hidden'), '.4f2c.tmp', PLANTED)
    const scan = await scanPaths([folder], [PLANTED])
    expect(scan.found).toEqual([expect.stringContaining(path)])
  },
)

test.skipIf(!HAS_PYTHON)(
  'tells no more of a secret than its beginning and its length (needs python3)',
  async () => {
    const path = writeFileIn(makeFolder(), 'one.json', PLANTED)
    const scan = await scanPaths([path], [PLANTED])
    expect(scan.found.join()).toContain(`corr..., ${Buffer.byteLength(PLANTED)} bytes`)
    expect(scan.found.join()).not.toContain(PLANTED.slice(0, 5))
  },
)

test
  .skipIf(!HAS_PYTHON)
  .each([
    [[]],
    [['--planted']],
    [['--unknown', '/tmp']],
    [['/no/such/path']],
    [['--planted', '/no/such/file', '/tmp']],
  ])('refuses the arguments %j (needs python3)', async (args) => {
  expect(await runScanner(args)).toEqual({ code: 2, found: [] })
})
