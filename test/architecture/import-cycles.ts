/** Import cycles, each as its files in import order, the first by name at the front. Of cycles that share a file, one is found. */
export function findCycles(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = []
  const reported = new Set<string>()
  for (const file of [...imports.keys()].toSorted()) {
    const cycle = reported.has(file) ? undefined : findShortestCycle(imports, file, reported)
    if (cycle === undefined) continue
    found.push(cycle)
    for (const member of cycle) reported.add(member)
  }
  return found
}

function findShortestCycle(
  imports: ReadonlyMap<string, readonly string[]>,
  start: string,
  left: ReadonlySet<string>,
): string[] | undefined {
  const paths: string[][] = [[start]]
  const seen = new Set<string>(left)
  for (const path of paths) {
    for (const next of imports.get(path.at(-1) ?? start) ?? []) {
      if (next === start) return path
      if (seen.has(next)) continue
      seen.add(next)
      paths.push([...path, next])
    }
  }
  return undefined
}
