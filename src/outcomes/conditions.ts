/** What is decided about an object, and how a condition is made to hold. */
import type { Condition } from '../contract/index.ts'

/**
 * What is decided about one member of an object: it is left out, it is there, or it is there with this value. `other`: it is there with a value
 * that no condition names.
 */
export type State = 'absent' | 'present' | 'other' | { readonly value: string }

/** What is decided about an object, by member. What is not decided may be either way. */
export type Case = Readonly<Record<string, State>>

/** The ways to go on from a case in which a condition holds, or does not. */
export function solve(condition: Condition, wanted: boolean, one: Case): Case[] {
  switch (condition.kind) {
    case 'present':
      return decidePresence(one, condition.member, wanted)
    case 'among':
      return decideValue(one, condition, wanted)
    case 'not':
      return solve(condition.of, !wanted, one)
    case 'any':
      return wanted
        ? condition.of.flatMap((each) => solve(each, true, one))
        : solveEach(condition.of, false, one)
    case 'all':
      return wanted
        ? solveEach(condition.of, true, one)
        : condition.of.flatMap((each) => solve(each, false, one))
  }
}

function solveEach(conditions: readonly Condition[], wanted: boolean, one: Case): Case[] {
  return conditions.reduce<Case[]>(
    (cases, condition) => cases.flatMap((each) => solve(condition, wanted, each)),
    [one],
  )
}

/** The ways to go on in which a member is there, or is not. */
export function decidePresence(one: Case, member: string, wanted: boolean): Case[] {
  const state = one[member]
  if (state === undefined) return [{ ...one, [member]: wanted ? 'present' : 'absent' }]
  return (state !== 'absent') === wanted ? [one] : []
}

function decideValue(
  one: Case,
  { member, values }: { member: string; values: readonly string[] },
  wanted: boolean,
): Case[] {
  const state = one[member]
  if (state === undefined || state === 'present') {
    return wanted
      ? values.map((value) => ({ ...one, [member]: { value } }))
      : [{ ...one, [member]: 'other' }]
  }
  const isAmong = state === 'absent' || (state !== 'other' && values.includes(state.value))
  return isAmong === wanted ? [one] : []
}
