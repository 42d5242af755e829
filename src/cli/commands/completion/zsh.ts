import type { CompletedOption, Completion, Place } from './places.ts'

/** Formats the completion script for zsh. It works as an autoloaded function, and when it is sourced. */
export function formatZsh(places: readonly Place[]): string {
  return `#compdef starttask
# zsh completion of starttask. Write it to a folder of $fpath, with the name _starttask.
${places.map((place) => formatFunction(place, places)).join('\n')}
if [[ $funcstack[1] == _starttask ]]; then
  _starttask "$@"
else
  compdef _starttask starttask
fi`
}

function formatFunction(place: Place, places: readonly Place[]): string {
  const lines = place.commands.length > 0 ? formatGroup(place, places) : formatCommand(place)
  return [`${nameFunction(place.path)}() {`, ...lines.map((line) => `  ${line}`), '}'].join('\n')
}

function formatGroup({ path, commands, options }: Place, places: readonly Place[]): string[] {
  const known = commands.filter(({ name }) =>
    places.some((place) => place.path === join(path, name)),
  )
  return [
    'local state line',
    'local -a subcommands', // not `commands`: zsh keeps the programs of $PATH in it, which are offered after `--`
    `subcommands=(${commands.map(({ name, description }) => quoteForShell(`${name}:${description.replaceAll(':', String.raw`\:`)}`)).join(' ')})`,
    `_arguments -C ${options.map(formatOption).join(' ')} '1:command:->command' '*::argument:->argument'`,
    'case $state in',
    `  command) _describe command subcommands ;;`,
    '  argument)',
    '    case $line[1] in',
    ...known.map(({ name }) => `      ${name}) ${nameFunction(join(path, name))} ;;`),
    ...(path === '' ? ['      help) _describe command subcommands ;;'] : []),
    '    esac ;;',
    'esac',
  ]
}

function formatCommand({ options, arguments: all, takesCommand }: Place): string[] {
  const specs = [
    ...options.map(formatOption),
    ...all.map(({ name, completion, isMany }, index) =>
      quoteForShell(`${isMany ? '*' : index + 1}:${name}:${formatAction(completion)}`),
    ),
  ]
  const command = [
    'integer separator=$words[(i)--]',
    'if (( separator < CURRENT )); then',
    '  shift separator words',
    '  (( CURRENT -= separator ))',
    '  _normal',
    '  return',
    'fi',
  ]
  return [...(takesCommand ? command : []), `_arguments ${specs.join(' ')}`]
}

function formatOption({
  name,
  description,
  value,
  completion,
  isRepeatable,
}: CompletedOption): string {
  const text = description.replaceAll(/[\\[\]:]/g, String.raw`\$&`)
  const action =
    value === undefined ? '' : `:${value.replaceAll(':', '')}:${formatAction(completion)}`
  return quoteForShell(`${isRepeatable ? '*' : ''}${name}[${text}]${action}`)
}

function formatAction(completion: Completion): string {
  switch (completion) {
    case 'file':
      return '_files'
    case 'folder':
      return '_files -/'
    case 'none':
      return ' '
    default:
      return `(${completion.words.join(' ')})`
  }
}

function nameFunction(path: string): string {
  return `_starttask${path === '' ? '' : `_${path.replaceAll(' ', '_')}`}`
}

function join(path: string, name: string): string {
  return `${path} ${name}`.trimStart()
}

function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
