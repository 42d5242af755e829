import { createHash } from 'node:crypto'

import { expect, test } from 'vitest'

import {
  type Attributes,
  buildCode,
  buildElement,
  buildTable,
  buildTime,
  type Content,
  formatBody,
  formatPage,
} from '../../src/page/index.ts'

/** The body of a page with that content. */
function format(content: Content): string {
  return /<body>\n(.*)\n<\/body>/s.exec(formatPage({ title: 't', content }))?.[1] ?? ''
}

test('makes text of whatever it is handed as text', () => {
  expect(format(buildElement('p', {}, `<script>alert('1')</script>&amp;"\``))).toBe(
    '<p>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;&quot;&#96;</p>',
  )
})

test('makes a value of whatever it is handed as an attribute', () => {
  expect(format(buildElement('p', { title: '" onmouseover="x()' }))).toBe(
    '<p title="&quot; onmouseover=&quot;x()"></p>',
  )
})

test.each([
  ['\u202egnp.exe', '\\u202egnp.exe'],
  ['a\u0000\u001b[2J', 'a\\u0000\\u001b[2J'],
  ['\ud800x', '\\ud800x'],
  ['\u{e0041}', '\\u{e0041}'],
  ['zero\u200bwidth\u00ad\u061c', 'zero\\u200bwidth\\u00ad\\u061c'],
  ['line\nfeed\ttab\r', 'line\nfeed\ttab\\u000d'],
])('shows what would hide or reorder text: %j', (text, shown) => {
  expect(format(text)).toBe(shown)
})

test('lets text stand that is only foreign', () => {
  expect(format('日本語 עברית é 🚀')).toBe('日本語 עברית é 🚀')
})

test('takes nothing for markup that looks like it', () => {
  const forged: unknown = JSON.parse('{ "markup": "<b>", "Symbol(markup)": "<b>" }')
  expect(() => format(forged as Content)).toThrow('map')
})

test.each([
  ['script', {}],
  ['iframe', {}],
  ['p', { onclick: 'x()' }],
  ['p', { style: 'background: url(//evil)' }],
  ['a', { href: 'javascript:alert(1)' }],
  ['a', { href: 'https://evil.example/' }],
  ['p', { 'x><script>': '1' }],
])('refuses the element %s with %j, whatever the types were told', (tag, attributes) => {
  expect(() => buildElement(tag as 'p', attributes as Attributes)).toThrow(TypeError)
})

test('leads to places on the page', () => {
  expect(format(buildElement('a', { href: '#x"y' }, 'x'))).toBe('<a href="#x&quot;y">x</a>')
})

test('leaves out what is undefined, and writes true alone', () => {
  expect(
    format(
      buildElement('details', { open: true, class: undefined }, undefined, [
        1,
        [buildElement('bdi', {}, 'a')],
      ]),
    ),
  ).toBe('<details open>1<bdi>a</bdi></details>')
})

test('allows its own stylesheet and its own script by digest, and nothing else', () => {
  const script = 'document.title = 1'
  const page = formatPage({ title: '</title><script>', content: '</style>', script })
  const digest = (text = '') => `sha256-${createHash('sha256').update(text).digest('base64')}`
  const style = /<style>(.*)<\/style>/s.exec(page)?.[1]
  expect(/content="(default-src[^"]*)"/.exec(page)?.[1]).toBe(
    `default-src 'none'; style-src '${digest(style)}'; script-src '${digest(script)}'; img-src data:; base-uri 'none'; form-action 'none'`,
  )
  expect(page).toContain('<title>&lt;/title&gt;&lt;script&gt;</title>')
  expect(formatPage({ title: 't', content: [] })).not.toMatch(/script/)
})

test.each(['</script>', '<!--'])('refuses a script that holds %s', (script) => {
  expect(() => formatPage({ title: 't', content: [], script })).toThrow(TypeError)
})

test('gives the same page for the same content, with one frame around it', () => {
  const page = () => formatPage({ title: 't', content: buildElement('main', {}, 'x') })
  expect(page()).toBe(page())
  expect(page()).toMatch(/^<!doctype html>\n<html lang="en">\n.*<\/html>\n$/s)
})

test('builds a table whose first cells name their rows', () => {
  const table = buildTable({
    caption: 'A <table>',
    columns: [{ title: 'name' }, { title: 'n', kind: 'number' }],
    rows: [['a', 1]],
  })
  expect(format(table)).toContain('<th scope="row">a</th><td class="number">1</td>')
  expect(format(table)).toContain(
    'aria-label="A &lt;table&gt;" tabindex="0"><table><caption>A &lt;table&gt;</caption>',
  )
})

test('shows a body indented, and a text as it is', () => {
  expect(format(buildCode(formatBody({ a: ['<'] })))).toContain(
    '<code>{\n  &quot;a&quot;: [\n    &quot;&lt;&quot;\n  ]\n}</code>',
  )
  expect(format(buildCode(formatBody('<h1>')))).toContain('<code>&lt;h1&gt;</code>')
})

test('says a time to programs where it is one', () => {
  expect(format(buildTime('2026-03-02T02:00:00.000Z', '02:00'))).toBe(
    '<time datetime="2026-03-02T02:00:00.000Z">02:00</time>',
  )
  expect(format(buildTime('soon'))).toBe('<span>soon</span>')
})
