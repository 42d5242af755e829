import { isObject } from '../protocol/index.ts'
import type { Finding } from './finding.ts'
import { RULES_IN_CODE } from './generated/documented.js'
import type { Departure } from './side.ts'

const LATEST_REVISION = describeNote(
  'taskDefinition',
  'latestRevision',
  'taskDefinition names no revision; the latest ACTIVE one is started',
)
const ABSENT = [
  describeNote('cluster', 'default', 'cluster is absent; the cluster named default is meant'),
  describeNote(
    'group',
    'default',
    "group is absent; it is family: and the name of the task definition's family",
  ),
  describeNote(
    'propagateTags',
    'default',
    'propagateTags is absent; no tags are propagated to the task',
  ),
]

/** What the page says about members that a request leaves out. A null member has a finding of its own. */
export function findNotes(body: unknown): Departure[] {
  if (!isObject(body)) return []
  const notes = namesNoRevision(body['taskDefinition']) ? [LATEST_REVISION] : []
  for (const note of ABSENT) if (body[String(note.segments[0])] === undefined) notes.push(note)
  return notes
}

/** The same as findings, in document order: what is absent comes after what is there. */
export function noteDefaults(body: unknown): Finding[] {
  return findNotes(body).map(({ segments, rule, severity, message, source }) => {
    return { pointer: `/${segments[0]}`, rule, severity, message, source }
  })
}

/** `family` and the ARN that ends in `task-definition/family`: no colon comes after the last slash. */
function namesNoRevision(taskDefinition: unknown): boolean {
  return (
    typeof taskDefinition === 'string' &&
    taskDefinition.lastIndexOf(':') <= taskDefinition.lastIndexOf('/')
  )
}

function describeNote(member: string, rule: string, message: string): Departure {
  const id = `request.${member}.${rule}`
  const { severity = 'info', source = '' } = RULES_IN_CODE[id] ?? {}
  return { segments: [member], rule: id, severity, message, source }
}
