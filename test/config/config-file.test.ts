import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

import { EMPTY_CONFIG, findConfigFile, loadConfig } from '../../src/config/index.ts'

const createTree = () => {
  const root = mkdtempSync(join(tmpdir(), 'starttask-config-'))
  const inner = join(root, 'a/b')
  mkdirSync(inner, { recursive: true })
  return { root, inner }
}
const write = (path: string, content: string | Uint8Array) => {
  writeFileSync(path, content)
  return path
}

test('finds the nearest configuration file in the folders above', () => {
  const { root, inner } = createTree()
  write(join(root, 'starttask.config.json'), '{"redact":["/far"]}')
  expect(loadConfig({ directory: inner }).redact).toEqual(['/far'])
  write(join(root, 'a/starttask.config.json'), '{"redact":["/near"]}')
  expect(loadConfig({ directory: inner }).redact).toEqual(['/near'])
})

test('is empty without a file', () => {
  expect(loadConfig({ directory: createTree().inner })).toMatchObject(EMPTY_CONFIG)
})

test('says which file each member comes from', () => {
  const { inner } = createTree()
  const file = write(join(inner, 'own.json'), '{"keep":["/a"],"match":{}}')
  const none = Object.fromEntries(Object.keys(EMPTY_CONFIG).map((name) => [name, 'default']))
  expect(loadConfig({ directory: inner }).origin).toEqual(none)
  expect(loadConfig({ file }).origin).toEqual({ ...none, keep: file, match: file })
})

test.each(['.git/HEAD', '.git'])('searches no further than a folder with %s', (marker) => {
  const { root, inner } = createTree()
  write(join(root, 'starttask.config.json'), '{"redact":["/far"]}')
  mkdirSync(dirname(join(root, 'a', marker)), { recursive: true })
  write(join(root, 'a', marker), 'ref')
  expect(loadConfig({ directory: inner }).redact).toEqual([])
  const path = write(join(root, 'a/starttask.config.json'), '{"redact":["/near"]}')
  expect(loadConfig({ directory: inner }).redact).toEqual(['/near'])
  expect(findConfigFile(inner)).toBe(path)
})

test('reports a file of the old name with a command that renames it', () => {
  const { root, inner } = createTree()
  const folder = join(root, "a/it's old")
  mkdirSync(folder)
  write(join(folder, 'starttask.rules.json'), '{"redact":["/a"]}')
  const error = catchError(() => loadConfig({ directory: folder }))
  expect(error).toMatchObject({ code: 'usage', summary: expect.stringContaining('not read') })
  const { remedy } = error as { remedy: string }
  execFileSync('sh', ['-c', remedy])
  expect(loadConfig({ directory: folder }).redact).toEqual(['/a'])
  write(join(inner, 'starttask.rules.json'), 'broken')
  expect(loadConfig({ file: join(folder, 'starttask.config.json') }).redact).toEqual(['/a'])
})

test('ignores a file of the old name beside or above one of the new', () => {
  const { root, inner } = createTree()
  write(join(root, 'starttask.rules.json'), '{}')
  write(join(root, 'a/starttask.rules.json'), '{}')
  write(join(root, 'a/starttask.config.json'), '{"redact":["/a"]}')
  expect(loadConfig({ directory: inner }).redact).toEqual(['/a'])
})

test('ignores a folder of that name', () => {
  const { inner } = createTree()
  mkdirSync(join(inner, 'starttask.config.json'))
  expect(loadConfig({ directory: inner })).toMatchObject(EMPTY_CONFIG)
})

test('reads the file that is named rather than the one that it would find', () => {
  const { inner } = createTree()
  write(join(inner, 'starttask.config.json'), 'broken')
  expect(
    loadConfig({ directory: inner, file: write(join(inner, 'own.json'), '{"keep":["/a"]}') }).keep,
  ).toEqual(['/a'])
})

test('names the invalid file that it found', () => {
  const { inner } = createTree()
  const path = write(join(inner, 'starttask.config.json'), '{"kep":[]}')
  expect(() => loadConfig({ directory: inner })).toThrow(`${path} at /kep`)
})

test('reports a named file that cannot be read', () => {
  const file = join(createTree().inner, 'none.json')
  expect(() => loadConfig({ file })).toThrow(
    expect.objectContaining({ code: 'not-found', message: expect.stringContaining(file) }),
  )
})

test('rejects bytes that are not UTF-8', () => {
  const file = write(join(createTree().inner, 'x.json'), Uint8Array.of(0x7b, 0xff, 0x7d))
  expect(() => loadConfig({ file })).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining('not UTF-8') }),
  )
})

test('reads a device without an end up to the limit', () => {
  expect(() => loadConfig({ file: '/dev/zero' })).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining('1048576') }),
  )
})

test('reads a named pipe', () => {
  const { inner } = createTree()
  const file = join(inner, 'pipe')
  execFileSync('sh', ['-c', 'mkfifo "$0" && { printf "{}" > "$0" & }', file], { stdio: 'ignore' })
  expect(loadConfig({ file })).toMatchObject(EMPTY_CONFIG)
})

function catchError(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  return undefined
}
