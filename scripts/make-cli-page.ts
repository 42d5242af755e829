// Writes the generated part of docs/cli.md from the commands and their options: `npm run page:cli` after a change of a command. A test compares.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command as Program } from 'commander'

import type { Command } from '../src/cli/program/command.ts'
import { createProgram, formatFlags } from '../src/cli/program/program.ts'
import { loadCommands } from '../src/cli/program/registry.ts'
import { ROOT } from './contract-schemas.ts'

const PAGE = join(ROOT, 'docs/cli.md')
const MARK = '<!-- From here on written by scripts/make-cli-page.ts. -->'

const listed = await loadCommands(undefined)
const commands = listed.map(({ command }) => command)
const program = createProgram(listed, async () => {}, 100)
const [intro = ''] = readFileSync(PAGE, 'utf8').split(MARK)
const parts = [`${intro}${MARK}`, formatSharedOptions(commands), ...listHelp('', program)]
writeFileSync(PAGE, `${parts.join('\n\n')}\n`)

/** A table of the options that several commands have, with these commands. */
function formatSharedOptions(all: readonly Command[]): string {
  const used = all.flatMap((command) => listOptions('', command))
  const byDescription = Map.groupBy(used, ({ cells }) => cells)
  const rows = [...byDescription]
    .filter(([, users]) => users.length > 1)
    .map(([cells, users]) => `| ${cells} | ${users.map(({ path }) => `\`${path}\``).join(', ')} |`)
  return [
    '## Shared options',
    '',
    '| option | description | commands |',
    '| --- | --- | --- |',
    ...rows.toSorted(),
  ].join('\n')
}

function listOptions(above: string, command: Command): { path: string; cells: string }[] {
  const path = `${above} ${command.name}`.trimStart()
  return [
    ...command.options.map((option) => ({
      path,
      cells: `\`${formatFlags(option)}\` | ${option.description}`,
    })),
    ...command.commands.flatMap((below) => listOptions(path, below)),
  ]
}

/** The help of a command and of all below it, in the order of help. */
function listHelp(above: string, command: Program): string[] {
  const path = `${above} ${command.name()}`.trimStart()
  let help = ''
  command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp()
  return [
    `## ${path}\n\n\`\`\`text\n${help.trimEnd()}\n\`\`\``,
    ...command.commands.flatMap((below) => listHelp(path, below)),
  ]
}
