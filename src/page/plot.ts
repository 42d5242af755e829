/** Observable Plot, drawing into linkedom: pictures are made here, once, so that a page needs no script. Both are loaded when a picture is drawn. */
import type * as PlotModule from '@observablehq/plot'

import { describeReason, HarnessError } from '../message/index.ts'
import { type Attributes, buildElement, type Content, type Html } from './markup.ts'
import { isAttribute, isTag } from './vocabulary.ts'

/** The functions of Plot. */
export type Plot = typeof PlotModule

/** Plot, and what makes markup of what it draws. */
export interface Plotter {
  plot: Plot
  /** Makes the picture; `label` says in words what it shows. */
  readonly draw: (label: string, options: PlotModule.PlotOptions) => Html
}

/** Loads Plot and a document for it. Throws `not-found` where one of them is not installed. */
export async function loadPlotter(): Promise<Plotter> {
  const [plot, { parseHTML }] = await Promise.all([
    import('@observablehq/plot'),
    import('linkedom'),
  ]).catch((error: unknown) => {
    throw describeMissing(error)
  })
  const { document } = parseHTML('<!doctype html><html><body></body></html>')
  return {
    plot,
    draw: (label, options) => admitPicture(label, plot.plot({ ...options, document })),
  }
}

function describeMissing(error: unknown): HarnessError {
  const [fact = ''] = describeReason(error).split('\n', 1)
  return new HarnessError(
    'not-found',
    `Pictures need @observablehq/plot and linkedom, which do not load: ${fact}.`,
    { remedy: 'npm i -D @observablehq/plot linkedom', cause: error },
  )
}

/** A picture is one image to whoever hears it: its parts have no names. */
function admitPicture(label: string, svg: Element): Html {
  const { width, height, viewBox } = readAttributes(svg)
  const attributes = {
    class: 'plot',
    role: 'img',
    'aria-label': label,
    width,
    height,
    viewBox,
    'text-anchor': 'middle',
    fill: 'currentColor',
  }
  return buildElement('svg', attributes, admitContent(svg))
}

/** Goes through the builder like everything else: what Plot drew is taken element by element, and what a page does not have stays out. */
function admitContent(element: Element): Content[] {
  return Array.from(element.childNodes, (child) => {
    if (!isElement(child)) return child.textContent ?? ''
    return isTag(child.localName)
      ? buildElement(child.localName, readAttributes(child), admitContent(child))
      : undefined
  })
}

const ELEMENT = 1

/** Plot draws elements and texts alone. */
function isElement(node: Node): node is Element {
  return node.nodeType === ELEMENT
}

/** Plot's own labels stand on groups, where nobody may be named. */
function readAttributes({ attributes }: Element): Attributes {
  const kept = Array.from(attributes, ({ name, value }) => [name, value] as const)
  return Object.fromEntries(kept.filter(([name]) => isAttribute(name) && !name.startsWith('aria-')))
}
