import { quoteForSh as quote } from "../../core/shell-quote.ts";
import { valueText, type CompletionNode } from "./model.ts";

function cases(nodes: readonly CompletionNode[], words: (node: CompletionNode) => readonly string[]): string {
  return nodes
    .filter((node) => words(node).length > 0)
    .map((node) => `    ${quote(node.path)}) printf '%s\\n' ${words(node).map(quote).join(" ")} ;;`)
    .join("\n");
}

function valueCases(nodes: readonly CompletionNode[]): string {
  return nodes
    .flatMap((node) => [
      ...node.flags
        .filter(({ value }) => value.kind !== "none")
        .map(({ word, value }) => [`${node.path}:${word}`, value] as const),
      ...node.args.map(({ value, rest }, index) => [`${node.path}:${rest ? "rest" : index}`, value] as const),
    ])
    .map(([key, value]) => `    ${quote(key)}) printf '%s' ${quote(valueText(value))} ;;`)
    .join("\n");
}

/** Works with bash 3.2 (macOS) and later, with or without the bash-completion package. */
export function bashScript(nodes: readonly CompletionNode[]): string {
  return `# bash completion for medkit. Made by \`medkit completion bash\`.

# The words that may follow a path of words.
__medkit_next() {
  case $1 in
${cases(nodes, ({ next }) => next.map(({ word }) => word))}
  esac
}

__medkit_flags() {
  case $1 in
${cases(nodes, ({ flags }) => flags.map(({ word }) => word))}
  esac
}

# What a flag of a path takes, or its argument with this number: a kind, and words. Nothing for a flag without a value.
__medkit_value() {
  case $1:$2 in
${valueCases(nodes)}
  esac
}

# shellcheck disable=SC2207 # mapfile came with bash 4
__medkit_offer() {
  local kind=$1 cur=$2 IFS=$'\\n' prefix=''
  shift 2
  case $kind in
    file|folder)
      type compopt >/dev/null 2>&1 && compopt -o filenames
      if [ "$kind" = file ]; then COMPREPLY=($(compgen -f -- "$cur")); else COMPREPLY=($(compgen -d -- "$cur")); fi ;;
    list)
      case $cur in *,*) prefix=\${cur%,*}, ;; esac
      COMPREPLY=($(compgen -P "$prefix" -W "$*" -- "\${cur##*,}")) ;;
    words) COMPREPLY=($(compgen -W "$*" -- "$cur")) ;;
  esac
}

_medkit() {
  local cur=\${COMP_WORDS[COMP_CWORD]} path='' flag='' value next word count=0 index
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    # bash cuts --flag=value into three words.
    if [ "$word" = = ]; then continue; fi
    if [ -n "$flag" ]; then flag=''; continue; fi
    case $word in
      --)
        type compopt >/dev/null 2>&1 && compopt -o default
        return ;;
      -*)
        if [ -n "$(__medkit_value "$path" "$word")" ]; then flag=$word; fi
        continue ;;
    esac
    next=$path\${path:+ }$word
    if [ "$count" -eq 0 ] && __medkit_next "$path" | grep -qxF -e "$word"; then path=$next; else count=$((count + 1)); fi
  done
  if [ "$cur" = = ]; then cur=''; fi
  if [ -n "$flag" ]; then
    value=$(__medkit_value "$path" "$flag")
  elif [ "\${cur#-}" != "$cur" ]; then
    value="words $(__medkit_flags "$path" | tr '\\n' ' ')"
  else
    next=$(__medkit_next "$path" | tr '\\n' ' ')
    value=$(__medkit_value "$path" "$count")
    if [ -z "$value" ]; then value=$(__medkit_value "$path" rest); fi
    if [ "$count" -eq 0 ] && [ -n "$next" ]; then
      case $value in words*) value="$value $next" ;; *) value="words $next" ;; esac
    fi
  fi
  # shellcheck disable=SC2086 # cut into kind and words on purpose
  if [ -n "$value" ]; then set -- $value; __medkit_offer "$1" "$cur" "\${@:2}"; fi
}

complete -F _medkit medkit
`;
}
