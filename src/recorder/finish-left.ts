/**
 * Run by a recorder whose process ends at once, which leaves no time for anything asynchronous: puts its journal in place.
 * Arguments: `out`, and the journal.
 */

import { finishJournals, refuseSecrets } from './finish.ts'

const [, , out = '', path = ''] = process.argv

finishJournals(out, { path }).then(
  ({ leaks }) => {
    try {
      refuseSecrets(leaks)
    } catch (error) {
      tellFailure(error)
    }
  },
  (error: unknown) =>
    tellFailure(error, `\n  remedy     ${path} holds the exchanges; run: starttask recover ${out}`),
)

function tellFailure(error: unknown, more = ''): void {
  process.stderr.write(
    `starttask: ${error instanceof Error ? error.message : String(error)}${more}\n`,
  )
  process.exitCode = 1
}
