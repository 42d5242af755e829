import type { CompletedOption, Completion, Place } from './places.ts'

/** Formats the completion script for fish. */
export function formatFish(places: readonly Place[]): string {
  const nested = places
    .filter(({ path }) => path.includes(' '))
    .map(({ path }) => quoteForShell(path))
  return `# fish completion of starttask. Write it to ~/.config/fish/completions/starttask.fish.
function __starttask_at --argument-names path
    set -l words
    for word in (commandline -opc)[2..]
        test "$word" = --; and return 1
        string match -q -- '-*' $word; or set -a words $word
    end
    if contains -- "$words[1] $words[2]" ${nested.join(' ')}
        test "$words[1] $words[2]" = "$path"
    else
        test "$words[1]" = "$path"
    end
end
function __starttask_command
    set -l words (commandline -opc)
    set -l separator (contains -i -- -- $words); or return 1
    contains -- "$words[2]" ${listFirst(places.filter(({ takesCommand }) => takesCommand))}; or return 1
    complete -C (string join ' ' -- (string escape -- $words[(math $separator + 1)..]) (commandline -ct))
end
complete -c starttask -f
complete -c starttask -a '(__starttask_command)'
${places.flatMap(formatPlace).join('\n')}`
}

function formatPlace({ path, commands, options, arguments: all }: Place): string[] {
  const start = `complete -c starttask -n ${quoteForShell(`__starttask_at ${quoteForShell(path)}`)}`
  const [first] = all
  const completed = first ? [`${start}${formatCompletion(first.completion)}`] : []
  const takesFiles = all.slice(1).some(({ completion }) => completion === 'file')
  return [
    ...commands.map(
      ({ name, description }) =>
        `${start} -a ${quoteForShell(name)} -d ${quoteForShell(description)}`,
    ),
    ...options.map((option) => `${start}${formatOption(option)}`),
    ...completed,
    ...(takesFiles && first?.completion !== 'file' ? [`${start} -F`] : []),
  ]
}

function formatOption({ name, description, value, completion }: CompletedOption): string {
  const takes = value === undefined ? '' : ` -r${formatCompletion(completion)}`
  return ` -l ${name.replace('--', '')}${takes} -d ${quoteForShell(description)}`
}

function formatCompletion(completion: Completion): string {
  switch (completion) {
    case 'file':
      return ' -F'
    case 'folder':
      return ` -f -a '(__fish_complete_directories (commandline -ct))'`
    case 'none':
      return ' -f'
    default:
      return ` -f -a ${quoteForShell(completion.words.join(' '))}`
  }
}

function listFirst(places: readonly Place[]): string {
  return [...new Set(places.map(({ path }) => path.split(' ')[0] ?? ''))]
    .map(quoteForShell)
    .join(' ')
}

function quoteForShell(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`
}
