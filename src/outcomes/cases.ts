import type { BodyPlace, BodyRule, Condition } from '../contract/index.ts'

/**
 * The ways in which an object can be all that its rules ask of the presence of its members, together so decided that each condition holds or
 * does not. `spared` is the rule that is to be broken: its conditions hold, and it asks for nothing. Empty when `wish` cannot be met.
 */
export function listCases(place: BodyPlace, wish: Case = {}, spared?: BodyRule): Case[] {
  const members = Object.entries(place.members ?? {})
  const conditions = members.flatMap(([, member]) =>
    member.rules.flatMap((rule) => rule.when ?? []),
  )
  const start = (spared?.when ?? []).reduce<Case[]>(
    (cases, condition) => cases.flatMap((one) => solve(condition, true, one)),
    [wish],
  )
  return start
    .map((one) => leaveOut(one, members))
    .flatMap((one) => decideValues(one, place, conditions))
    .flatMap((one) => decideConditions(one, conditions))
    .flatMap((one) => settlePresence(one, members, spared))
}

/** The rules on a member that hold in a case. */
export function listActiveRules(member: BodyPlace, one: Case): BodyRule[] {
  return member.rules.filter((rule) =>
    (rule.when ?? []).every((condition) => solve(condition, true, one).length > 0),
  )
}

/** A member that the page does not have is there only where it is wished for. */
function leaveOut(one: Case, members: readonly (readonly [string, BodyPlace])[]): Case {
  const newer = members
    .filter(([name, { isNewer }]) => isNewer && !(name in one))
    .map(([name]) => [name, 'absent'] as const)
  return { ...one, ...Object.fromEntries(newer) }
}

/** One case for each value of the members whose value conditions ask for, and one without it. */
function decideValues(one: Case, place: BodyPlace, conditions: readonly Condition[]): Case[] {
  const named = conditions.flatMap(listValues)
  return [...new Set(named.map(({ member }) => member))].reduce<Case[]>(
    (cases, name) => {
      const rule = place.members?.[name]?.rules.find(({ keyword }) => keyword === 'enum')
      const values: readonly string[] =
        rule && isList(rule.operand)
          ? rule.operand
          : named.flatMap(({ member, values: own }) => (member === name ? own : []))
      const states = [...new Set(values)].map((value) => ({ value }))
      return cases.flatMap((each) => {
        if (each[name] === undefined)
          return [...states, 'absent' as const].map((state) => ({ ...each, [name]: state }))
        return each[name] === 'present'
          ? states.map((state) => ({ ...each, [name]: state }))
          : [each]
      })
    },
    [one],
  )
}

function listValues(condition: Condition): { member: string; values: readonly string[] }[] {
  switch (condition.kind) {
    case 'present':
      return []
    case 'among':
      return [condition]
    case 'not':
      return listValues(condition.of)
    case 'any':
    case 'all':
      return condition.of.flatMap(listValues)
  }
}

function decideConditions(one: Case, conditions: readonly Condition[]): Case[] {
  return conditions.reduce<Case[]>(
    (cases, condition) =>
      cases.flatMap((each) => [...solve(condition, true, each), ...solve(condition, false, each)]),
    [one],
  )
}

/** Puts in what is required and leaves out what is refused; no case when that is decided otherwise. */
function settlePresence(
  one: Case,
  members: readonly (readonly [string, BodyPlace])[],
  spared: BodyRule | undefined,
): Case[] {
  const asked = members.flatMap(([name, member]) =>
    listActiveRules(member, one).flatMap((rule): [string, 'absent' | 'present'][] => {
      if (rule.id === spared?.id || rule.severity === 'info') return []
      if (rule.keyword === 'required') return [[name, 'present']]
      return rule.keyword === 'not' && isEmpty(rule.operand) ? [[name, 'absent']] : []
    }),
  )
  return asked.reduce<Case[]>(
    (cases, [name, state]) =>
      cases.flatMap((each) => decidePresence(each, name, state === 'present')),
    [one],
  )
}

function isEmpty(operand: BodyRule['operand']): boolean {
  return isList(operand) && operand.length === 0
}

/** Whether the operand of a rule is a list of values. */
export function isList(operand: BodyRule['operand']): operand is readonly string[] {
  return typeof operand === 'object'
}

/**
 * What is decided about one member of an object: it is left out, it is there, or it is there with this value. `other`: it is there with a value
 * that no condition names.
 */
export type State = 'absent' | 'present' | 'other' | { readonly value: string }

/** What is decided about an object, by member. What is not decided may be either way. */
export type Case = Readonly<Record<string, State>>

/** The ways to go on from a case in which a condition holds, or does not. */
function solve(condition: Condition, wanted: boolean, one: Case): Case[] {
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
function decidePresence(one: Case, member: string, wanted: boolean): Case[] {
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
