/** ECS Task State Change events of EventBridge, and StartTask calls that came by CloudTrail on the same bus. Source: ECS developer guide, task state change events. */
import { formatValueBriefly } from '../message/index.ts'
import {
  isObject,
  type JsonObject,
  MAX_DEPTH,
  measureDepth,
  readList,
  readText,
} from '../protocol/index.ts'
import { readCloudTrailRecord } from './cloudtrail.ts'
import type {
  Imported,
  ImportedTaskState,
  ImportFormat,
  ImportOptions,
  ImportSource,
  TellFinding,
} from './imported.ts'
import { type JsonRecord, parseEmbedded, readJsonRecords } from './reading.ts'
import { restoreTimesOf } from './times.ts'

/** Reads events as rules deliver them: by themselves, or in messages of SQS, SNS or CloudWatch Logs. */
export const EVENTBRIDGE: ImportFormat = {
  name: 'eventbridge',
  limits:
    'events tell what became of tasks, not who asked for them or what was answered; EventBridge delivers at least once and in no order, and a stream may lack some',
  read: readEventBridge,
}

async function* readEventBridge(
  source: ImportSource,
  tell: TellFinding,
  options: ImportOptions,
): AsyncGenerator<Imported> {
  for await (const record of readJsonRecords(source, tell)) {
    for (const event of findEvents(record.value)) {
      const imported =
        event['source'] === 'aws.ecs' ? readEvent(event, record, tell, options) : undefined
      if (imported) yield imported
    }
  }
}

/** Where deliveries keep events: lists of messages, and members with the event as text. */
const LISTS = ['events', 'Messages', 'Records']
const TEXTS = ['message', 'Message', 'body', 'Body']
const MOST_WRAPPINGS = 4

function* findEvents(value: unknown, wrappings = 0): Generator<JsonObject> {
  if (!isObject(value) || wrappings > MOST_WRAPPINGS) return
  if (typeof value['detail-type'] === 'string') yield value
  else {
    for (const name of LISTS) {
      for (const item of readList(value[name])) yield* findEvents(item, wrappings + 1)
    }
    for (const name of TEXTS) {
      yield* findEvents(parseEmbedded(readText(value[name]) ?? ''), wrappings + 1)
    }
    yield* findEvents(value['Sns'], wrappings + 1)
  }
}

function readEvent(
  event: JsonObject,
  record: JsonRecord,
  tell: TellFinding,
  options: ImportOptions,
): Imported | undefined {
  if (event['detail-type'] === 'AWS API Call via CloudTrail')
    return readCloudTrailRecord({ ...record, value: event }, tell, options)
  if (event['detail-type'] !== 'ECS Task State Change') return undefined
  const say = (rule: string, severity: 'error' | 'warning', message: string) =>
    tell({ line: record.line, rule, severity, message: `${record.place}${message}` })
  const { detail, version } = event
  if (!isObject(detail) || typeof detail['taskArn'] !== 'string') {
    say('import.record', 'error', 'a task state change without a task')
    return undefined
  }
  if (isTooDeep(detail)) {
    say('import.too-deep', 'error', `nested deeper than ${MAX_DEPTH} levels; it is not read`)
    return undefined
  }
  if (version !== '0')
    say(
      'import.version',
      'warning',
      `its version is ${formatValueBriefly(version ?? null)}; "0" is known, and it is read as that`,
    )
  const at = [detail['updatedAt'], event['time']]
    .map((time) => Date.parse(String(time)))
    .find((time) => !Number.isNaN(time))
  if (at === undefined) {
    say('import.record', 'error', 'a task state change without a time')
    return undefined
  }
  return { at, line: record.line, task: readTask(detail) } satisfies ImportedTaskState
}

function isTooDeep(value: JsonObject): boolean {
  try {
    return measureDepth(JSON.stringify(value)) > MAX_DEPTH
  } catch {
    return true // deeper than the stack
  }
}

/**
 * A task in the form that responses have. Events write times as text, name the type of network interfaces otherwise, and call a managed agent's last status
 * its status; when they were made stands beside the task.
 */
function readTask(detail: JsonObject): JsonObject {
  const { updatedAt: _, ...task } = restoreTimesOf(detail)
  const { attachments, containers } = task
  return {
    ...task,
    ...(Array.isArray(attachments) ? { attachments: attachments.map(readAttachment) } : {}),
    ...(Array.isArray(containers) ? { containers: containers.map(readContainer) } : {}),
  }
}

function readAttachment(attachment: unknown): unknown {
  return isObject(attachment) && attachment['type'] === 'eni'
    ? { ...attachment, type: 'ElasticNetworkInterface' }
    : attachment
}

function readContainer(container: unknown): unknown {
  if (!isObject(container) || !Array.isArray(container['managedAgents'])) return container
  return { ...container, managedAgents: container['managedAgents'].map(readAgent) }
}

function readAgent(agent: unknown): unknown {
  if (!isObject(agent) || agent['status'] === undefined || agent['lastStatus'] !== undefined)
    return agent
  const { status, ...rest } = agent
  return { ...rest, lastStatus: status }
}
