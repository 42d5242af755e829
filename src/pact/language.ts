/**
 * The texts that a regular expression of a pact accepts, as an automaton, so that "every text that this matcher lets through is one that the
 * contract takes" is decided and not guessed.
 */
import { type AST, RegExpParser } from '@eslint-community/regexpp'
import { DFA, isDisjointWith, JS, NFA } from 'refa'

import { describeReason } from '../message/index.ts'

/** So many states, and so long an expression, are looked at; a larger one stays undecided. */
const MOST_NODES = 20_000
const MOST_STATES = 6000
const LONGEST = 1000

/** Whether one language lies inside another: it does, or `outside` is a shortest text that it does not share, or nobody can tell. */
export type Containment =
  | { kind: 'inside' }
  | { kind: 'outside'; example: string; isDisjoint: boolean }
  | { kind: 'undecided'; reason: string }

const languages = new Map<string, NFA | undefined>()
const MOST_LANGUAGES = 500

/** Whether a regular expression accepts a text as Pact reads it: the whole of it; `undefined` where nobody can tell. Takes no more time than the text is long. */
export function acceptsText(regex: string, text: string): boolean | undefined {
  if (!languages.has(regex)) {
    if (languages.size >= MOST_LANGUAGES) languages.clear()
    languages.set(regex, tryLanguage(regex))
  }
  return languages.get(regex)?.test(Array.from(text, (character) => character.codePointAt(0) ?? 0))
}

function tryLanguage(regex: string): NFA | undefined {
  try {
    return regex.length > LONGEST ? undefined : readLanguage(regex)
  } catch {
    return undefined
  }
}

const decided = new Map<string, Containment>()
const MOST_DECIDED = 5000

/**
 * Whether every text that `regex` accepts, as Pact reads it (measured with pact-ffi 0.5.8: it matches the whole text, and its classes are Unicode's),
 * is accepted by `allowed`. Results are remembered: the same matcher comes again with each interaction.
 */
export function decideContainment(regex: string, allowed: string): Containment {
  const key = `${regex}\n${allowed}`
  const known = decided.get(key)
  if (known) return known
  const containment = decide(regex, allowed)
  if (decided.size >= MOST_DECIDED) decided.clear()
  decided.set(key, containment)
  return containment
}

function decide(regex: string, allowed: string): Containment {
  if (regex.length > LONGEST)
    return { kind: 'undecided', reason: `the expression has more than ${LONGEST} characters` }
  try {
    const language = readLanguage(regex)
    const inside = readLanguage(allowed)
    const outside = DFA.fromFA(inside, new DFA.LimitedNodeFactory(MOST_STATES))
    outside.complement()
    if (isDisjointWith(language, outside)) return { kind: 'inside' }
    const example = findWord(
      NFA.fromIntersection(language, outside, new NFA.LimitedNodeFactory(MOST_NODES)),
    )
    return { kind: 'outside', example, isDisjoint: isDisjointWith(language, inside) }
  } catch (error) {
    return {
      kind: 'undecided',
      reason: describeReason(error).split('\n', 1)[0] ?? '',
    }
  }
}

const PARSER = new RegExpParser({ ecmaVersion: 2025 })

/** Pact asks a regular expression to match the whole text, anchors or not. Throws for what no automaton is made of. */
function readLanguage(regex: string): NFA {
  const { source, isCaseless } = translate(regex)
  return unite(
    PARSER.parsePattern(source, 0, source.length, { unicode: true }).alternatives,
    isCaseless,
  )
}

/** Rust's classes in JavaScript's words: to Rust a letter, a digit and a space are those of all languages, and a dot is all but the line feed. */
const CLASSES: ReadonlyMap<string, string> = new Map([
  ['d', String.raw`\p{Nd}`],
  ['D', String.raw`\P{Nd}`],
  ['s', String.raw`\p{White_Space}`],
  ['S', String.raw`\P{White_Space}`],
  ['w', String.raw`\p{Alphabetic}\p{M}\p{Nd}\p{Pc}`],
  ['A', '^'],
  ['z', '$'],
])
/** What Rust lets be escaped, and JavaScript does not. */
const PLAIN = new Set('"\'#%&,:;<=>@_`~ ')

/** Rust's syntax as JavaScript's. What Rust alone has stays as it is, and is then no expression to the parser. */
function translate(regex: string): { source: string; isCaseless: boolean } {
  const isCaseless = regex.startsWith('(?i)')
  const text = (isCaseless ? regex.slice(4) : regex).replaceAll('(?P<', '(?<')
  let source = ''
  let isInClass = false
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index)
    if (character === '\\') source += translateEscape(text.charAt(++index), isInClass)
    else if (character === '.' && !isInClass) source += String.raw`[^\n]`
    else source += character
    if (character === '[') isInClass = true
    else if (character === ']') isInClass = false
  }
  return { source, isCaseless }
}

function translateEscape(character: string, isInClass: boolean): string {
  if (PLAIN.has(character)) return character
  const known = CLASSES.get(character)
  if (known === undefined) return `\\${character}`
  return character === 'w' && !isInClass ? `[${known}]` : known
}

function unite(alternatives: readonly AST.Alternative[], isCaseless: boolean): NFA {
  const [first, ...others] = alternatives.map((alternative) =>
    readAlternative(alternative, isCaseless),
  )
  if (!first) throw new Error('an expression without alternatives')
  for (const other of others) first.union(other)
  return first
}

function readAlternative({ elements }: AST.Alternative, isCaseless: boolean): NFA {
  const [only] = elements
  if (elements.length === 1 && (only?.type === 'Group' || only?.type === 'CapturingGroup'))
    return unite(only.alternatives, isCaseless)
  const rest = [...elements]
  if (isEdge(rest[0], 'start')) rest.shift()
  if (isEdge(rest.at(-1), 'end')) rest.pop()
  const looks = takeLookaheads(rest)
  const whole = readPlain(`(?:${rest.map(({ raw }) => raw).join('')})`, isCaseless)
  return looks.reduce((language, look) => applyLook(language, look, isCaseless), whole)
}

/** Takes the look-aheads with which a sequence begins out of it. */
function takeLookaheads(elements: AST.Element[]): AST.LookaheadAssertion[] {
  const looks: AST.LookaheadAssertion[] = []
  for (let [first] = elements; isLookahead(first); [first] = elements) {
    looks.push(first)
    elements.shift()
  }
  return looks
}

function isEdge(element: AST.Element | undefined, kind: 'start' | 'end'): boolean {
  return element?.type === 'Assertion' && element.kind === kind
}

function isLookahead(element: AST.Element | undefined): element is AST.LookaheadAssertion {
  return element?.type === 'Assertion' && element.kind === 'lookahead'
}

/** What stands at the very beginning is asked of the whole text. */
function applyLook(
  language: NFA,
  { alternatives, negate }: AST.LookaheadAssertion,
  isCaseless: boolean,
): NFA {
  const [first, ...others] = alternatives.map(({ elements }) => {
    const isEnded = isEdge(elements.at(-1), 'end')
    const source = (isEnded ? elements.slice(0, -1) : elements).map(({ raw }) => raw).join('')
    return readPlain(`(?:${source})${isEnded ? '' : '[^]*'}`, isCaseless)
  })
  if (!first) return language
  for (const other of others) first.union(other)
  if (!negate) return NFA.fromIntersection(language, first, new NFA.LimitedNodeFactory(MOST_NODES))
  const refused = DFA.fromFA(first, new DFA.LimitedNodeFactory(MOST_STATES))
  refused.complement()
  return NFA.fromIntersection(language, refused, new NFA.LimitedNodeFactory(MOST_NODES))
}

function readPlain(source: string, isCaseless: boolean): NFA {
  const parser = JS.Parser.fromLiteral({ source, flags: isCaseless ? 'iu' : 'u' })
  const { expression, maxCharacter } = parser.parse({
    assertions: 'throw',
    backreferences: 'throw',
  })
  return NFA.fromRegex(
    expression,
    { maxCharacter },
    { assertions: 'throw' },
    new NFA.LimitedNodeFactory(MOST_NODES),
  )
}

/** A shortest text, of letters where it may be. */
function findWord(language: NFA): string {
  for (const sets of language.wordSets()) {
    return sets
      .map(({ ranges }) => {
        const readable =
          ranges.find(({ min, max }) => min <= 0x7a && max >= 0x61) ??
          ranges.find(({ min, max }) => min <= 0x7e && max >= 0x21)
        const chosen = readable ?? ranges[0]
        if (!chosen) return ''
        const wished = chosen.min <= 0x7a && chosen.max >= 0x61 ? 0x61 : 0x21
        return String.fromCodePoint(Math.min(chosen.max, Math.max(chosen.min, wished)))
      })
      .join('')
  }
  return ''
}
