import { closeSync, openSync, readSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { checkExchange } from '../../../contract/index.ts'
import { formatCount, isHarnessError } from '../../../message/index.ts'
import { scanRecording } from '../../../redaction/index.ts'
import { readJournalHeader, readRecording } from '../../../recording/index.ts'
import { RECORDING_FORMAT } from '../../../protocol/index.ts'
import {
  applySeverity,
  type Config,
  EMPTY_CONFIG,
  findConfigFile,
  loadConfig,
} from '../../../config/index.ts'
import type { Project, SetupCheck } from './check.ts'
import { listProjectFiles } from './sources.ts'

/** Whether the configuration file and the recordings of a project can be read, keep to the contract and hold no secret, and what recorders left. */
export async function checkRecordings(project: Project): Promise<SetupCheck[]> {
  const { config, checks } = readConfig(project)
  return [...checks, ...(await checkFiles(project, config)), ...checkJournals(project)]
}

function readConfig({ folder }: Project): { config: Config; checks: SetupCheck[] } {
  const check = 'config'
  try {
    const config = loadConfig({ directory: folder })
    const fact =
      findConfigFile(folder) === undefined
        ? 'there is no starttask.config.json, and none is needed'
        : 'starttask.config.json is as it should be'
    return { config, checks: [{ check, status: 'ok', fact }] }
  } catch (error) {
    const message = describe(error)
    const place = /place +(.*)/.exec(message)?.[1] ?? 'starttask.config.json'
    const remedy = /remedy +(.*)/.exec(message)?.[1] ?? 'put it right'
    return {
      config: EMPTY_CONFIG,
      checks: [{ check, status: 'fail', fact: message.split('\n', 1)[0] ?? '', place, remedy }],
    }
  }
}

/** So many files at most are read; `starttask check` reads all. */
const MOST_FILES = 1000

async function checkFiles({ folder }: Project, config: Config): Promise<SetupCheck[]> {
  const files = listProjectFiles(folder, /\.json$/).filter(isRecording)
  const check = 'recordings'
  if (files.length === 0) {
    return [
      {
        check,
        status: 'warn',
        fact: 'the project has no recordings',
        place: folder,
        remedy: 'starttask init, or starttask record',
      },
    ]
  }
  const found: SetupCheck[] = []
  for (const file of files.slice(0, MOST_FILES))
    found.push(...(await checkFile(file, relative(folder, file), config)))
  const read = formatCount(files.length, 'recording')
  if (found.length === 0)
    found.push({ check, status: 'ok', fact: `${read}: they conform, and hold no secret` })
  if (files.length > MOST_FILES) {
    found.push({
      check,
      status: 'warn',
      fact: `only ${MOST_FILES} of ${read} were read`,
      place: folder,
      remedy: 'starttask check, for all of them',
    })
  }
  return found
}

/** A recording says what it is in its first lines. */
function isRecording(file: string): boolean {
  const descriptor = openSync(file, 'r')
  try {
    const head = Buffer.alloc(200)
    readSync(descriptor, head, 0, head.length, 0)
    return head.includes(`"${RECORDING_FORMAT}"`)
  } finally {
    closeSync(descriptor)
  }
}

async function checkFile(file: string, place: string, config: Config): Promise<SetupCheck[]> {
  const check = 'recordings'
  try {
    const recording = readRecording(file)
    const wrong = recording.exchanges
      .flatMap((exchange) => applySeverity(checkExchange(exchange), config))
      .filter(({ severity }) => severity === 'error')
    const leaks = await scanRecording(recording)
    return [
      ...(wrong.length === 0
        ? []
        : [
            {
              check,
              status: 'warn' as const,
              fact: `${formatCount(wrong.length, 'place')} not as documented`,
              place,
              remedy: 'starttask check tells them',
            },
          ]),
      ...(leaks.length === 0
        ? []
        : [
            {
              check,
              status: 'fail' as const,
              fact: `${formatCount(leaks.length, 'place')} with what looks like a secret`,
              place,
              remedy: 'starttask scan tells them, starttask redact takes them out',
            },
          ]),
    ]
  } catch (error) {
    return [
      {
        check,
        status: 'fail',
        fact: describe(error).split('\n', 1)[0] ?? '',
        place,
        remedy: 'put the file right, or record it again',
      },
    ]
  }
}

function checkJournals({ folder }: Project): SetupCheck[] {
  return listProjectFiles(folder, /^\..*\.journal$/).flatMap((file): SetupCheck[] => {
    const header = readJournalHeader(file)
    if (!header) return []
    const out = relative(folder, join(dirname(file), header.out)) || '.'
    const fact = 'a recorder has not put its journal in place: it still runs, or was killed'
    return [
      {
        check: 'journals',
        status: 'warn',
        fact,
        place: relative(folder, file),
        remedy: `where none runs: starttask recover ${out}`,
      },
    ]
  })
}

function describe(error: unknown): string {
  if (isHarnessError(error)) return error.message
  return error instanceof Error ? `it cannot be read: ${error.message}` : String(error)
}
