import { cutText } from '../../message/index.ts'
import { buildElement, buildNote, buildTable, buildTime, type Content } from '../../page/index.ts'
import type { TaskEvent, Timeline } from '../../incident/index.ts'
import { fit, type Room } from './budget.ts'
import { createClock, type LinkedPart, numberEvents, type Place } from './facts.ts'

const TASKS: Room = { bytes: 400_000, items: 300 }
/** Changes of a task that are shown one by one. */
const MOST_STATES = 24

/** A task that events tell of. */
interface ToldTask {
  arn: string
  /** The number of the invocation whose response names it. */
  launcher: number | undefined
  changes: readonly TaskEvent[]
}

/** Tasks in the order in which events told of them first. */
export function groupTasks({ events, invocations }: Timeline): ToldTask[] {
  const launched = invocations.flatMap(({ number, attempts }) =>
    attempts.flatMap(({ taskArns }) => taskArns.map((arn) => [arn, number] as const)),
  )
  const launchers = new Map(launched)
  const groups = Map.groupBy(
    events.filter((event) => event.kind === 'task'),
    ({ taskArn }) => taskArn,
  )
  return [...groups].map(([arn, changes]) => ({ arn, launcher: launchers.get(arn), changes }))
}

/** An ARN's last part tells tasks apart. */
export function nameTask(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

/** What became of each task that events tell of. */
export function listTasks(timeline: Timeline): LinkedPart {
  const place = { numbers: numberEvents(timeline), clock: createClock(timeline) }
  const tasks = groupTasks(timeline)
  const { shown, left } = fit(tasks, TASKS, (task) => describeTask(task, place))
  if (shown.length === 0) return { content: undefined, events: new Set() }
  const note = `${shown.length} of ${tasks.length} tasks are shown, the earliest; the other ${left} stand in the recordings.`
  const table = buildTable({
    caption: 'What events told of tasks',
    columns: [{ title: 'Task' }, { title: 'Started by' }, { title: 'States (UTC)' }],
    rows: shown.map(({ built }) => built),
  })
  const changes = shown.flatMap(({ item }) => item.changes.slice(0, MOST_STATES))
  return {
    content: [left > 0 ? buildNote(note) : undefined, table],
    events: new Set(changes.map((change) => place.numbers.get(change) ?? 0)),
  }
}

function describeTask({ arn, launcher, changes }: ToldTask, { numbers, clock }: Place): Content[] {
  const states = changes.slice(0, MOST_STATES).map((change) => {
    const number = numbers.get(change) ?? 0
    return buildElement('li', { id: `event-${number}` }, describeChange(change, number, clock))
  })
  const more = changes.length - states.length
  return [
    buildElement('code', {}, cutText(nameTask(arn), 80)),
    launcher === undefined ? 'no response names it' : `invocation ${launcher}`,
    [
      buildElement('ol', { class: 'attempts' }, states),
      more > 0 ? buildNote(`${more} more changes`) : undefined,
    ],
  ]
}

function describeChange(
  { atMs, summary }: TaskEvent,
  number: number,
  clock: Place['clock'],
): Content {
  return [
    `#${number} `,
    buildTime(clock.iso(atMs), clock.format(atMs)),
    ` ${cutText(summary, 200)}`,
  ]
}
