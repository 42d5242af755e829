import { loadRecordings } from '../../../recording/index.ts'
import { loadConfig } from '../../../config/index.ts'
import { formatJson } from '../../output/json-text.ts'
import { formatRecord } from '../../output/plain-records.ts'
import { EXIT, printData, printNotice, printText } from '../../output/terminal.ts'
import { formatProposal, proposeForRecordings } from '../../output/volatile-proposal.ts'

export interface ProposeCommand {
  old: string
  new: string
  /** The configuration file; left out, it is looked for. */
  config: string | undefined
  json: boolean
  /** One line a place, for programs. */
  plain: boolean
}

/** Says which places of the requests differ between two recordings of one flow, as rules to take over or not; changes nothing. */
export async function propose({
  old,
  new: fresh,
  config,
  json,
  plain,
}: ProposeCommand): Promise<number> {
  const { ignore } = loadConfig({ file: config }).match
  const proposals = proposeForRecordings(
    await loadRecordings(old),
    await loadRecordings(fresh),
    ignore,
  )
  if (json) printData(formatJson({ schemaVersion: 1, ignored: ignore, proposals }))
  else if (plain)
    for (const { pointer, kind, seen, of } of proposals)
      printData(formatRecord(pointer, kind, seen, of))
  else if (proposals.length > 0) printText(formatProposal(proposals, ignore))
  else
    printNotice(
      `starttask: nothing to propose: the requests that are in both recordings are the same`,
    )
  return EXIT.fine
}
