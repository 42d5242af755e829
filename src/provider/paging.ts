import { refuse, type Refusal } from './reply.ts'

/** The most that one page holds, and what it holds when `maxResults` is absent. Source: the service model's words on `maxResults`. */
const MAX_RESULTS = 100

/** The page of `items` that `maxResults` and `nextToken` ask for; the token of the next one when there is one. */
export function cutPage<T>(
  items: readonly T[],
  asked: { maxResults?: number; nextToken?: string },
): { items: readonly T[]; nextToken?: string } | Refusal {
  const { maxResults = MAX_RESULTS, nextToken } = asked
  if (maxResults < 1 || maxResults > MAX_RESULTS)
    return refuse('InvalidParameterException', `maxResults is not between 1 and ${MAX_RESULTS}.`)
  if (nextToken !== undefined && !/^after-\d{1,9}$/.test(nextToken))
    return refuse('InvalidParameterException', 'nextToken is none of this provider.')
  const first = Number(nextToken?.slice('after-'.length) ?? 0)
  const next = first + maxResults
  return {
    items: items.slice(first, next),
    ...(next < items.length ? { nextToken: `after-${next}` } : {}),
  }
}
