import { quoteForFish as quote } from "../../core/shell-quote.ts";
import type { CompletionNode, Value } from "./model.ts";

function valueOptions(value: Value): string {
  switch (value.kind) {
    case "none":
      return "";
    case "any":
      return " -x";
    case "file":
      return " -r -F";
    case "folder":
      return " -x -a '(__fish_complete_directories)'";
    case "words":
      return ` -x -a ${quote(value.words.join(" "))}`;
    case "list":
      return ` -x -a ${quote(`(__fish_append , ${value.words.join(" ")})`)}`;
  }
}

function argLine(path: string, index: number, value: Value, rest: boolean): string[] {
  const condition = quote(`__medkit_at ${JSON.stringify(path)} ${rest ? `${index}+` : index}`);
  if (value.kind === "file" || value.kind === "folder") return [`complete -c medkit -n ${condition} -F`];
  return "words" in value ? [`complete -c medkit -n ${condition} -a ${quote(value.words.join(" "))}`] : [];
}

function nodeLines({ path, next, flags, args }: CompletionNode, global: ReadonlySet<string>): string[] {
  const here = quote(`__medkit_at ${JSON.stringify(path)} 0`);
  const inside = quote(`__medkit_at ${JSON.stringify(path)} 0+`);
  return [
    ...next.map(({ word, text }) => `complete -c medkit -n ${here} -a ${quote(word)} -d ${quote(text)}`),
    ...flags
      .filter(({ word }) => !global.has(word))
      .map(
        ({ word, text, value }) =>
          `complete -c medkit -n ${inside} -l ${word.slice(2)}${valueOptions(value)} -d ${quote(text)}`,
      ),
    ...args.flatMap(({ value, rest }, index) => argLine(path, index, value, rest)),
  ];
}

export function fishScript(nodes: readonly CompletionNode[]): string {
  const global = nodes[0]?.flags ?? [];
  const globalWords = new Set(global.map(({ word }) => word));
  const valued = new Set(
    nodes.flatMap(({ flags }) => flags.filter(({ value }) => value.kind !== "none").map(({ word }) => word)),
  );
  return `# fish completion for medkit. Made by \`medkit completion fish\`.

# Whether the words typed so far are this command, with this many arguments (\`1+\`: one or more), and \`--\` is not among them.
function __medkit_at
    set -l paths ${nodes
      .filter(({ path }) => path !== "")
      .map(({ path }) => quote(path))
      .join(" ")}
    set -l valued ${[...valued].join(" ")}
    set -l words (commandline -opc)
    set -l path ''
    set -l count 0
    set -l skip 0
    for word in $words[2..-1]
        if test $skip -eq 1
            set skip 0
        else if test "$word" = --
            return 1
        else if string match -q -- '-*' $word
            contains -- $word $valued; and set skip 1
        else
            set -l longer (string trim -- "$path $word")
            if test $count -eq 0; and contains -- $longer $paths
                set path $longer
            else
                set count (math $count + 1)
            end
        end
    end
    test "$path" = "$argv[1]"; or return 1
    if string match -q -- '*+' $argv[2]
        test $count -ge (string trim -r -c + -- $argv[2])
    else
        test $count -eq $argv[2]
    end
end

function __medkit_after_dashes
    contains -- -- (commandline -opc)
end

complete -c medkit -f
complete -c medkit -n __medkit_after_dashes -F
${global.map(({ word, text, value }) => `complete -c medkit -n 'not __medkit_after_dashes' -l ${word.slice(2)}${word === "--help" ? " -s h" : ""}${valueOptions(value)} -d ${quote(text)}`).join("\n")}
${nodes.flatMap((node) => nodeLines(node, globalWords)).join("\n")}
`;
}
