/** The part of the stylesheet that reports add to that of all pages: statuses, findings, attempts. */
export const REPORT_STYLE = `
.status { display: inline-flex; align-items: baseline; gap: .4em; }
.status > span { min-width: 0; }
.shape { flex: none; width: .85em; height: .85em; fill: currentColor; align-self: center; }
.good .shape, .fill-good { color: var(--good); fill: var(--good); }
.warn .shape, .fill-warn { color: var(--warn); fill: var(--warn); }
.bad .shape, .fill-bad { color: var(--bad); fill: var(--bad); }
.plain .shape, .fill-plain { color: var(--plain); fill: var(--plain); }
.task .shape, .fill-task { color: var(--task); fill: var(--task); }
.fill-found { fill: var(--quiet); fill-opacity: .45; }
.mark { stroke: var(--paper); stroke-width: .75; }
.line-good { stroke: var(--good); }
.line-warn { stroke: var(--warn); stroke-dasharray: 6 3; }
.line-bad { stroke: var(--bad); stroke-dasharray: 2 2; }
.finding { margin: .75rem 0; padding: .5rem .9rem; background: var(--raised); border-left: 3px solid var(--line); border-radius: 0 4px 4px 0; break-inside: avoid; }
.finding.info { border-left-style: dotted; }
.finding.warning { border-left: 5px solid var(--warn); }
.finding.error { border-left: 9px double var(--bad); }
.finding p { margin: .2rem 0; }
.severity { display: inline-block; margin-right: .35em; font-size: .75rem; letter-spacing: .05em; text-transform: uppercase; }
.error .severity { color: var(--bad); }
.warning .severity { color: var(--warn); }
td:has(> .attempts), th:has(> p) { min-width: 14.5rem; }
ol.attempts { margin: 0; padding: 0; list-style: none; }
.sides { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 1.5rem; }
@media screen and (max-width: 40rem) { .sides { grid-template-columns: minmax(0, 1fr); } }
`
