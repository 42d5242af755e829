// Writes docs/cli.md: what the built command's own help says, command by command. `npm run page:cli` after a change of a command; a test compares.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { ROOT } from './contract-schemas.ts'

const PAGE = join(ROOT, 'docs/cli.md')
const MARK = '<!-- From here on written by scripts/make-cli-page.ts. -->'

const [intro = ''] = readFileSync(PAGE, 'utf8').split(MARK)
writeFileSync(PAGE, `${intro}${MARK}\n\n${listHelp([]).map(formatHelp).join('\n')}`)

/** The help of a command and of all below it, in the order in which help lists them. */
function listHelp(names: readonly string[]): { names: readonly string[]; help: string }[] {
  const { stdout } = spawnSync(
    process.execPath,
    [join(ROOT, 'dist/cli/bin.js'), ...names, '--help'],
    { encoding: 'utf8' },
  )
  const [, commands = ''] = stdout.split(/^Commands:\n/m)
  const below = [...commands.matchAll(/^ {2}([a-z]+)/gm)].flatMap(([, name = '']) =>
    name === 'help' ? [] : [[...names, name]],
  )
  return [{ names, help: stdout }, ...below.flatMap(listHelp)]
}

function formatHelp({ names, help }: { names: readonly string[]; help: string }): string {
  return `## ${['starttask', ...names].join(' ')}\n\n\`\`\`text\n${help.trimEnd()}\n\`\`\`\n`
}
