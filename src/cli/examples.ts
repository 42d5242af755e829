/** What a command's help opens with. */
export function formatExamples(...examples: readonly string[]): string {
  return `Examples:\n${examples.map((example) => `  ${example}`).join('\n')}\n`
}

/** Reads an option that may be given again, or hold several values with commas between them. */
export function collect(value: string, before: string[]): string[] {
  return [...before, ...value.split(',').filter(Boolean)]
}

/** Reads an option that may be given again, each time with one value. */
export function collectAgain(value: string, before: string[]): string[] {
  return [...before, value]
}
