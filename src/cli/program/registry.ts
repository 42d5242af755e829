import type { Command } from './command.ts'

/** Loads the description of a command. */
type Load = () => Promise<{ command: Command }>

/** All commands, in the groups and the order of help. Each is loaded only when it runs, or for the help of all. */
const GROUPS: readonly (readonly [heading: string, commands: Readonly<Record<string, Load>>])[] = [
  [
    'Set-up',
    {
      demo: () => import('../commands/demo/command.ts'),
      init: () => import('../commands/init/command.ts'),
      doctor: () => import('../commands/doctor/command.ts'),
      completion: () => import('../commands/completion/command.ts'),
    },
  ],
  [
    'Everyday',
    {
      record: () => import('../commands/record/command.ts'),
      replay: () => import('../commands/replay/command.ts'),
      provider: () => import('../commands/provider/command.ts'),
      explain: () => import('../commands/explain/command.ts'),
    },
  ],
  [
    'Recordings',
    {
      inspect: () => import('../commands/inspect/command.ts'),
      compose: () => import('../commands/compose/command.ts'),
      format: () => import('../commands/format/command.ts'),
      prune: () => import('../commands/prune/command.ts'),
      propose: () => import('../commands/propose/command.ts'),
      recover: () => import('../commands/recover/command.ts'),
      archive: () => import('../commands/archive/command.ts'),
      redact: () => import('../commands/redact/command.ts'),
      scan: () => import('../commands/scan/command.ts'),
    },
  ],
  [
    'Contract',
    {
      check: () => import('../commands/check/command.ts'),
      coverage: () => import('../commands/coverage/command.ts'),
      drift: () => import('../commands/drift/command.ts'),
      pact: () => import('../commands/pact/command.ts'),
    },
  ],
  ['Incidents', { incident: () => import('../commands/incident/command.ts') }],
  [
    'Other tools',
    {
      import: () => import('../commands/import/command.ts'),
      export: () => import('../commands/export/command.ts'),
    },
  ],
]

/** A command with the heading under which help lists it. */
export interface ListedCommand {
  heading: string
  command: Command
}

/** Loads the named command; all of them if there is none with that name. */
export async function loadCommands(name: string | undefined): Promise<ListedCommand[]> {
  const all = GROUPS.flatMap(([heading, commands]) =>
    Object.entries(commands).map(([known, load]) => ({ known, heading, load })),
  )
  const asked = all.filter(({ known }) => known === name)
  return Promise.all(
    (asked.length > 0 ? asked : all).map(async ({ heading, load }) => ({
      heading,
      command: (await load()).command,
    })),
  )
}
