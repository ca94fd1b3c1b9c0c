import { quoteForSh as quote } from "../../core/shell-quote.ts";
import { valueText, type CompletionNode } from "./model.ts";

/** `word:text` as _describe wants it, colons of the word escaped. */
function described(word: string, text: string): string {
  return quote(`${word.replaceAll(":", String.raw`\:`)}:${text}`);
}

function cases(
  nodes: readonly CompletionNode[],
  words: (node: CompletionNode) => readonly (readonly [string, string])[],
): string {
  return nodes
    .filter((node) => words(node).length > 0)
    .map(
      (node) =>
        `    ${quote(node.path)}) reply=(${words(node)
          .map(([word, text]) => `\n      ${described(word, text)}`)
          .join("")}\n    ) ;;`,
    )
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
    .map(([key, value]) => `    ${quote(key)}) REPLY=${quote(valueText(value))} ;;`)
    .join("\n");
}

export function zshScript(nodes: readonly CompletionNode[]): string {
  return `#compdef medkit
# zsh completion for medkit. Made by \`medkit completion zsh\`.

# The words that may follow a path of words, with what they mean.
__medkit_next() {
  reply=()
  case $1 in
${cases(nodes, ({ next }) => next.map(({ word, text }) => [word, text] as const))}
  esac
}

__medkit_flags() {
  reply=()
  case $1 in
${cases(nodes, ({ flags }) => flags.map(({ word, text }) => [word, text] as const))}
  esac
}

# What a flag of a path takes, or its argument with this number: a kind, and words. Nothing for a flag without a value.
__medkit_value() {
  REPLY=
  case $1:$2 in
${valueCases(nodes)}
  esac
}

__medkit_offer() {
  local kind=$1
  shift
  case $kind in
    file) _files ;;
    folder) _files -/ ;;
    list) compset -P '*,'; compadd -qS , -- "$@" ;;
    words) compadd -- "$@" ;;
    any) _message value ;;
  esac
}

_medkit() {
  local word flag= mpath= REPLY
  local -a reply
  local -i count=0 index
  for ((index = 2; index < CURRENT; index++)); do
    word=$words[index]
    if [[ -n $flag ]]; then flag=; continue; fi
    case $word in
      --)
        shift $index words
        (( CURRENT -= index ))
        _normal
        return ;;
      -*=*) continue ;;
      -*)
        __medkit_value "$mpath" "$word"
        [[ -n $REPLY ]] && flag=$word
        continue ;;
    esac
    __medkit_next "$mpath"
    if (( count == 0 && \${reply[(I)$word:*]} )); then mpath=$mpath\${mpath:+ }$word; else (( count++ )); fi
  done
  word=$words[CURRENT]
  if [[ -n $flag ]]; then
    __medkit_value "$mpath" "$flag"
    __medkit_offer \${=REPLY}
  elif [[ $word == --*=* ]]; then
    __medkit_value "$mpath" "\${word%%=*}"
    compset -P '*='
    __medkit_offer \${=REPLY}
  elif [[ $word == -* ]]; then
    __medkit_flags "$mpath"
    _describe -o flag reply
  else
    __medkit_value "$mpath" $count
    [[ -z $REPLY ]] && __medkit_value "$mpath" rest
    [[ -n $REPLY ]] && __medkit_offer \${=REPLY}
    __medkit_next "$mpath"
    (( count == 0 && $#reply )) && _describe command reply
  fi
}

if [[ \${funcstack[1]} == _medkit ]]; then _medkit "$@"; else compdef _medkit medkit; fi
`;
}
