import { escapeLine } from '../../../../message/index.ts'
import type { Cell, QueryResult } from '../../../../query/index.ts'

/** A longer text is cut in a table; JSON has it whole. */
const MOST_CHARACTERS = 100

/** Rows as lines with their columns one under another; numbers stand to the right. Texts of rows are made safe to print. */
export function formatTable({ columns, rows }: QueryResult): string[] {
  const texts = rows.map((row) => row.map(formatCell))
  const headings = columns.map(({ name }) => cut(escapeLine(name)))
  const widths = headings.map((heading, index) =>
    texts.reduce((most, row) => Math.max(most, row[index]?.length ?? 0), heading.length),
  )
  const isNumber = columns.map(
    (_column, index) => rows.length > 0 && rows.every((row) => isNumeric(row[index] ?? null)),
  )
  const formatRow = (cells: readonly string[]) =>
    cells
      .map((cell, index) =>
        isNumber[index] === true
          ? cell.padStart(widths[index] ?? 0)
          : cell.padEnd(widths[index] ?? 0),
      )
      .join('  ')
      .trimEnd()
  return [
    formatRow(headings),
    formatRow(widths.map((width) => '-'.repeat(width))),
    ...texts.map(formatRow),
  ]
}

function isNumeric(cell: Cell): boolean {
  return cell === null || typeof cell === 'number' || typeof cell === 'bigint'
}

function formatCell(cell: Cell): string {
  return cell === null ? '' : cut(escapeLine(String(cell)))
}

function cut(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1)}…`
}
