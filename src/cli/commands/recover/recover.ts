import { finishJournals, refuseSecrets } from '../../../recorder/index.ts'
import { EXIT, printNotice } from '../../output/terminal.ts'
import { formatCount } from '../../../message/index.ts'

/** Puts in place what killed recorders left in their journals; gives the exit code. */
export async function recover(paths: readonly string[]): Promise<number> {
  for (const path of paths) {
    const { recovered, unreadable, leaks } = await finishJournals(path, undefined)
    printNotice(`starttask: ${describeRecovered(recovered)} ${path}`)
    for (const reason of unreadable) printNotice(`  unreadable ${reason}`)
    refuseSecrets(leaks)
    if (unreadable.length > 0) return EXIT.environment
  }
  return EXIT.fine
}

function describeRecovered(count: number): string {
  if (count === 0) return 'no recorder left anything for'
  return `recovered ${formatCount(count, 'exchange')} of killed recorders in`
}
