import type { CommandText } from "../../types.ts";

export const toolCommands = {
  completion: {
    brief: "Print the completion script of a shell",
    about: "The script completes commands, flags and their values. It is static: pressing Tab never starts medkit.",
    args: { shell: "which shell" },
    examples: [
      {
        line: "medkit completion bash",
        text: "bash: put the output into ~/.local/share/bash-completion/completions/medkit",
      },
      { line: "medkit completion zsh", text: "zsh: put the output into a file `_medkit` in a folder of your fpath" },
      { line: "medkit completion fish", text: "fish: put the output into ~/.config/fish/completions/medkit.fish" },
    ],
  },
  explain: {
    brief: "Explain an error: what happened, why, what to do",
    about:
      "Every error of medkit has a code, which stands in brackets after its message. This prints the code's page, without a network.",
    args: { code: "the error's code, such as LOCKED" },
    examples: [{ line: "medkit explain LOCKED", text: "read why medkit would not start beside another one" }],
  },
} as const satisfies Readonly<Record<string, CommandText>>;
