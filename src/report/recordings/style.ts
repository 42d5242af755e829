import { listStatuses } from '../status.ts'

/** So many reasons have a filter of their own; the others are found as text. */
export const MOST_REASONS = 24

const OUTCOME_RULES = listStatuses().map(
  (status) => `body:has(#show-${status}:not(:checked)) .of-${status}`,
)
const REASON_RULES = Array.from(
  { length: MOST_REASONS },
  (_, index) => `body:has(#reason-${index}:checked) .exchange:not(.for-${index})`,
)

/** What the page of recordings adds to the stylesheet: its filters work by selectors, so that they need no script. */
export const INSPECTION_STYLE = `
.filters { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr)); gap: 1rem 2rem; margin: 1rem 0; }
.filters h3 { margin: 0 0 .25rem; color: var(--quiet); font-size: .8125rem; font-weight: 400; }
.choices { display: flex; flex-wrap: wrap; gap: .15rem 1rem; }
.choices label { display: inline-flex; align-items: baseline; gap: .4em; padding: .2rem 0; cursor: pointer; overflow-wrap: anywhere; }
.choices input { flex: none; width: 1.05rem; height: 1.05rem; margin: 0; padding: 0; align-self: center; accent-color: var(--link); }
.choices .count { color: var(--quiet); font-variant-numeric: tabular-nums; }
.field { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.field input { min-width: 0; max-width: 100%; }
.field input[type='search'] { flex: 1 1 12rem; }
.field input[type='text'] { width: 6rem; }
button { cursor: pointer; }
[hidden] { display: none !important; }
.recording > h3 { margin: 1.75rem 0 .1rem; overflow-wrap: anywhere; }
.recording > p { margin: 0 0 .35rem; }
.exchange { margin: 0; border-bottom: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 2.6rem; }
.exchange > summary { display: grid; grid-template-columns: 3.5rem 8rem minmax(0, 1.3fr) minmax(0, 1fr) 9.5rem; gap: .1rem .9rem; align-items: baseline; width: 100%; padding: .45rem .35rem; color: inherit; font-size: .875rem; list-style: none; }
.exchange > summary::-webkit-details-marker { display: none; }
.exchange > summary:hover { background: var(--raised); }
.exchange > summary > :first-child::before { content: '\\25b8\\00a0' / ''; color: var(--link); }
.exchange[open] > summary > :first-child::before { content: '\\25be\\00a0' / ''; }
.exchange[open] > summary { background: var(--raised); }
.exchange .number, .exchange .when { font-variant-numeric: tabular-nums; }
.exchange .when { text-align: right; }
.exchange .asked, .exchange .when { color: var(--quiet); }
.exchange .errors { color: var(--bad); font-weight: 600; }
.opened { padding: .25rem .35rem 1.5rem 1rem; border-left: 3px solid var(--line); margin: 0 0 .5rem .35rem; }
.opened h4 { margin: 1rem 0 .25rem; font-size: .9375rem; }
.opened .facts { margin: .5rem 0; gap: .5rem 1.5rem; grid-template-columns: repeat(auto-fill, minmax(min(13.5rem, 100%), 1fr)); }
.opened .facts time { white-space: normal; overflow-wrap: anywhere; }
.opened .field { margin-top: .75rem; }
#differences ol { margin: .5rem 0; padding: 0; list-style: none; }
#differences li { display: grid; grid-template-columns: 4.5rem minmax(0, 1fr) minmax(0, 1fr); gap: .15rem 1rem; align-items: baseline; padding: .4rem 0; border-bottom: 1px solid var(--line); font-size: .875rem; }
#differences .place { grid-column: 2 / -1; }
#differences .missing ~ .value, #differences .changed ~ .place + .value { grid-column: 2; }
#differences .added ~ .value { grid-column: 3; }
.changed, .missing, .added { font-weight: 600; white-space: nowrap; }
.missing { color: var(--bad); }
.added { color: var(--good); }
.changed { color: var(--warn); }
${OUTCOME_RULES.join(',\n')} { display: none; }
${REASON_RULES.join(',\n')} { display: none; }
body:has(#only-errors:checked) .exchange:not(.with-errors) { display: none; }
@media (max-width: 48rem) {
  .exchange > summary { grid-template-columns: 3.5rem minmax(0, 1fr) auto; }
  #differences li { grid-template-columns: 4.5rem minmax(0, 1fr); }
  #differences li > .value { grid-column: 2; }
  .exchange .said, .exchange .asked { grid-column: 2 / -1; }
  .exchange .when { grid-column: 3; grid-row: 1; }
  .opened { padding-left: .6rem; margin-left: 0; }
  .facts, .opened .facts { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .5rem 1rem; }
}
@media print {
  .filters, .compare, .opened .field { display: none; }
  details.exchange:not([open]) { display: block; }
  .exchange { content-visibility: visible; break-inside: auto; }
  .opened { border: 0; }
}
`
