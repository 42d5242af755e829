/** What secretlint found: in which of the texts, counted from 0, and what, in its words. */
export interface Found {
  index: number
  kind: string
}

/** How many characters secretlint is given at once. */
const LONGEST_SOURCE = 1_000_000

/**
 * Searches texts with secretlint's recommended rules. It is loaded with the first call; one call reads many texts, a line or some each, which
 * is much quicker than a call for each of them.
 */
export async function lintTexts(texts: readonly string[]): Promise<Found[]> {
  if (texts.length === 0) return []
  const [{ lintSource }, { creator }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ])
  const rules = [
    {
      id: RECOMMENDED,
      rule: creator,
      rules: [{ id: '@secretlint/secretlint-rule-aws', options: { enableIDScanRule: true } }],
    },
  ]
  const found: Found[] = []
  for (const { content, first, starts } of joinTexts(texts)) {
    const { messages } = await lintSource({
      source: { filePath: 'recording.txt', content, ext: '.txt', contentType: 'text' },
      options: { config: { rules }, locale: 'en', maskSecrets: true },
    })
    for (const { range, ruleId, messageId } of messages) {
      found.push({ index: first + findLast(starts, range[0]), kind: nameKind(ruleId, messageId) })
    }
  }
  return found
}

const RECOMMENDED = '@secretlint/secretlint-rule-preset-recommend'

/** A line between two texts, so that nothing is found in the end of one and the beginning of the next. */
const BETWEEN = '\n#\n'

function* joinTexts(
  texts: readonly string[],
): Generator<{ content: string; first: number; starts: number[] }> {
  let parts: string[] = []
  let starts: number[] = []
  let [first, length] = [0, 0]
  for (const [index, text] of texts.entries()) {
    if (length > 0 && length + text.length > LONGEST_SOURCE) {
      yield { content: parts.join(BETWEEN), first, starts }
      parts = []
      starts = []
      first = index
      length = 0
    }
    starts.push(length)
    parts.push(text)
    length += text.length + BETWEEN.length
  }
  yield { content: parts.join(BETWEEN), first, starts }
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
