/**
 * The stylesheet of all pages: light and dark by the reader's setting, one column on a phone, black on white on paper. A constant, so that its digest is one.
 * Colours repeat what words and shapes say. Widths of text in `ch`, so that lines stay readable.
 */
export const STYLESHEET = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#ffffff, #14171a);
  --raised: light-dark(#f5f6f7, #1d2125);
  --ink: light-dark(#1b1f23, #e4e7ea);
  --quiet: light-dark(#57606a, #a3acb5);
  --line: light-dark(#d5d9de, #383e45);
  --link: light-dark(#0b57b8, #82b6ff);
  --good: light-dark(#1a7038, #5cc47c);
  --warn: light-dark(#8a5700, #e0ab48);
  --bad: light-dark(#b3261e, #ff8f85);
  --plain: light-dark(#57606a, #a3acb5);
  --task: light-dark(#4a4fb0, #a9aeff);
}
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-behavior: auto; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; overflow-wrap: anywhere; }
body > * { max-width: 72rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2.5rem); }
header { padding-block: 2rem 0; }
footer { padding-block: 1.5rem 3rem; color: var(--quiet); font-size: .875rem; }
h1 { margin: 0 0 .5rem; font-size: 1.75rem; line-height: 1.2; letter-spacing: -.01em; }
h2 { margin: 2.75rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); font-size: 1.25rem; line-height: 1.3; }
h3 { margin: 1.75rem 0 .5rem; font-size: 1rem; line-height: 1.4; }
p { margin: .5rem 0; max-width: 90ch; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace; font-size: .875em; }
code, td, th, dd, summary { unicode-bidi: isolate; }
pre { margin: .25rem 0 .75rem; padding: .75rem; max-height: 32rem; overflow: auto; background: var(--raised); border: 1px solid var(--line); border-radius: 4px; white-space: pre-wrap; text-align: left; }
.lead { font-size: 1.125rem; }
.note, .where, .how, figcaption { color: var(--quiet); font-size: .875rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0 0; padding: 0; list-style: none; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(14rem, 100%), 1fr)); gap: .75rem 1.5rem; margin: 1.25rem 0; }
.facts dt { color: var(--quiet); font-size: .8125rem; }
.facts dd { margin: 0; font-variant-numeric: tabular-nums; }
.grid { stroke: var(--line); stroke-opacity: 1; }
.plot { display: block; max-width: 100%; height: auto; font: 11px system-ui, 'Segoe UI', Roboto, Arial, sans-serif; font-variant-numeric: tabular-nums; }
.plot text { fill: var(--ink); white-space: pre; }
.narrow { display: none; }
.key { display: flex; flex-wrap: wrap; gap: .15rem 1.1rem; margin: .25rem 0; padding: 0; list-style: none; font-size: .875rem; }
.scroll { overflow-x: auto; margin: .75rem 0; }
table { min-width: min(36rem, 100%); border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
caption { padding: .25rem 0 .5rem; color: var(--quiet); text-align: left; }
th, td { padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; }
thead th { color: var(--quiet); font-size: .8125rem; white-space: nowrap; vertical-align: bottom; border-bottom-width: 2px; }
th.number, td.number { padding: .4rem .25rem .4rem 1.5rem; text-align: right; white-space: nowrap; }
td > ol, td > ul, th > ul { margin: 0; padding-left: 1.25rem; }
td p, th p { margin: .15rem 0; }
table { overflow-wrap: break-word; }
td code, th code, td li, th li, td p, th p { overflow-wrap: anywhere; }
td:has(> code), th:has(> code) { min-width: 9rem; }
time { white-space: nowrap; }
:target { background: color-mix(in srgb, var(--link) 14%, transparent); }
details { margin: .35rem 0; }
summary { cursor: pointer; color: var(--link); width: fit-content; max-width: 100%; }
h4 { margin: .75rem 0 .25rem; font-size: .9375rem; line-height: 1.4; }
figure { margin: 1rem 0; }
figcaption { margin-top: .35rem; max-width: 90ch; }
button, input, select { font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--quiet); border-radius: 4px; padding: .25rem .6rem; }
@media screen and (max-width: 40rem) {
  h1 { font-size: 1.375rem; }
  h2 { margin-top: 2rem; }
  th.number, td.number { padding-left: .8rem; }
  .wide { display: none; }
  .narrow { display: block; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none; animation: none; } }
@media print {
  :root { color-scheme: light; }
  @page { margin: 15mm; }
  html { font-size: 10pt; }
  body > * { max-width: none; padding-inline: 0; }
  nav, .screen { display: none; }
  a { color: inherit; text-decoration: none; }
  h2, h3, summary, caption { break-after: avoid; }
  tr, figure { break-inside: avoid; }
  .scroll { overflow: visible; }
  pre { max-height: none; overflow: visible; }
  details:not(.printed, [open]) { display: none; }
  details.printed::details-content { display: block; content-visibility: visible; block-size: auto; }
}
`
