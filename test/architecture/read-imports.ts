import { type Node, parseSync, Visitor } from 'oxc-parser'

/** One import of a file, whatever its syntax. */
export interface ImportSite {
  line: number
  /** What is imported from; `undefined` when it is computed, so that no reader can tell. */
  specifier: string | undefined
  /** The names that are taken, `*` for all of them; none for a side effect. */
  names: readonly string[]
}

/** The facts of one source file that the import rules are checked against. */
export interface SourceFacts {
  imports: readonly ImportSite[]
  /** The lines with a default export, and those with an `export *`. */
  defaultExports: readonly number[]
  starExports: readonly number[]
  /** The text with every comment blanked; lines and columns stay. */
  code: string
  /** What the parser refused, with its line. */
  syntaxErrors: readonly { line: number; message: string }[]
}

/**
 * Reads one TypeScript or JavaScript file: static, type-only, side-effect and re-exporting imports, `import()`, types as in `import('x').T`,
 * `import x = require('x')`, `require('x')`, `process.getBuiltinModule('x')`, `declare module 'x'` and `/// <reference>`.
 */
export function readImports(file: string, text: string): SourceFacts {
  const parsed = parseSync(file, text, { sourceType: 'module' })
  const imports: ImportSite[] = []
  const defaultExports: number[] = []
  const starExports: number[] = []
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length
  const add = (at: { start: number }, source: Node | undefined, names: readonly string[]) =>
    imports.push({ line: lineAt(at.start), specifier: readText(source), names })

  new Visitor({
    ImportDeclaration: (node) => add(node, node.source, node.specifiers.map(readImportedName)),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null)
        add(
          node,
          node.source,
          node.specifiers.map((one) => readName(one.local)),
        )
      if (node.specifiers.some((one) => readName(one.exported) === 'default'))
        defaultExports.push(lineAt(node.start))
    },
    ExportAllDeclaration: (node) => {
      add(node, node.source, ['*'])
      starExports.push(lineAt(node.start))
    },
    ExportDefaultDeclaration: (node) => defaultExports.push(lineAt(node.start)),
    TSExportAssignment: (node) => defaultExports.push(lineAt(node.start)),
    ImportExpression: (node) => add(node, node.source, ['*']),
    TSImportType: (node) => add(node, node.source, ['*']),
    TSExternalModuleReference: (node) => add(node, node.expression, ['*']),
    TSModuleDeclaration: (node) => {
      if (node.id.type === 'Literal') add(node, node.id, [])
    },
    CallExpression: (node) => {
      if (isRequire(node.callee)) add(node, node.arguments[0], ['*'])
    },
  }).visit(parsed.program)

  for (const comment of parsed.comments) {
    const reference =
      comment.type === 'Line'
        ? /^\/\s*<reference\s+(?:path|types)\s*=\s*["']([^"']+)["']/.exec(comment.value)
        : null
    if (reference !== null)
      imports.push({ line: lineAt(comment.start), specifier: reference[1], names: ['*'] })
  }

  return {
    imports: imports.toSorted((a, b) => a.line - b.line),
    defaultExports,
    starExports,
    code: blankComments(text, parsed.comments),
    syntaxErrors: parsed.errors.map((error) => ({
      line: lineAt(error.labels[0]?.start ?? 0),
      message: error.message,
    })),
  }
}

function readText(node: Node | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
}

function readImportedName(specifier: { type: string; imported?: Node }): string {
  if (specifier.type === 'ImportNamespaceSpecifier') return '*'
  return specifier.imported === undefined ? 'default' : readName(specifier.imported)
}

function readName(node: Node): string {
  return node.type === 'Identifier' ? node.name : (readText(node) ?? '*')
}

function isRequire(callee: Node): boolean {
  if (callee.type === 'Identifier') return callee.name === 'require'
  if (callee.type !== 'MemberExpression') return false
  return (
    callee.property.type === 'Identifier' &&
    (callee.property.name === 'require' || callee.property.name === 'getBuiltinModule')
  )
}

function blankComments(text: string, comments: readonly { start: number; end: number }[]): string {
  return comments.reduceRight(
    (rest, { start, end }) =>
      rest.slice(0, start) + rest.slice(start, end).replace(/[^\n]/g, ' ') + rest.slice(end),
    text,
  )
}
