import { join } from 'node:path'
import { styleText } from 'node:util'
import { escapeLine, formatCount, formatDetail } from '../../../message/index.ts'
import { formatJson } from '../../output/json-text.ts'
import type { Project, SetupCheck } from './check.ts'
import { checkEnvironment } from './environment.ts'
import { checkNode } from './node.ts'
import { checkPackages } from './packages.ts'
import { checkRecordings } from './recordings.ts'
import { checkSources } from './sources.ts'
import { checkUpstream } from './upstream.ts'
import { formatRecord } from '../../output/plain-records.ts'
import { findProjectFolder, readManifest } from '../../input/project.ts'
import { EXIT, printData, printNotice, printText } from '../../output/terminal.ts'

export interface DoctorCommand {
  /** A service to ask; without one nothing is asked. */
  upstream: string | undefined
  json: boolean
  plain: boolean
}

/** Looks at the set-up of the project in the working directory; gives the exit code: 1 when something in it cannot work. */
export async function doctor({ upstream, json, plain }: DoctorCommand): Promise<number> {
  const project = readProject()
  const checks = [
    ...checkNode(project),
    ...checkPackages(project),
    ...checkSources(project),
    ...checkEnvironment(project),
    ...(await checkRecordings(project)),
    ...(upstream === undefined ? [] : await checkUpstream(upstream)),
  ]
  if (json) printData(formatJson({ schemaVersion: 1, project: project.folder, checks }))
  else if (plain)
    for (const { status, check, fact, place, remedy } of checks)
      printData(formatRecord(status, check, fact, place, remedy))
  else for (const check of checks) printCheck(check)
  const failed = checks.filter(({ status }) => status === 'fail').length
  const warned = checks.filter(({ status }) => status === 'warn').length
  printNotice(
    `starttask: ${checks.length} checks of ${project.folder}: ${failed} failed, ${formatCount(warned, 'warning')}`,
  )
  return failed > 0 ? EXIT.failed : EXIT.fine
}

function readProject(): Project {
  const folder = findProjectFolder(process.cwd())
  if (folder === undefined) return { folder: process.cwd(), manifest: {}, env: process.env }
  return { folder, manifest: readManifest(join(folder, 'package.json')), env: process.env }
}

const COLOURS = { ok: 'green', warn: 'yellow', fail: 'red' } as const

/** Prints a check in the layout of messages, below its status. Names and contents of files are untrusted: each fact stays on one line. */
function printCheck({ check, status, fact, place, remedy }: SetupCheck): void {
  const label = styleText(COLOURS[status], status.padEnd(6), { stream: process.stdout })
  process.stdout.write(label)
  printText(`${check.padEnd(13)} ${escapeLine(fact)}`)
  if (place !== undefined) printText(INDENT + formatDetail('place', escapeLine(place)))
  if (remedy !== undefined) printText(INDENT + formatDetail('remedy', escapeLine(remedy)))
}

/** The width of the column of statuses. */
const INDENT = ' '.repeat(6)
