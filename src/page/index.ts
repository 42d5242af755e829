/** Self-contained HTML pages, built from escaped elements: there is no function that accepts raw markup. */
export {
  buildCode,
  buildFold,
  buildNote,
  buildSection,
  buildTime,
  formatBody,
  type Section,
} from './blocks.ts'
export { formatPage } from './document.ts'
export { buildFigure } from './figure.ts'
export { type Attributes, buildElement, type Content, type Html, measure } from './markup.ts'
export { loadPlotter, type Plotter } from './plot.ts'
export { makeFrame, type PictureWidth, type Stretch } from './scale.ts'
export { buildFacts, buildTable } from './table.ts'
