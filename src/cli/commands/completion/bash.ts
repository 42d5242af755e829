import type { Completion, Place } from './places.ts'

/** Formats the completion script for bash 3.2 and newer, which needs no other package. */
export function formatBash(places: readonly Place[]): string {
  return `# bash completion of starttask. Load it with: eval "$(starttask completion bash)"
_starttask_value() { # command, option: sets what its value is, or fails if it has none
  case "$1 $2" in
${listCases(listValues(places))}
    *) return 1 ;;
  esac
}
_starttask_argument() { # command, number of the argument: sets what it is
  case "$1 $2" in
${listCases(listArguments(places))}
    *) kind=file ;;
  esac
}
_starttask_complete() { # kind, words, start
  local IFS=$'\\n'
  case "$1" in
    words) IFS=' '; COMPREPLY=($(compgen -W "$2" -- "$3")) ;;
    folder) compopt -o filenames 2> /dev/null; COMPREPLY=($(compgen -d -- "$3")) ;;
    file) compopt -o filenames 2> /dev/null; COMPREPLY=($(compgen -f -- "$3")) ;;
    command) COMPREPLY=($(compgen -c -- "$3")) ;;
  esac
}
_starttask() {
  local start=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]}
  local path='' previous='' word index count=0 after=0 kind words
  COMPREPLY=()
  if [[ $start == '=' ]]; then start=''; elif [[ $before == '=' ]]; then before=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    if ((after > 0)); then
      ((after++))
    elif [[ $word == -- ]]; then
      case "$path" in ${listPaths(places.filter(({ takesCommand }) => takesCommand))}) after=1 ;; esac
    elif [[ $word != -* && $word != '=' ]] && ! _starttask_value "$path" "$previous"; then
      case "$path $word" in
${places
  .filter(({ path }) => path !== '')
  .map(
    ({ path }) =>
      `        ${quoteForShell(path.includes(' ') ? path : ` ${path}`)}) path=${quoteForShell(path)} ;;`,
  )
  .join('\n')}
        *) ((count++)) ;;
      esac
    fi
    [[ $word == '=' ]] || previous=$word
  done
  if ((after == 1)); then
    _starttask_complete command '' "$start"
  elif ((after > 1)); then
    _starttask_complete file '' "$start"
  elif _starttask_value "$path" "$before"; then
    _starttask_complete "$kind" "$words" "$start"
  elif [[ $start == -* ]]; then
    case "$path" in
${places.map(({ path, options }) => `      ${quoteForShell(path)}) words=${quoteForShell(options.map(({ name }) => name).join(' '))} ;;`).join('\n')}
    esac
    _starttask_complete words "$words" "$start"
  else
    case "$path" in
${places
  .filter(({ commands }) => commands.length > 0)
  .map(
    ({ path, commands }) =>
      `      ${quoteForShell(path)}) kind=words words=${quoteForShell(commands.map(({ name }) => name).join(' '))} ;;`,
  )
  .join('\n')}
      *) _starttask_argument "$path" "$count" ;;
    esac
    _starttask_complete "$kind" "$words" "$start"
  fi
}
complete -F _starttask starttask`
}

type Pattern = readonly [pattern: string, completion: Completion]

function listValues(places: readonly Place[]): Pattern[] {
  return places.flatMap(({ path, options }) =>
    options
      .filter(({ value }) => value !== undefined)
      .map(({ name, completion }) => [`${path} ${name}`, completion] as const),
  )
}

/** Arguments that are not files. */
function listArguments(places: readonly Place[]): Pattern[] {
  return places.flatMap(({ path, arguments: all }) =>
    all.flatMap(({ completion }, index) =>
      completion === 'file' ? [] : [[`${path} ${index}`, completion] as const],
    ),
  )
}

function listCases(patterns: readonly Pattern[]): string {
  const byAction = Map.groupBy(patterns, ([, completion]) =>
    typeof completion === 'string'
      ? `kind=${completion}`
      : `kind=words words=${quoteForShell(completion.words.join(' '))}`,
  )
  return [...byAction]
    .map(
      ([action, all]) =>
        `    ${all.map(([pattern]) => quoteForShell(pattern)).join(' | ')}) ${action} ;;`,
    )
    .join('\n')
}

function listPaths(places: readonly Place[]): string {
  return places.map(({ path }) => quoteForShell(path)).join(' | ')
}

function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
