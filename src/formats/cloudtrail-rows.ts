/** CloudTrail as other services hand it out: CSV as Athena writes it to S3, and what aws-cli prints of Athena, Lake, `lookup-events` and CloudWatch Logs. */
import { isObject, type JsonObject } from '../protocol/index.ts'
import { parseEmbedded } from './embedded-json.ts'
import type { ImportSource, TellFinding } from './imported.ts'
import type { JsonRecord } from './json-records.ts'
import { MAX_RECORD_BYTES, readToEnd } from './lines.ts'

/** The rows of a CSV file whose first line names the columns, which are given in lower case. What cannot be read any more is told with its line. */
export async function* readCsvRows(
  source: ImportSource,
  tell: TellFinding,
): AsyncGenerator<JsonRecord> {
  const { parse } = await import('csv-parse')
  const rows: JsonRecord[] = []
  let [line, broken] = [1, false]
  const parser = parse({
    bom: true,
    columns: (names: string[]) => names.map((name) => name.toLowerCase()),
    max_record_size: MAX_RECORD_BYTES,
    relax_column_count: true,
    // Taken here: a stream that fails drops what it had not handed on.
    on_record(record: JsonObject, { lines }) {
      rows.push({ value: record, line, place: '', readExactly: () => record })
      line = lines + 1
      return null
    },
  })
  parser.on('error', (error) => {
    broken = true
    tell({
      line,
      rule: 'import.cut',
      severity: 'error',
      message: `what follows is no CSV: ${error.message}`,
    })
  })
  parser.resume()
  const take = () => rows.splice(0)
  for await (const chunk of readToEnd(source, tell, () => line)) {
    await new Promise<void>((resolve) => void parser.write(chunk, () => resolve()))
    yield* take()
    if (broken) return
  }
  await new Promise<void>((resolve) => {
    parser.once('error', () => resolve())
    parser.once('end', () => resolve())
    parser.end()
  })
  yield* take()
}

/** The rows of what a command line printed; anything else is given as it is. */
export function* unfoldRows(record: JsonRecord): Generator<JsonRecord> {
  const { value } = record
  const rows = isObject(value)
    ? (readAthenaRows(value['ResultSet']) ??
      readLakeRows(value['QueryResultRows']) ??
      readTexts(value['Events'], 'CloudTrailEvent') ??
      readTexts(value['events'], 'message'))
    : undefined
  if (!rows) yield record
  else
    for (const [index, row] of rows.entries())
      yield { ...record, value: row, place: `row ${index + 1}: `, readExactly: () => row }
}

/** The first row names the columns. */
function readAthenaRows(set: unknown): JsonObject[] | undefined {
  const rows = isObject(set) ? set['Rows'] : undefined
  if (!Array.isArray(rows)) return undefined
  const [names = [], ...rest] = rows.map((row: unknown) => {
    const cells = isObject(row) && Array.isArray(row['Data']) ? row['Data'] : []
    return cells.map((cell: unknown) => (isObject(cell) ? cell['VarCharValue'] : undefined))
  })
  return rest.map((cells) =>
    Object.fromEntries(names.map((name, index) => [String(name).toLowerCase(), cells[index]])),
  )
}

/** Lists of `aws cloudtrail lookup-events` and `aws logs filter-log-events`: each record is a text in one member. */
function readTexts(list: unknown, member: string): unknown[] | undefined {
  if (!Array.isArray(list)) return undefined
  return list.map((one: unknown) => {
    const text = isObject(one) ? one[member] : undefined
    return typeof text === 'string' ? parseEmbedded(text) : one
  })
}

function readLakeRows(rows: unknown): JsonObject[] | undefined {
  if (!Array.isArray(rows)) return undefined
  return rows.map((cells: unknown) => {
    const columns = (Array.isArray(cells) ? cells : []).flatMap((cell: unknown) =>
      isObject(cell) ? Object.entries(cell) : [],
    )
    return Object.fromEntries(columns.map(([name, value]) => [name.toLowerCase(), value]))
  })
}
