import { escapeHtml } from '../message/index.ts'
import { type AttributeName, isAttribute, isTag, type Tag } from './vocabulary.ts'

/** An element's attributes. `true` stands alone, `undefined` is left out. `href` leads to a place on the page. */
export type Attributes = { [name in AttributeName]?: string | number | true | undefined } & {
  href?: `#${string}`
}

const MARKUP: unique symbol = Symbol('markup')

/** Markup that {@link buildElement} made: nothing else can make it, and nothing that was parsed is it. */
export interface Html {
  readonly [MARKUP]: string
}

/** The content of an element: text is escaped, and `undefined` is left out. */
export type Content = Html | string | number | undefined | readonly Content[]

/**
 * Builds an element. Texts and values are escaped here and nowhere else, so that nobody can forget it; what could reorder or hide text is shown as
 * `\u....`. Throws `TypeError` for an element, an attribute or an address that a page must not have, where the types were got around.
 */
export function buildElement(
  tag: Tag,
  attributes: Attributes,
  ...content: readonly Content[]
): Html {
  if (!isTag(tag)) throw new TypeError(`A page has no element ${JSON.stringify(tag)}.`)
  const start = `<${tag}${Object.entries(attributes).map(formatAttribute).join('')}>`
  return { [MARKUP]: tag === 'input' ? start : `${start}${formatContent(content)}</${tag}>` }
}

/** Formats content as HTML. Only the document calls it. */
export function formatContent(content: Content): string {
  if (content === undefined) return ''
  if (typeof content === 'string' || typeof content === 'number') return escapeHtml(String(content))
  return isHtml(content) ? content[MARKUP] : content.map(formatContent).join('')
}

/** Measures content in bytes of the page. */
export function measure(content: Content): number {
  return Buffer.byteLength(formatContent(content))
}

function isHtml(content: Html | readonly Content[]): content is Html {
  return Object.hasOwn(content, MARKUP)
}

function formatAttribute([name, value]: [string, string | number | true | undefined]): string {
  if (value === undefined) return ''
  const isInside = name === 'href' && typeof value === 'string' && value.startsWith('#')
  if (!isInside && !isAttribute(name))
    throw new TypeError(
      `A page has no attribute ${JSON.stringify(name)} of ${JSON.stringify(value)}.`,
    )
  return value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`
}
