import { createHash } from 'node:crypto'

import { escapeHtml } from '../message/index.ts'
import { type Content, formatContent } from './markup.ts'
import { STYLESHEET } from './stylesheet.ts'

export interface Page {
  title: string
  /** What stands in the body: a header, `main`, a footer. */
  content: Content
  /** What this kind of page adds to the stylesheet: a constant of the source, too. */
  style?: string
  /** A script of ours, a constant of the source: it runs because the policy names its digest. Never made from what was recorded. */
  script?: string
}

/**
 * One HTML file that needs nothing else and asks for nothing. Its policy allows the page's own stylesheet, by digest, and its own script if it has one;
 * nothing is loaded, framed or sent, and a script that came in with a text would not run. The same page gives the same bytes.
 *
 * Throws `TypeError` for a style or a script that would end its element.
 */
export function formatPage({ title, content, style = '', script }: Page): string {
  const stylesheet = `${STYLESHEET}${style}`
  if (/<\/style/i.test(style)) throw new TypeError('The style of a page would end its element.')
  if (script !== undefined && /<(?:\/script|!--)/i.test(script))
    throw new TypeError('The script of a page would end its element.')
  const sources = [
    `default-src 'none'`,
    `style-src '${digest(stylesheet)}'`,
    ...(script === undefined ? [] : [`script-src '${digest(script)}'`]),
    'img-src data:',
    `base-uri 'none'`,
    `form-action 'none'`,
  ]
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${sources.join('; ')}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="robots" content="noindex">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${stylesheet}</style>`,
    '</head>',
    '<body>',
    formatContent(content),
    ...(script === undefined ? [] : [`<script>${script}</script>`]),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
