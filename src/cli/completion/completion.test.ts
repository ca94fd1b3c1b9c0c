import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requires } from "../../../test/support/requirements.ts";
import { loadTranslator } from "../../i18n/index.ts";
import { bashScript } from "./bash.ts";
import { fishScript } from "./fish.ts";
import { completionModel, type CompletionNode } from "./model.ts";
import { zshScript } from "./zsh.ts";

const text = "it's a “test”: [x] $HOME `y` \\";
const global = [
  { word: "--json", text, value: { kind: "none" } },
  { word: "--lang", text, value: { kind: "words", words: ["en", "zh-CN"] } },
] as const;

/** A table with everything that a table can have. */
const nodes: readonly CompletionNode[] = [
  {
    path: "",
    next: [
      { word: "kit", text },
      { word: "build", text },
      { word: "exec", text },
    ],
    flags: global,
    args: [],
  },
  { path: "kit", next: [{ word: "verify", text }], flags: global, args: [] },
  {
    path: "kit verify",
    next: [],
    flags: [
      { word: "--out", text, value: { kind: "folder" } },
      { word: "--key", text, value: { kind: "file" } },
      { word: "--platform", text, value: { kind: "list", words: ["linux/amd64", "linux/arm64", "darwin/arm64"] } },
      { word: "--note", text, value: { kind: "any" } },
      ...global,
    ],
    args: [{ value: { kind: "file" }, rest: false }],
  },
  { path: "build", next: [{ word: "platforms", text }], flags: global, args: [{ value: { kind: "any" }, rest: true }] },
  { path: "build platforms", next: [], flags: global, args: [] },
  { path: "exec", next: [], flags: global, args: [{ value: { kind: "words", words: ["bash", "zsh"] }, rest: false }] },
];

let folder = "";
let scripts = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "medkit-completion-"));
  scripts = mkdtempSync(join(tmpdir(), "medkit-completion-"));
  writeFileSync(join(folder, "kit one.tgz"), "");
  writeFileSync(join(folder, "other.tgz"), "");
  mkdirSync(join(folder, "out folder"));
  writeFileSync(join(scripts, "medkit.bash"), bashScript(nodes));
  writeFileSync(join(scripts, "_medkit"), zshScript(nodes));
  writeFileSync(join(scripts, "medkit.fish"), fishScript(nodes));
});

afterAll(() => {
  for (const path of [folder, scripts]) rmSync(path, { recursive: true, force: true });
});

/** What a shell proposes after `medkit WORDS…`; the last word is the one that Tab is pressed at. */
type Complete = (...words: readonly string[]) => string[];

function lines(command: string, args: readonly string[]): string[] {
  const env = { PATH: process.env["PATH"] ?? "", HOME: folder, LC_ALL: "C.UTF-8", TERM: "dumb" };
  const run = spawnSync(command, args, { cwd: folder, env, encoding: "utf8" });
  expect(run.stderr).toBe("");
  return run.stdout
    .split("\n")
    .filter((line) => line !== "")
    .toSorted();
}

const bash: Complete = (...words) => {
  // As readline does: the words are cut at `=` too.
  const cut = words
    .flatMap((word) => (/^--[a-z]+=/.test(word) ? word.split(/(=)/) : [word]))
    .filter((word, index, all) => word !== "" || index === all.length - 1);
  const program = `. "$1/medkit.bash"; shift; COMP_WORDS=(medkit "$@"); COMP_CWORD=$#; _medkit 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return lines("bash", ["--norc", "-c", program, "bash", scripts, ...cut]);
};

const zsh: Complete = (...words) => {
  const program = `
    zmodload zsh/zpty
    zpty child zsh -f -i
    zpty -w child "PS1=; unsetopt zle_bracketed_paste; fpath=($1 \\$fpath); autoload -Uz compinit; compinit -D -u"
    zpty -w child 'compadd() { if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return $?; fi; typeset -a __hits; builtin compadd -A __hits "$@"; for __hit in "\${__hits[@]}"; do print -r -- "<hit>$__hit</hit>"; done; builtin compadd "$@" }'
    zpty -w child 'done-completing() { print -r -- "<done>" }; zle -N done-completing; bindkey "^I" complete-word; bindkey "^X" done-completing'
    zpty -w child 'print "<ready>"'
    zpty -r child line '*<ready>*<ready>*'
    zpty -n -w child "$2"$'\\t'$'\\030'
    zpty -r child line '*<done>*'
    print -r -- "$line"
  `;
  const typed = ["medkit", ...words].map((word) => word.replaceAll(" ", "\\ ")).join(" ");
  const output = spawnSync("zsh", ["-f", "-c", program, "zsh", scripts, typed], {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", HOME: folder, LC_ALL: "C.UTF-8", TERM: "dumb" },
    encoding: "utf8",
    timeout: 20_000,
  });
  return [...new Set([...output.stdout.matchAll(/<hit>(.*?)<\/hit>/g)].map((match) => match[1] ?? ""))].toSorted();
};

const fish: Complete = (...words) => {
  const typed = ["medkit", ...words].map((word) => word.replaceAll(" ", "\\ ")).join(" ");
  return lines("fish", [
    "--no-config",
    "-c",
    `source ${scripts}/medkit.fish; complete --do-complete $argv[1]`,
    typed,
  ]).map((line) => line.split("\t", 1)[0] ?? "");
};

for (const [name, complete] of Object.entries({ bash, zsh, fish })) {
  requires({ commands: [name] }).describe(name, () => {
    const bare = (hits: readonly string[]): string[] =>
      hits.map((hit) => hit.replace(/\/$/, "").replaceAll("\\", "")).toSorted();

    test("commands", () => {
      expect(complete("")).toEqual(["build", "exec", "kit"]);
      expect(complete("kit", "")).toEqual(["verify"]);
      expect(complete("b")).toContain("build");
      expect(complete("--json", "kit", "v")).toContain("verify");
      expect(complete("--lang", "en", "kit", "v")).toContain("verify");
    });

    test("flags", () => {
      const flags = complete("kit", "verify", "--");
      expect(flags).toEqual(expect.arrayContaining(["--json", "--key", "--lang", "--note", "--out", "--platform"]));
      expect(complete("kit", "verify", "x.tgz", "--pl")).toContain("--platform");
      expect(complete("build", "--")).not.toContain("--out");
    });

    test("values of a flag", () => {
      expect(complete("--lang", "")).toEqual(["en", "zh-CN"]);
      expect(complete("kit", "verify", "--lang", "z")).toContain("zh-CN");
      expect(complete("kit", "verify", "--note", "")).toEqual([]);
    });

    test("values after an equals sign", () => {
      const hits = complete("kit", "verify", "--lang=z");
      expect(hits.map((hit) => hit.replace("--lang=", ""))).toEqual(["zh-CN"]);
    });

    test("one value of a list after another", () => {
      expect(complete("kit", "verify", "--platform", "linux/am").map((hit) => hit.replace(/,$/, ""))).toContain(
        "linux/amd64",
      );
      const second = complete("kit", "verify", "--platform", "linux/amd64,dar").map((hit) =>
        hit.replace("linux/amd64,", ""),
      );
      expect(second.map((hit) => hit.replace(/,$/, ""))).toContain("darwin/arm64");
    });

    test("values of an argument", () => {
      expect(complete("exec", "")).toEqual(["bash", "zsh"]);
      expect(complete("exec", "bash", "")).toEqual([]);
    });

    test("files, with blanks in their names", () => {
      expect(bare(complete("kit", "verify", ""))).toEqual(["kit one.tgz", "other.tgz", "out folder"]);
      expect(bare(complete("kit", "verify", "--key", "ki"))).toEqual(["kit one.tgz"]);
    });

    test("folders", () => {
      expect(bare(complete("kit", "verify", "--out", ""))).toEqual(["out folder"]);
    });

    test("a command that is a group as well", () => {
      expect(complete("build", "")).toEqual(["platforms"]);
    });
  });
}

requires({ commands: ["bash", "zsh", "fish"] }).describe("the real scripts", () => {
  test("parse in their shells, in both languages", async () => {
    for (const lang of ["en", "zh-CN"] as const) {
      const model = completionModel(await loadTranslator(lang));
      expect(spawnSync("bash", ["--norc", "-n"], { input: bashScript(model), encoding: "utf8" }).stderr).toBe("");
      expect(spawnSync("zsh", ["-f", "-n"], { input: zshScript(model), encoding: "utf8" }).stderr).toBe("");
      const file = join(scripts, "real.fish");
      writeFileSync(file, fishScript(model));
      expect(spawnSync("fish", ["--no-config", "-n", file], { encoding: "utf8" }).stderr).toBe("");
    }
  });
});
