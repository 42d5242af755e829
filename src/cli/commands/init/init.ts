import { escapeLine, formatCount, HarnessError } from '../../../message/index.ts'
import { isAnimated } from '../../output/progress.ts'
import { formatJson } from '../../output/json-text.ts'
import { carryOut, type Plan, type PlannedFile, planSetup } from './plan.ts'
import type { Runner } from './runner.ts'
import { EXIT, printData, printNotice, printText } from '../../output/terminal.ts'
import { createInterface } from 'node:readline/promises'

export interface InitCommand {
  runner: Runner | undefined
  /** Whether the user has said yes already. */
  isAgreed: boolean
  isDryRun: boolean
  json: boolean
}

/** Sets a project up, after a yes; gives the exit code. Without a terminal, and without `--yes`, it shows the plan and throws `usage`. */
export async function init({ runner, isAgreed, isDryRun, json }: InitCommand): Promise<number> {
  const plan = planSetup(runner)
  const isNeeded = plan.files.some(({ action }) => action !== 'keep')
  if (json) return writeAsked(plan, { isAgreed, isDryRun, isNeeded, json })
  printPlan(plan)
  if (isDryRun || isAgreed || !isNeeded || !canAsk())
    return writeAsked(plan, { isAgreed, isDryRun, isNeeded, json })
  const response = await askForYes('Write these files?')
  if (response === 'cancelled') return EXIT.interrupted
  if (response === 'no') {
    printNotice('starttask: nothing was written')
    return EXIT.fine
  }
  return writeAsked(plan, { isAgreed: true, isDryRun, isNeeded, json })
}

/** A terminal that does not know its width says 0; a question drawn there takes a line for each character. */
const FEWEST_COLUMNS = 20

/** Both ends are a terminal on which a question can be drawn. */
function canAsk(): boolean {
  return (
    process.stdin.isTTY &&
    isAnimated(process.stderr, process.env) &&
    process.stderr.columns >= FEWEST_COLUMNS
  )
}

/** Asks on the terminal; Enter means no. The question goes to standard error, as everything that is not data. */
async function askForYes(question: string): Promise<'yes' | 'no' | 'cancelled'> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const cancelled = new Promise<'cancelled'>((resolve) => {
    terminal.once('close', () => resolve('cancelled')) // Ctrl-C and Ctrl-D
  })
  try {
    const answered = terminal.question(`${question} (y/N) `).catch(() => 'cancelled')
    const response = await Promise.race([answered, cancelled])
    if (response === 'cancelled') printNotice('')
    return response === 'cancelled' ? response : /^\s*y(?:es)?\s*$/i.test(response) ? 'yes' : 'no'
  } finally {
    terminal.close()
  }
}

interface Asked {
  isAgreed: boolean
  isDryRun: boolean
  isNeeded: boolean
  json: boolean
}

function writeAsked(plan: Plan, { isAgreed, isDryRun, isNeeded, json }: Asked): number {
  const isWritten = isAgreed && !isDryRun && isNeeded
  if (isWritten) carryOut(plan)
  if (json) {
    const { folder, runner, from, client, next } = plan
    const files = plan.files.map(({ path, action }) => ({ path, action }))
    printData(
      formatJson({ schemaVersion: 1, folder, runner, from, client, files, next, isWritten }),
    )
  }
  if (!isWritten && !isDryRun && isNeeded) {
    throw new HarnessError(
      'usage',
      'Nothing was written, since nobody has agreed and there is no terminal to ask on.',
      { remedy: 'starttask init --yes' },
    )
  }
  printNotice(
    isWritten
      ? 'starttask: written'
      : isNeeded
        ? 'starttask: nothing was written'
        : 'starttask: all of it is there already',
  )
  return EXIT.fine
}

const DOES: Readonly<Record<PlannedFile['action'], string>> = {
  create: 'create',
  'add-line': 'add to',
  keep: 'leave',
}

function printPlan({ folder, runner, from, client, files, next }: Plan): void {
  printLine(`project    ${folder}`)
  printLine(`runner     ${runner === 'node' ? 'node:test' : runner}, by ${from}`)
  printLine(
    `client     ${client === 'sdk' ? '@aws-sdk/client-ecs' : 'fetch, since @aws-sdk/client-ecs is not in package.json'}`,
  )
  for (const { path, action, text } of files) {
    const lines = text.split('\n').length - 1
    const what =
      action === 'keep'
        ? ', which is there already'
        : action === 'add-line'
          ? `, the line ${text.trim()}`
          : `, ${formatCount(lines, 'line')}`
    printLine(`${DOES[action].padEnd(10)} ${path}${what}`)
  }
  for (const [index, command] of next.entries())
    printLine((index === 0 ? 'then' : '').padEnd(11) + command)
}

/** A folder's name is foreign: it must not look like another line. */
function printLine(text: string): void {
  printText(escapeLine(text))
}
