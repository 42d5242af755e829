import { buildElement, buildNote, buildSection, type Content, type Html } from '../../page/index.ts'
import { buildStatus, listStatuses } from '../status.ts'
import { hasErrors, type PageExchange } from './inspected.ts'
import { MOST_REASONS } from './style.ts'

/** Filters by outcome, reason and errors, which selectors apply; and by text, which the script applies. */
export function buildFilters(
  exchanges: readonly PageExchange[],
  reasons: readonly { reason: string; count: number }[],
): Html[] {
  const errors = exchanges.filter(hasErrors).length
  const left = reasons.length - MOST_REASONS
  const filters = buildElement(
    'div',
    { class: 'filters' },
    buildGroup('by-outcome', 'Outcome', buildOutcomes(exchanges)),
    reasons.length === 0
      ? undefined
      : buildGroup(
          'by-reason',
          'Reason',
          buildReasons(reasons),
          left > 0 ? buildNote(`and ${left} more, which are found as text`) : undefined,
        ),
    errors === 0
      ? undefined
      : buildGroup(
          'by-finding',
          'Findings',
          buildChoice({ type: 'checkbox', id: 'only-errors' }, 'only with errors', errors),
        ),
    buildElement(
      'div',
      { class: 'needs-script', hidden: true },
      buildElement('h3', {}, buildElement('label', { for: 'find' }, 'Text in it')),
      buildElement(
        'div',
        { class: 'field' },
        buildElement('input', {
          id: 'find',
          type: 'search',
          autocomplete: 'off',
          spellcheck: 'false',
        }),
      ),
    ),
  )
  return [filters, buildElement('p', { id: 'shown', class: 'note', role: 'status' })]
}

/** The form that compares two; without the script it says what does instead. */
export function buildCompare(): Html {
  return buildElement(
    'div',
    { class: 'compare' },
    buildSection(
      { id: 'compare', title: 'Compare two' },
      buildElement(
        'p',
        { class: 'note without-script' },
        'This needs the script of this page. In a terminal: ',
        buildElement('code', {}, 'starttask inspect PATH --diff 1 2'),
      ),
      buildElement(
        'div',
        { class: 'field needs-script', hidden: true },
        buildElement('label', { for: 'first' }, 'First'),
        buildElement('input', { id: 'first', type: 'text', autocomplete: 'off' }),
        buildElement('label', { for: 'second' }, 'Second'),
        buildElement('input', { id: 'second', type: 'text', autocomplete: 'off' }),
        buildElement('button', { id: 'compare-now', type: 'button' }, 'Compare'),
      ),
      buildElement('div', {
        id: 'differences',
        tabindex: -1,
        role: 'group',
        'aria-labelledby': 'compare',
        hidden: true,
      }),
    ),
  )
}

function buildGroup(id: string, title: string, ...content: readonly Content[]): Html {
  return buildElement(
    'div',
    { role: 'group', 'aria-labelledby': id },
    buildElement('h3', { id }, title),
    buildElement('div', { class: 'choices' }, ...content),
  )
}

function buildOutcomes(exchanges: readonly PageExchange[]): Html[] {
  return listStatuses().flatMap((status) => {
    const count = exchanges.filter(({ outcome }) => outcome === status).length
    return count === 0
      ? []
      : [
          buildChoice(
            { type: 'checkbox', id: `show-${status}`, checked: true },
            buildStatus(status),
            count,
          ),
        ]
  })
}

function buildReasons(reasons: readonly { reason: string; count: number }[]): Html[] {
  return [
    buildChoice({ type: 'radio', id: 'any-reason', name: 'reason', checked: true }, 'any'),
    ...reasons
      .slice(0, MOST_REASONS)
      .map(({ reason, count }, index) =>
        buildChoice({ type: 'radio', id: `reason-${index}`, name: 'reason' }, reason, count),
      ),
  ]
}

interface Choice {
  type: 'checkbox' | 'radio'
  id: string
  name?: string
  checked?: true
}

function buildChoice(choice: Choice, label: Content, count?: number): Html {
  return buildElement(
    'label',
    {},
    buildElement('input', { ...choice, autocomplete: 'off' }),
    buildElement('span', {}, label),
    count === undefined ? undefined : buildElement('span', { class: 'count' }, count),
  )
}
