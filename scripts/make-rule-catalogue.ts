/**
 * Makes contracts/start-task/rules.json, the catalogue of every rule that a finding can name, from the schemas, the overlays and
 * rules-in-code.json; and docs/rules.md from the catalogue. Run it after a change there: `npm run rules`; `--check` only says
 * whether they are up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnySchemaObject } from 'ajv/dist/2020.js'
import { readJson, ROOT } from './contract-schemas.ts'
import { type CatalogueRule, formatRulesPage } from './rules-page.ts'
import { buildExamples, expandExample } from './rule-examples.ts'
import { listRuleSites, type RuleSite, type SideName } from './rule-sites.ts'

const COMMENT =
  'Every rule that a finding can name. accepted and refused are whole bodies next to its limit (of an error: status and body); the second is reported at pointer. Rules without examples need a body of 100000 values, or stand on a whole exchange. Made by scripts/make-rule-catalogue.ts.'

const rules = [...listRules('request'), ...listRules('response'), ...listRulesInCode('error')]
const lines = rules.map((rule) => JSON.stringify(rule)).join(',\n')
const texts = {
  'contracts/start-task/rules.json': `{\n"$comment": ${JSON.stringify(COMMENT)},\n"rules": [\n${lines}\n]\n}\n`,
  'docs/rules.md': formatRulesPage(rules),
}
for (const [path, text] of Object.entries(texts)) {
  if (!process.argv.includes('--check')) writeFileSync(join(ROOT, path), text)
  else if (readFileSync(join(ROOT, path), 'utf8') !== text) {
    console.error(`${path} is not what the schemas say; run npm run rules`)
    process.exitCode = 1
  }
}

function listRules(side: SideName): CatalogueRule[] {
  const ofSchemas = listRuleSites(side).map((site): CatalogueRule => {
    const { id, severity, source } = site
    return { id, side, severity, source, says: describeSite(site), ...buildExamples(side, site) }
  })
  return [...listRulesInCode(side), ...ofSchemas]
}

function listRulesInCode(side: string): CatalogueRule[] {
  const written: CatalogueRule[] = readJson('contracts/start-task/rules-in-code.json')['rules']
  return written
    .filter(({ id }) => id.startsWith(`${side}.`))
    .map(({ id, severity, source, says, pointer, accepted, refused }) => {
      const rule = { id, side, severity, source, says }
      if (pointer === undefined) return rule
      return {
        ...rule,
        pointer,
        accepted: expandExample(side, accepted),
        refused: expandExample(side, refused),
      }
    })
}

function describeSite({ keyword, operand, steps, node }: RuleSite): string {
  const name =
    steps.length === 0
      ? 'the body'
      : steps
          .map((step) => (typeof step === 'number' ? '[]' : `.${step}`))
          .join('')
          .slice(1)
  if (node['x-says'] && (node['x-rule'] || keyword === 'pattern' || keyword === 'required'))
    return `reported: ${name} ${node['x-says']}`
  switch (keyword) {
    case 'type':
      return `${name} is of the type ${String(operand)}`
    case 'integer':
      return `${name} is a whole number`
    case 'null':
      return `a null ${name} counts as absent`
    case 'required':
      return `${name} is there`
    case 'enum':
      return `${name} is one of ${String(operand)}`
    case 'pattern':
      return `${name} matches ${String(operand)}`
    case 'maxLength':
      return `${name} has at most ${String(operand)} characters (Unicode code points)`
    case 'minLength':
      return `${name} has at least ${String(operand)} character`
    case 'maxItems':
      return `${name} has at most ${String(operand)} items`
    case 'minItems':
      return `${name} has at least ${String(operand)} item`
    case 'minimum':
      return `${name} is at least ${String(operand)}${describeCondition(node)}`
    case 'maximum':
      return `${name} is at most ${String(operand)}${describeCondition(node)}`
    default:
      throw new Error(`${name}: the rule ${keyword} needs x-says`)
  }
}

function describeCondition(node: AnySchemaObject): string {
  const kind = /^(gp3|gp|io1|io2|io|hdd|standard)M/.exec(node['x-rule'] ?? '')?.[1]
  const types: Record<string, string> = { gp: 'gp2 and gp3', io: 'io1 and io2', hdd: 'st1 and sc1' }
  return kind ? ` for the volume type ${types[kind] ?? kind}` : ''
}
