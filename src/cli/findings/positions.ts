import { parsePointer } from '../../protocol/index.ts'
import type { CheckedDocument, PlacedFinding } from './documents.ts'
import { findLines } from './json-lines.ts'
import { formatDocumentPointer } from './report.ts'

/** Tells the line of each finding in its file: the document's own in a file of lines, else where its pointer leads. */
export function createLineFinder(
  { line, text }: CheckedDocument,
  findings: readonly PlacedFinding[],
): (finding: PlacedFinding) => number | undefined {
  if (line !== undefined) return () => line
  if (text === '') return () => undefined
  const pointers = findings.map((finding) => parsePointer(formatDocumentPointer(finding)) ?? [])
  const lines = new Map(findings.map((finding, index) => [finding, index]))
  const found = findLines(text, pointers)
  return (finding) => found[lines.get(finding) ?? -1]
}
