import type { Projected } from './leak-projection.ts'

/** What secretlint found: in which text, and what, in its words. */
export interface Found {
  pointer: string
  kind: string
}

/** How many characters secretlint is given at once. */
const LONGEST_SOURCE = 1_000_000

/**
 * Searches texts with secretlint's recommended rules. It is loaded with the first call; one call reads many texts, a line or some each, which
 * is much quicker than a call for each of them.
 */
export async function lintTexts(texts: readonly Projected[]): Promise<Found[]> {
  const [{ lintSource }, { creator }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ])
  const rules = [
    { id: RECOMMENDED, rule: creator, rules: [{ id: '@secretlint/secretlint-rule-aws', options: { enableIDScanRule: true } }] },
  ]
  const found: Found[] = []
  for (const { content, starts, sources } of joinTexts(texts)) {
    const { messages } = await lintSource({
      source: { filePath: 'recording.txt', content, ext: '.txt', contentType: 'text' },
      options: { config: { rules }, locale: 'en', maskSecrets: true },
    })
    for (const { range, ruleId, messageId } of messages) {
      const source = sources[findLast(starts, range[0])]
      if (source) found.push({ pointer: source.pointer, kind: nameKind(ruleId, messageId) })
    }
  }
  return found
}

const RECOMMENDED = '@secretlint/secretlint-rule-preset-recommend'

function* joinTexts(texts: readonly Projected[]): Generator<{ content: string; starts: number[]; sources: Projected[] }> {
  let content = ''
  let starts: number[] = []
  let sources: Projected[] = []
  for (const projected of texts) {
    if (content.length > 0 && content.length + projected.text.length > LONGEST_SOURCE) {
      yield { content, starts, sources }
      content = ''
      starts = []
      sources = []
    }
    starts.push(content.length)
    sources.push(projected)
    content += `${projected.text}\n`
  }
  if (content !== '') yield { content, starts, sources }
}

/** The place of the last number that is at most `limit`. */
function findLast(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((sorted[middle] ?? 0) <= limit) low = middle
    else high = middle - 1
  }
  return low
}

/** `aws: AWSSecretAccessKey`, for example: secretlint's own words for the kind. */
function nameKind(ruleId: string, messageId: string): string {
  return `${ruleId.replace(/^@secretlint\/secretlint-rule-/, '')}: ${messageId}`
}
