// What of the compiler's declarations users can reach from package.json's `exports`: a room's own declarations are nobody else's to read.
// The bundler ships these alone, and test/api.golden.md holds them, so that a change of the public surface is seen in a review.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseSync, type Program } from 'oxc-parser'
import { ROOT } from './contract-schemas.ts'

/** Where the compiler writes declarations; generated JavaScript has its own in src/. */
const FOLDERS = [join(ROOT, '.types'), join(ROOT, 'src')]

/** Where a name of another file comes from: the file without `.d.ts`, and what it is called there; `*` is all of it. */
interface Origin {
  file: string
  name: string
}

/** One statement that declares something. `text` begins with its comment. */
interface Declaration {
  names: readonly string[]
  isExported: boolean
  text: string
  /** Every name in it, its own among them. */
  mentions: ReadonlySet<string>
  /** What it names by `import('./other.ts').Name`. */
  origins: readonly Origin[]
}

interface Module {
  declarations: readonly Declaration[]
  /** Names from other files, by what they are called here. */
  imports: ReadonlyMap<string, Origin & { text: string }>
  /** Names of others that are handed on, by what they are called outside. */
  handedOn: ReadonlyMap<string, Origin & { isType: boolean }>
  /** Imports of packages, and what is handed on of them, as they stand. */
  kept: readonly { text: string; names: readonly string[] }[]
}

/** What can be reached of one file. */
export interface PublicFile {
  /** The path in src/, without an ending. */
  file: string
  /** Text of the file with what can be reached alone. */
  text: string
  /** The declarations that can be reached, in the order of the file, with their comments. */
  declarations: readonly string[]
}

export interface PublicDeclarations {
  files: readonly PublicFile[]
  /** By subpath (`.`, `./msw`): each exported name, with the file that declares it. */
  entries: ReadonlyMap<string, ReadonlyMap<string, string>>
}

/** Reads what the compiler wrote for the subpaths of package.json. Throws for a file that is named and not there. */
export function readPublicDeclarations(): PublicDeclarations {
  const reach = createReach()
  const entries = new Map([...listEntries()].map(([subpath, file]) => [subpath, reach.enter(file)]))
  return { files: reach.list(), entries }
}

/** Subpaths with declarations, each with its file: a path in src/ without an ending. */
function listEntries(): Map<string, string> {
  const { exports }: { exports: Record<string, string | { types: string }> } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  )
  const typed = Object.entries(exports).flatMap(([subpath, entry]) =>
    typeof entry === 'string' ? [] : [[subpath, entry.types] as const],
  )
  return new Map(
    typed.map(([subpath, types]) => [
      subpath,
      types.replace(/^\.\/dist\//, '').replace(/\.d\.ts$/, ''),
    ]),
  )
}

function createReach() {
  const modules = new Map<string, Module>()
  const reached = new Map<
    string,
    {
      declarations: Set<Declaration>
      handedOn: Set<string>
      imports: Set<string>
      kept: Set<string>
    }
  >()

  const open = (file: string) => {
    const module = modules.get(file) ?? readModule(file)
    const isNew = !modules.has(file)
    modules.set(file, module)
    const marks = reached.get(file) ?? {
      declarations: new Set(),
      handedOn: new Set(),
      imports: new Set(),
      kept: new Set(),
    }
    reached.set(file, marks)
    if (isNew)
      for (const declaration of module.declarations)
        if (declaration.names.length === 0) reachDeclaration(file, declaration)
    return { module, marks }
  }

  const reachDeclaration = (file: string, declaration: Declaration) => {
    const { module, marks } = open(file)
    if (marks.declarations.has(declaration)) return
    marks.declarations.add(declaration)
    for (const origin of declaration.origins) reachName(origin)
    for (const name of declaration.mentions) {
      for (const other of module.declarations)
        if (other.names.includes(name)) reachDeclaration(file, other)
      const imported = module.imports.get(name)
      if (!imported) continue
      marks.imports.add(name)
      reachName(imported)
    }
  }

  /** Gives the file that declares it. */
  const reachName = ({ file, name }: Origin): string => {
    const { module, marks } = open(file)
    if (name === '*') {
      for (const exported of [
        ...module.handedOn.keys(),
        ...module.declarations.flatMap(({ names }) => names),
      ])
        reachName({ file, name: exported })
      return file
    }
    const origin = module.handedOn.get(name)
    if (origin) {
      marks.handedOn.add(name)
      const isOwn = origin.file === file
      if (!isOwn) return reachName(origin)
      if (module.kept.some(({ names }) => names.includes(origin.name))) return file // a package's
    }
    if (module.kept.some(({ names }) => names.includes(name))) {
      marks.kept.add(name)
      return file
    }
    const declared = module.declarations.filter(({ names }) => names.includes(name))
    if (declared.length === 0) throw new Error(`${file} has no ${name}.`)
    for (const declaration of declared) reachDeclaration(file, declaration)
    return file
  }

  return {
    enter(file: string): ReadonlyMap<string, string> {
      const { module } = open(file)
      const exported = module.declarations
        .filter(({ isExported }) => isExported)
        .flatMap(({ names }) => names)
      const names = [...module.handedOn.keys(), ...exported].toSorted()
      return new Map(names.map((name) => [name, reachName({ file, name })]))
    },
    list: (): PublicFile[] =>
      [...reached]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([file, marks]) => {
          const { declarations, imports, handedOn, kept } = open(file).module
          const wanted = declarations.filter((declaration) => marks.declarations.has(declaration))
          const mentioned = new Set([
            ...wanted.flatMap(({ mentions }) => [...mentions]),
            ...marks.handedOn,
            ...marks.kept,
          ])
          const lines = [
            ...kept
              .filter(
                ({ names }) => names.length === 0 || names.some((name) => mentioned.has(name)),
              )
              .map(({ text }) => text),
            ...[...marks.imports].map((name) => imports.get(name)?.text ?? ''),
            ...[...marks.handedOn].map((name) => formatHandedOn(file, name, handedOn.get(name))),
            ...wanted.map(({ text }) => text),
            'export {};',
          ]
          return {
            file,
            text: `${lines.join('\n')}\n`,
            declarations: wanted.map(({ text }) => text),
          }
        }),
  }
}

function formatHandedOn(
  from: string,
  name: string,
  origin: (Origin & { isType: boolean }) | undefined,
): string {
  if (origin === undefined) throw new Error(`${from} does not hand on ${name}.`)
  if (origin.file === from)
    return `export { ${origin.name === name ? name : `${origin.name} as ${name}`} };`
  return `export ${origin.isType ? 'type ' : ''}{ ${origin.name === name ? name : `${origin.name} as ${name}`} } from '${formatSpecifier(from, origin.file)}';`
}

function formatSpecifier(from: string, to: string): string {
  const path = relative(dirname(from), to)
  return `${path.startsWith('.') ? path : `./${path}`}.js`
}

function readModule(file: string): Module {
  const place = FOLDERS.map((folder) => join(folder, `${file}.d.ts`)).find((path) =>
    existsSync(path),
  )
  if (place === undefined) throw new Error(`No declarations of ${file}: run the compiler first.`)
  const source = readFileSync(place, 'utf8')
  const { program, errors } = parseSync(place, source)
  if (errors.length > 0) throw new Error(`${place}: ${errors[0]?.message}`)
  return readStatements(file, source, program)
}

function readStatements(file: string, source: string, { body }: Program): Module {
  const declarations: Declaration[] = []
  const imports = new Map<string, Origin & { text: string }>()
  const handedOn = new Map<string, Origin & { isType: boolean }>()
  const kept: { text: string; names: string[] }[] = []
  let end = 0
  for (const statement of body) {
    const text = withSuffixes(source.slice(end, statement.end).trim())
    end = statement.end
    if (statement.type === 'ImportDeclaration') {
      const names = statement.specifiers.map(({ local }) => local.name)
      const from = locate(file, statement.source.value)
      if (from === undefined) kept.push({ text, names })
      for (const specifier of from === undefined ? [] : statement.specifiers) {
        const name = specifier.type === 'ImportSpecifier' ? nameOf(specifier.imported) : '*'
        const local = specifier.local.name
        const what =
          name === '*' ? `* as ${local}` : `{ ${name === local ? name : `${name} as ${local}`} }`
        if (from !== undefined)
          imports.set(local, {
            file: from,
            name,
            text: `import type ${what} from '${formatSpecifier(file, from)}';`,
          })
      }
    } else if (statement.type === 'ExportNamedDeclaration' && !statement.declaration) {
      const from = statement.source ? locate(file, statement.source.value) : file
      if (from === undefined)
        kept.push({ text, names: statement.specifiers.map(({ exported }) => nameOf(exported)) })
      for (const { exported, local, exportKind } of statement.specifiers) {
        const isType = exportKind === 'type' || statement.exportKind === 'type'
        if (from !== undefined)
          handedOn.set(nameOf(exported), { file: from, name: nameOf(local), isType })
      }
    } else if (
      statement.type === 'ExportNamedDeclaration' ||
      statement.type.startsWith('TS') ||
      statement.type.endsWith('Declaration')
    ) {
      declarations.push({
        ...readMentions(file, statement),
        text,
        isExported: statement.type === 'ExportNamedDeclaration',
      })
    } else {
      throw new Error(`${file}: ${statement.type} is not expected in declarations.`)
    }
  }
  return { declarations, imports, handedOn, kept }
}

function nameOf(node: { type: string; name?: string; value?: unknown }): string {
  return node.name ?? String(node.value)
}

/** The file of a relative specifier, `undefined` for a package. */
function locate(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.')
    ? join(dirname(from), specifier).replace(/\.[jt]s$/, '')
    : undefined
}

/** The compiler leaves `.ts` in specifiers of declarations. */
function withSuffixes(text: string): string {
  return text.replaceAll(/((?:from |import |import\()['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2')
}

/** A node of the parser's tree, as far as a walk needs to know it. */
type Node = Record<string, unknown>

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null
}

/** What a statement declares and names. A module augmentation declares nothing that could be asked for, and stays. */
function readMentions(
  file: string,
  statement: unknown,
): Pick<Declaration, 'names' | 'mentions' | 'origins'> {
  const mentions = new Set<string>()
  const origins: Origin[] = []
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk)
    if (!isNode(node)) return
    if (node['type'] === 'Identifier' && typeof node['name'] === 'string')
      mentions.add(node['name'])
    if (node['type'] === 'TSImportType') origins.push(...readImportType(file, node))
    for (const value of Object.values(node)) walk(value)
  }
  walk(statement)
  return { names: readNames(statement), mentions, origins }
}

function readImportType(file: string, { source, argument, qualifier }: Node): Origin[] {
  const literal = [source, argument].find(isNode)
  const inner = isNode(literal?.['literal']) ? literal['literal'] : literal
  const from = typeof inner?.['value'] === 'string' ? locate(file, inner['value']) : undefined
  const name = isNode(qualifier) && typeof qualifier['name'] === 'string' ? qualifier['name'] : '*'
  return from === undefined ? [] : [{ file: from, name }]
}

function readNames(statement: unknown): string[] {
  if (!isNode(statement)) return []
  const declared = isNode(statement['declaration']) ? statement['declaration'] : statement
  if (declared['type'] === 'TSModuleDeclaration') return []
  const variables = Array.isArray(declared['declarations'])
    ? declared['declarations'].filter(isNode)
    : [declared]
  return variables.flatMap(({ id }) =>
    isNode(id) && typeof id['name'] === 'string' ? [id['name']] : [],
  )
}
