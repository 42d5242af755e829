import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { createFolder, type Folder, runStarttask } from './starttask.ts'

const SHELLS = ['bash', 'zsh', 'fish'] as const

/** Command lines, with what completing their last word must offer, and must not. */
const LINES: readonly { line: string; offers: readonly string[]; not?: readonly string[] }[] = [
  { line: 'starttask rep', offers: ['replay'], not: ['record'] },
  { line: 'starttask pact ', offers: ['write', 'check', 'verify', 'publish'], not: ['replay'] },
  { line: 'starttask pact verify --emb', offers: ['--embedded'] },
  { line: 'starttask check --as re', offers: ['request', 'response', 'recording'] },
  { line: 'starttask incident archive --o', offers: ['--out'], not: ['--output-location'] },
  { line: 'starttask import a', offers: ['aws-cli-debug'], not: ['started.json'] },
  { line: 'starttask import har st', offers: ['started.json'], not: ['har'] },
  { line: 'starttask check st', offers: ['started.json', 'stored'] },
  { line: 'starttask check --as request st', offers: ['started.json'] },
  { line: 'starttask redact --out st', offers: ['stored'], not: ['started.json'] },
  { line: 'starttask provider --seed st', offers: [], not: ['started.json', 'stored'] },
  { line: 'starttask replay stored -- starttask-e', offers: ['starttask-example'] },
  { line: 'starttask replay stored -- starttask-example st', offers: ['started.json', 'stored'] },
]

const MISSING = SHELLS.filter((shell) => spawnSync(shell, ['--version']).error !== undefined)

test.for(SHELLS)(
  'completes words and files in %s',
  { timeout: 120_000 },
  async (shell, { skip }) => {
    skip(MISSING.includes(shell) && !process.env['CI'], `${shell} is not installed`)
    using folder = createFolder()
    await prepare(folder, shell)
    const found = LINES.map(({ line, offers, not = [] }) => {
      const words = complete(folder, shell, line)
      return {
        line,
        missing: offers.filter((word) => !words.includes(word)),
        unwanted: not.filter((word) => words.includes(word)),
      }
    })
    expect(found).toEqual(LINES.map(({ line }) => ({ line, missing: [], unwanted: [] })))
  },
)

test('rejects an unknown shell and names the known ones', async () => {
  const { code, stdout, stderr } = await runStarttask(['completion', 'powershell'])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toBe(
    'error: Unknown shell: "powershell".\n  remedy     Use one of bash, zsh, fish.\n',
  )
})

/** Puts the script, a recording, a folder and a program into the folder. */
async function prepare(folder: Folder, shell: string): Promise<void> {
  const { code, stdout, stderr } = await runStarttask(['completion', shell])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  folder.write('script', stdout)
  folder.write('setup', ZSH_SETUP)
  folder.write('started.json', '{}')
  spawnSync('mkdir', [join(folder.path, 'stored')])
  writeFileSync(join(folder.path, 'starttask-example'), '#!/bin/sh\n', { mode: 0o755 })
}

/** Returns the words that a shell offers for the last word of a line, without the slash of folders. */
function complete(folder: Folder, shell: (typeof SHELLS)[number], line: string): string[] {
  const { stdout, stderr, error } = spawnSync(...describeRun(shell, line), {
    cwd: folder.path,
    encoding: 'utf8',
    env: { PATH: `${folder.path}:${process.env['PATH'] ?? ''}`, HOME: folder.path, TERM: 'xterm' },
    timeout: 30_000,
  })
  if (error) throw error
  if (shell !== 'zsh' && stderr !== '') throw new Error(stderr)
  return stdout
    .replaceAll(/\r/g, '')
    .split('\n')
    .map((text) => text.replace(/\t.*/, '').replace(/\/$/, '').trim())
}

function describeRun(shell: (typeof SHELLS)[number], line: string): [string, string[]] {
  switch (shell) {
    case 'bash':
      return ['bash', ['--norc', '-c', BASH, 'bash', ...line.split(' ')]]
    case 'zsh':
      return ['zsh', ['-f', '-c', ZSH, 'zsh', line]]
    case 'fish':
      return ['fish', ['--no-config', '-c', 'source script; complete -C $argv[1]', line]]
  }
}

/** Calls the completion function as readline does. */
const BASH = `source ./script
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_starttask
printf '%s\\n' "\${COMPREPLY[@]}"`

/** Types the line and Tab into a zsh on a terminal of its own, whose `compadd` prints what is offered. */
const ZSH = `zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'source ./setup'
zpty -r -m shell output '*READY*'
zpty -n -w shell "$1"$'\\t'
zpty -r -m shell output '*FINISHED*'
print -r -- $output`

const ZSH_SETUP = `PROMPT= RPROMPT=
autoload -U compinit
compinit -u -D
source ./script
compadd() {
  if [[ \${@[1,(i)(-|--)]} != *-(O|A|D)\\ * ]]; then
    typeset -a hits
    builtin compadd -A hits "$@"
    print
    print -l -- $^hits
  fi
  builtin compadd "$@"
}
finish() { print FINISHED; exit }
comppostfuncs=(finish)
print READY
`
