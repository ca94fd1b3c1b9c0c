import type { toolCommands as source } from "../../en/commands/tool.ts";
import type { CommandText } from "../../types.ts";

export const toolCommands = {
  completion: {
    brief: "输出某种 shell 的补全脚本",
    about: "该脚本补全命令、选项及其取值。它是静态的：按 Tab 键不会启动 medkit。",
    args: { shell: "哪种 shell" },
    examples: [
      { line: "medkit completion bash", text: "bash：将输出存为 ~/.local/share/bash-completion/completions/medkit" },
      { line: "medkit completion zsh", text: "zsh：将输出存为 fpath 某个目录中的 `_medkit` 文件" },
      { line: "medkit completion fish", text: "fish：将输出存为 ~/.config/fish/completions/medkit.fish" },
    ],
  },
  explain: {
    brief: "解释一个错误：发生了什么、为什么、怎么办",
    about: "medkit 的每个错误都有错误码，写在消息后的方括号中。本命令无需网络即可显示该错误码的说明。",
    args: { code: "错误码，例如 LOCKED" },
    examples: [{ line: "medkit explain LOCKED", text: "了解为什么 medkit 不肯与另一个 medkit 同时启动" }],
  },
} as const satisfies Readonly<Record<keyof typeof source, CommandText>>;
