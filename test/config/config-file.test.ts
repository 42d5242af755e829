import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { loadRules, NO_RULES } from '../../src/config/index.ts'

const createTree = () => {
  const root = mkdtempSync(join(tmpdir(), 'starttask-rules-'))
  const inner = join(root, 'a/b')
  mkdirSync(inner, { recursive: true })
  return { root, inner }
}
const write = (path: string, content: string | Uint8Array) => {
  writeFileSync(path, content)
  return path
}

test('finds the nearest rules file in the folders above', () => {
  const { root, inner } = createTree()
  write(join(root, 'starttask.rules.json'), '{"redact":["/far"]}')
  expect(loadRules({ from: inner }).redact).toEqual(['/far'])
  write(join(root, 'a/starttask.rules.json'), '{"redact":["/near"]}')
  expect(loadRules({ from: inner }).redact).toEqual(['/near'])
})

test('has no rules where there is no file', () => {
  expect(loadRules({ from: createTree().inner })).toEqual(NO_RULES)
})

test('takes no folder for the rules file', () => {
  const { inner } = createTree()
  mkdirSync(join(inner, 'starttask.rules.json'))
  expect(loadRules({ from: inner })).toEqual(NO_RULES)
})

test('reads the file that is named rather than the one that it would find', () => {
  const { inner } = createTree()
  write(join(inner, 'starttask.rules.json'), 'broken')
  expect(
    loadRules({ from: inner, file: write(join(inner, 'own.json'), '{"keep":["/a"]}') }).keep,
  ).toEqual(['/a'])
})

test('names the file that it found when something is wrong with it', () => {
  const { inner } = createTree()
  const path = write(join(inner, 'starttask.rules.json'), '{"kep":[]}')
  expect(() => loadRules({ from: inner })).toThrow(`${path} at /kep`)
})

test('says that a named file cannot be read', () => {
  const file = join(createTree().inner, 'none.json')
  expect(() => loadRules({ file })).toThrow(
    expect.objectContaining({ code: 'not-found', message: expect.stringContaining(file) }),
  )
})

test('refuses bytes that are no UTF-8', () => {
  const file = write(join(createTree().inner, 'x.json'), Uint8Array.of(0x7b, 0xff, 0x7d))
  expect(() => loadRules({ file })).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining('not UTF-8') }),
  )
})

test('reads no more of a device without an end than it may', () => {
  expect(() => loadRules({ file: '/dev/zero' })).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining('1048576') }),
  )
})

test('reads a named pipe', () => {
  const { inner } = createTree()
  const file = join(inner, 'pipe')
  execFileSync('sh', ['-c', 'mkfifo "$0" && { printf "{}" > "$0" & }', file], { stdio: 'ignore' })
  expect(loadRules({ file })).toEqual(NO_RULES)
})
