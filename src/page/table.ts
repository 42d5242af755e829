import { buildElement, type Content, type Html } from './markup.ts'

export interface Column {
  title: string
  /** Numbers stand at the right, one under the other. */
  kind?: 'text' | 'number'
}

export interface Table {
  /** What the table shows: its caption, and its name where it is reached by keyboard. */
  caption: string
  columns: readonly Column[]
  /** The first cell of each names its row. */
  rows: readonly (readonly Content[])[]
}

/** A table that scrolls by itself where it is wider than the page. */
export function buildTable({ caption, columns, rows }: Table): Html {
  const kinds = columns.map(({ kind }) => (kind === 'number' ? 'number' : undefined))
  const head = columns.map(({ title, kind }) =>
    buildElement('th', { scope: 'col', class: kind === 'number' ? 'number' : undefined }, title),
  )
  const body = rows.map((cells) =>
    buildElement(
      'tr',
      {},
      cells.map((cell, index) =>
        index === 0
          ? buildElement('th', { scope: 'row', class: kinds[index] }, cell)
          : buildElement('td', { class: kinds[index] }, cell),
      ),
    ),
  )
  return buildElement(
    'div',
    { class: 'scroll', role: 'group', 'aria-label': caption, tabindex: 0 },
    buildElement(
      'table',
      {},
      buildElement('caption', {}, caption),
      buildElement('thead', {}, buildElement('tr', {}, head)),
      buildElement('tbody', {}, body),
    ),
  )
}

/** Facts, each by its name. */
export function buildFacts(facts: readonly (readonly [string, Content])[]): Html {
  return buildElement(
    'dl',
    { class: 'facts' },
    facts.map(([name, value]) =>
      buildElement('div', {}, buildElement('dt', {}, name), buildElement('dd', {}, value)),
    ),
  )
}
