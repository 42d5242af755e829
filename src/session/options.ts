import { chooseOperations } from '../contract/index.ts'
import { formatValueBriefly, HarnessError, requireKnownOptions } from '../message/index.ts'
import type { ReplayOptions } from '../replayer/engine/index.ts'
import { chooseMode, type LiveMode, type Mode } from './mode.ts'

/** What a session is told. An unknown option is an error, never ignored. */
export interface SessionOptions {
  /** A `.json` file, or a folder: recordings are read from it, and new ones go to it. */
  recordings: string
  /** Left out, `STARTTASK_MODE` says it; without that it is `replay`. */
  mode?: Mode
  /** The live service, for the modes that need one; left out, `STARTTASK_UPSTREAM` says it. Never taken from a recording. */
  upstream?: string
  /** Operations that are recorded besides StartTask. */
  allow?: readonly string[]
  /** The configuration file; otherwise `starttask.config.json`, in the working directory or above. */
  config?: string
  /** How recordings are replayed. */
  replay?: ReplayOptions
}

/** What a session does, read and checked. */
export type SessionSettings =
  | { mode: 'off' }
  | { mode: 'replay'; recordings: string; replay: ReplayOptions }
  | {
      mode: LiveMode
      recordings: string
      replay: ReplayOptions
      /** The origin that live requests may go to. */
      upstream: string
      operations: readonly string[]
      config: string | undefined
    }

const KNOWN = ['recordings', 'mode', 'upstream', 'allow', 'config', 'replay']

/** Reads a session's options. Throws `usage` for a wrong one, `upstream-required` for a live mode without its service. */
export function parseSessionOptions(
  options: SessionOptions,
  env: NodeJS.ProcessEnv,
): SessionSettings {
  requireKnownOptions('session option', options, KNOWN)
  const mode = chooseMode(options.mode, env)
  if (mode === 'off') return { mode }
  const { config } = options
  const recordings = requireText(
    options.recordings,
    'recordings',
    'the path of a .json file, or of a folder',
  )
  const operations = chooseOperations(requireNames(options.allow))
  if (config !== undefined) requireText(config, 'config', 'the path of a configuration file')
  const replay = { ...(config === undefined ? {} : { config }), ...options.replay }
  if (mode === 'replay') return { mode, recordings, replay }
  return {
    mode,
    recordings,
    replay,
    upstream: requireUpstream(mode, options.upstream ?? env['STARTTASK_UPSTREAM']),
    operations,
    config,
  }
}

function requireText(value: unknown, name: string, what: string): string {
  if (typeof value === 'string' && value !== '' && !value.includes('\0')) return value
  throw new HarnessError('usage', `The session option ${name} is ${formatValueBriefly(value)}.`, {
    remedy: `Pass ${what}.`,
  })
}

function requireNames(allow: readonly string[] = []): readonly string[] {
  const isNames =
    Array.isArray(allow) &&
    allow.every((name) => typeof name === 'string' && /^[A-Za-z0-9_]{1,128}$/.test(name))
  if (isNames) return allow
  throw new HarnessError('usage', 'The session option allow is not a list of operation names.', {
    remedy: 'Pass a list such as ["RunTask"].',
  })
}

function requireUpstream(mode: LiveMode, upstream: string | undefined): string {
  if (upstream === undefined || upstream === '') {
    throw new HarnessError(
      'upstream-required',
      `The mode ${mode} sends requests to a live service, and none is named. StartTask starts real tasks.`,
      {
        details: [
          [
            'place',
            'the option upstream, or STARTTASK_UPSTREAM; it is never taken from a recording',
          ],
        ],
        remedy:
          'Name it, as in STARTTASK_UPSTREAM=https://ecs.us-east-1.amazonaws.com, or use the mode replay.',
      },
    )
  }
  const url = URL.canParse(upstream) ? new URL(upstream) : undefined
  if (
    url &&
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    url.username === '' &&
    url.password === ''
  )
    return url.origin
  throw new HarnessError('usage', 'The upstream is not an http or https URL without a user.', {
    remedy: 'Pass a URL such as https://ecs.us-east-1.amazonaws.com.',
  })
}
