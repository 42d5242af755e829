import { readPublicDeclarations } from './declarations.ts'

/** The text of test/api.golden.md: what every subpath exports, and all declarations that can be reached from there, without comments. */
export function formatApi(): string {
  const { entries, files } = readPublicDeclarations()
  const subpaths = [...entries].map(([subpath, names]) => {
    const lines = [...names].map(([name, file]) => `${name} (${file})`)
    return `## starttask-harness${subpath.slice(1)}\n\n${lines.join('\n') || 'Exports nothing: imported for what it does.'}\n`
  })
  const declared = files.filter(({ declarations }) => declarations.length > 0)
  const sections = declared.map(
    ({ file, declarations }) =>
      `## ${file}\n\n\`\`\`ts\n${declarations.map(stripComments).join('\n')}\n\`\`\`\n`,
  )
  return [INTRODUCTION, ...subpaths, '# Declarations\n', ...sections].join('\n')
}

const INTRODUCTION = `# The public surface

Made by \`npm run api\`. A test compares it with what the compiler writes, so that a change of what users can reach is seen in a review.
`

function stripComments(text: string): string {
  return text
    .replaceAll(/[ \t]*\/\*\*[\s\S]*?\*\/\n?/g, '')
    .replaceAll(/\n{2,}/g, '\n')
    .trim()
}
