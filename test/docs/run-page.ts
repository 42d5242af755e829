import { startProvider } from '../../src/provider/index.ts'
import type { OutsidePrograms } from '../report-skipped.ts'
import { type Example, findMissingLine, listPages, type Page, readExamples } from './pages.ts'
import type { Projects } from './project.ts'

/** What is made of a block; `shown` is for a reader alone, and needs a reason as what is not run does. */
export const LANGUAGES: Readonly<Record<string, 'run' | 'parsed' | 'compiled' | 'shown'>> = {
  console: 'run',
  ts: 'compiled',
  js: 'compiled',
  json: 'parsed',
  yaml: 'parsed',
  sh: 'parsed',
}

/** Pages whose blocks say nothing to users of the package: pictures of folders, commands for whoever works on it. */
export const FOR_CONTRIBUTORS = [
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'bench/README.md',
  'contracts/README.md',
]

/** Pages that a test of their own runs: command by command, each in a project of its own (test/long/runner-pages.test.ts), or beside the program's help (test/cli/help.test.ts). */
export const RUN_ELSEWHERE = [
  'docs/testing.md',
  'docs/cli.md',
  ...['aws-sdk-client-mock', 'msw-handlers', 'nock-back', 'polly'].map(
    (name) => `docs/migration/${name}.md`,
  ),
]

/** Pages whose samples are run with each `npm test`: a newcomer's. The long run has the others. */
const QUICK = ['README.md', 'docs/getting-started.md']

/** Pages with samples to run: those that take long, or the others. */
export function listRunning(which: 'slow' | 'quick'): Page[] {
  const pages = listPages().filter(
    (page) =>
      ![...FOR_CONTRIBUTORS, ...RUN_ELSEWHERE].includes(page.name) && listCommands(page).length > 0,
  )
  return pages.filter(({ name }) => QUICK.includes(name) === (which === 'quick'))
}

/** Where pages say that a service runs on this machine: each has a provider of its own there. */
const SERVICE = 'http://127.0.0.1:5000'

/** A program of the machine that a command needs, by a word in it. */
const PROGRAMS = { aws: 'awsCli', python3: 'boto3' } as const

/** Commands of a page in their order: those shown, then tests and scripts that it has and no command names. */
export function listCommands({ blocks }: Page): Example[] {
  const shown = blocks.filter(
    ({ language, notRun }) => language === 'console' && notRun === undefined,
  )
  const commands = shown.flatMap(({ text }) => readExamples(text))
  const named = commands.map(({ command }) => command).join('\n')
  const left = blocks.flatMap(({ file, notRun, language }) =>
    file !== undefined &&
    LANGUAGES[language] === 'compiled' &&
    notRun === undefined &&
    !named.includes(file)
      ? [file]
      : [],
  )
  const isImported = (file: string) => blocks.some(({ text }) => text.includes(`'./${file}'`))
  return [
    ...commands,
    ...left
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => ({
        command: `npx vitest run ${file}`,
        printed: '…\n Test Files  1 passed (1)',
      })),
    ...left
      .filter((file) => !file.endsWith('.test.ts') && !isImported(file))
      .map((file) => ({ command: `node ${file} && echo it ended well`, printed: 'it ended well' })),
  ]
}

/**
 * Runs all that a page shows, in its order, in a project of its own. What the first difference between the page and what is printed is, in
 * words; `undefined` where there is none. A command that fails is one where the page does not show it.
 */
export async function runPage(
  page: Page,
  projects: Projects,
  programs: OutsidePrograms,
): Promise<string | undefined> {
  const folder = projects.create(page)
  await using service = await startProvider()
  for (const { command, printed } of listCommands(page)) {
    const needs = Object.entries(PROGRAMS).find(([word]) =>
      new RegExp(`(?:^|-- )${word} `).test(command),
    )
    if (needs && !programs[needs[1]]) continue // the set-up has said that it is missing; CI has it
    const { output, isFine } = await projects.run(folder, command.replaceAll(SERVICE, service.url))
    const missing = findMissingLine(printed, output)
    if (missing !== undefined)
      return `$ ${command}\ndoes not print the line\n${missing}\nbut\n${output}`
    const showsWhy = /^(?!…|\.\.\.)\S/m.test(printed)
    if (!isFine && !showsWhy)
      return `$ ${command}\nfails, and the page does not show how:\n${output}`
  }
  return undefined
}
