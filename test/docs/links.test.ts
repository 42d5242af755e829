import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

import { expect, test } from 'vitest'

import { listPages, ROOT } from './pages.ts'

const pages = listPages()

/** Links and pictures of a text, without what stands in code. */
function listLinks(text: string): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = '']) => target)
}

/** What a code host makes of headings: lower case, without what is no letter, digit, space, hyphen or underscore; equal ones are counted. */
function listAnchors(text: string): Set<string> {
  const anchors = new Set<string>()
  const headings = text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^#{1,6} (.+)$/gm)
  for (const [, heading = ''] of headings) {
    const plain = heading
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .trim()
      .toLowerCase()
      .replaceAll(' ', '-')
    const count = [...anchors].filter(
      (anchor) => anchor === plain || new RegExp(`^${plain}-\\d+$`).test(anchor),
    ).length
    anchors.add(count === 0 ? plain : `${plain}-${count}`)
  }
  return anchors
}

/** What is wrong with a link of a page, `undefined` for one that leads somewhere or to another host. */
function refuseLink(page: string, link: string): string | undefined {
  if (/^https?:/.test(link)) return undefined
  const [path = '', anchor] = link.split('#')
  const file = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path)
  if (!existsSync(file)) return `${page}: ${link} leads nowhere`
  if (relative(ROOT, file).startsWith('..')) return `${page}: ${link} leads out of the package`
  if (anchor === undefined) return undefined
  const isThere = statSync(file).isFile() && listAnchors(readFileSync(file, 'utf8')).has(anchor)
  return isThere ? undefined : `${page}: ${link} has no such heading`
}

test.for(pages)('leads somewhere with every link of $name', ({ name, text }) => {
  expect(listLinks(text).flatMap((link) => refuseLink(name, link) ?? [])).toEqual([])
})

test('sees a link that leads nowhere, and a heading that is not there', () => {
  expect(refuseLink('README.md', 'docs/nothing.md')).toContain('leads nowhere')
  expect(refuseLink('README.md', 'docs/replay.md#nothing')).toContain('no such heading')
  expect(refuseLink('docs/replay.md', '#sessions')).toBeUndefined()
  expect(listLinks('a [b](c.md#d) `[x](y)` ![p](q.svg)')).toEqual(['c.md#d', 'q.svg'])
})

test('is reached from the index', () => {
  const index = pages.find(({ name }) => name === 'docs/README.md')?.text ?? ''
  const linked = new Set(listLinks(index).map((link) => join('docs', link.split('#')[0] ?? '')))
  const inDocs = pages
    .map(({ name }) => name)
    .filter((name) => /^docs\/[^/]+\.md$/.test(name) && name !== 'docs/README.md')
  expect(inDocs.filter((name) => !linked.has(name))).toEqual([])
})
