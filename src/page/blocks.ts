import { buildElement, type Content, type Html } from './markup.ts'

export interface Section {
  /** Where links lead to: of our own making, never a text of a recording. */
  id: string
  title: string
}

/** A part of the page with its heading. */
export function buildSection({ id, title }: Section, ...content: readonly Content[]): Html {
  return buildElement(
    'section',
    { 'aria-labelledby': id },
    buildElement('h2', { id }, title),
    ...content,
  )
}

/** What a reader must know of what is shown: what is left out, and where it is. */
export function buildNote(...content: readonly Content[]): Html {
  return buildElement('p', { class: 'note' }, ...content)
}

/** What is shown when asked for. `isPrinted` puts it on paper too, open or not. */
export function buildFold(
  { summary, isPrinted = false }: { summary: Content; isPrinted?: boolean },
  ...content: readonly Content[]
): Html {
  return buildElement(
    'details',
    { class: isPrinted ? 'printed' : undefined },
    buildElement('summary', {}, summary),
    ...content,
  )
}

/** A body as people read it: JSON indented, a text as it is, nothing as the word. */
export function formatBody(body: unknown): string {
  return typeof body === 'string' ? body : (JSON.stringify(body, undefined, 2) ?? 'nothing')
}

/** Text as it is, line by line; what is long is scrolled, by keyboard too. */
export function buildCode(text: string): Html {
  return buildElement('pre', { tabindex: 0 }, buildElement('code', {}, text))
}

/** A point in time, for people and programs. `iso` is UTC in ISO 8601; what is no time stands as text. */
export function buildTime(iso: string, text: string = iso): Html {
  return Number.isNaN(Date.parse(iso))
    ? buildElement('span', {}, text)
    : buildElement('time', { datetime: iso }, text)
}
