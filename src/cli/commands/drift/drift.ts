import { compareModels, type Model, readContractModel } from '../../../contract/index.ts'
import { HarnessError } from '../../../message/index.ts'
import { type DriftReport, printDriftRecords, printDriftReport } from './report.ts'
import { readContractDocuments, readInstalledSdk, readModelFile, SDK } from './sources.ts'
import { EXIT, printText } from '../../output/terminal.ts'

export interface DriftCommand {
  sdk: boolean
  model: string | undefined
  json: boolean
  /** One line a difference, for programs. */
  plain: boolean
}

/**
 * Says where the documented contract and another source of StartTask no longer agree. Gives the exit code: 1 for drift of severity error or
 * warning that contracts/ does not tell of already; 3 when a source could not be read at all, unless the other one has such drift; else 0.
 */
export function drift({ sdk, model, json, plain }: DriftCommand): number {
  const readers = [
    ...(sdk ? [{ name: SDK, read: readInstalledSdk }] : []),
    ...(model === undefined ? [] : [{ name: model, read: () => readModelFile(model) }]),
  ]
  if (readers.length === 0)
    throw new HarnessError(
      'usage',
      `Nothing to compare the contract with. Add --sdk for the installed ${SDK}, --model FILE for a model file, or both.`,
    )
  const report: DriftReport = { sources: [], drift: [], couldNotCheck: [] }
  const contract = readContractModel(readContractDocuments())
  for (const { name, read } of readers) compareWith(report, contract, name, read)
  if (json) printText(JSON.stringify({ schemaVersion: 1, ...report }, undefined, 2))
  else if (plain) printDriftRecords(report)
  else printDriftReport(report)
  if (report.drift.some(({ severity, known }) => severity !== 'info' && !known)) return EXIT.failed
  return report.sources.length === readers.length ? EXIT.fine : EXIT.environment
}

/** A source that cannot be read is no drift: it could not be checked. */
function compareWith(
  report: DriftReport,
  contract: Model,
  against: string,
  read: () => Model,
): void {
  try {
    const other = read()
    const { drift: found, couldNotCheck, olderThan } = compareModels(contract, other)
    const { version } = other
    report.sources.push({
      name: against,
      ...(version === undefined ? {} : { version }),
      ...(olderThan === undefined ? {} : { olderThan }),
    })
    report.drift.push(...found.map((finding) => ({ against, ...finding })))
    report.couldNotCheck.push(...couldNotCheck.map((unchecked) => ({ against, ...unchecked })))
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error
    report.couldNotCheck.push({ against, what: 'everything', reason: error.message })
  }
}
