import { describeUnknownName, formatValueBriefly, HarnessError } from '../message/index.ts'

/**
 * What becomes of an ECS request of this process.
 *
 * - `replay`: it is answered from recordings; what is not recorded is a miss
 * - `record`: it goes to the service, and takes the place of what was recorded of it
 * - `record-missing`: it is answered from recordings; what is not recorded goes to the service, and is added
 * - `re-record`: it goes to the service; what is not recorded again is gone from the file
 * - `verify-live`: it goes to the service, nothing is written, and the response is compared with the recorded one
 * - `off`: nothing; the process is left alone
 */
export type Mode = LiveMode | 'replay' | 'off'

/** The modes in which requests reach a service, which starts real tasks. */
export type LiveMode = 'record' | 'record-missing' | 're-record' | 'verify-live'

const MODES: readonly Mode[] = [
  'replay',
  'record',
  'record-missing',
  're-record',
  'verify-live',
  'off',
]

/** What nock.back calls them, where it has another word. */
const NOCK_WORDS: ReadonlyMap<string, Mode> = new Map([
  ['lockdown', 'replay'],
  ['dryrun', 'replay'],
  ['update', 're-record'],
  ['wild', 'off'],
])

/**
 * The mode: what the option says, else `STARTTASK_MODE`, else `replay`, in CI as anywhere. An empty variable says nothing. Throws `usage`
 * for a word that is no mode.
 */
export function chooseMode(option: unknown, env: NodeJS.ProcessEnv): Mode {
  if (option !== undefined) return parseMode(option, 'the option mode')
  return parseMode(env['STARTTASK_MODE'] || 'replay', 'STARTTASK_MODE')
}

function parseMode(word: unknown, place: string): Mode {
  const mode = MODES.find((known) => known === word)
  if (mode !== undefined) return mode
  const name = String(word)
  const ours = NOCK_WORDS.get(name)
  if (ours === undefined) throw describeUnknownName('mode', name, MODES, [['place', place]])
  throw new HarnessError('usage', `Unknown mode: ${formatValueBriefly(name)}.`, {
    details: [['place', place]],
    remedy: `Use ${ours}, which is what nock calls ${name}. Known modes: ${MODES.join(', ')}.`,
  })
}
