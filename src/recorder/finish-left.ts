/**
 * Run by a recorder whose process ends at once, which leaves no time for anything asynchronous: puts its journal in place.
 * Arguments: `out`, and the journal.
 */

import { describeReason, formatDetail } from '../message/index.ts'
import { finishJournals, refuseSecrets } from './finish.ts'

const [, , out = '', path = ''] = process.argv

finishJournals(out, { path }).then(
  ({ leaks }) => {
    try {
      refuseSecrets(leaks)
    } catch (error) {
      reportFailure(error)
    }
  },
  (error: unknown) =>
    reportFailure(error, [
      formatDetail('kept', `in ${path}`),
      formatDetail('remedy', `starttask recover ${out}`),
    ]),
)

function reportFailure(error: unknown, details: readonly string[] = []): void {
  process.stderr.write(`${[`starttask: ${describeReason(error)}`, ...details].join('\n')}\n`)
  process.exitCode = 1
}
