import type { ErrorTexts } from "../../types.ts";

/** The store of modules, filled and checked on purpose. */
export const mirrorErrors = {
  SOURCE_LINE_INVALID: {
    message: "{file}, line {line}: `{text}` names no module version.",
    hint: "Write one `module@version` a line, as in `golang.org/x/sync@v0.8.0`; `latest`, `v1.2` and branches stand for versions, and `#` begins a remark.",
    why: "A line that is passed over in silence is a module that is missing when nobody can fetch it any more.",
  },
  BINARY_UNREADABLE: {
    message: "{path} does not say which modules it was built of: {problem}.",
    hint: "Name the program's folder with its go.mod instead, or a list of `module@version` lines.",
    why: "Since Go 1.18 the linker writes the list of modules into each binary. Older binaries, other programs, and some packers' results have none that can be read here.",
  },
  STORE_INCOMPLETE: {
    message: "{count} of what was asked for cannot be had: {first}.",
    hint: "See the list for the reason of each. Once the source has it, or the network is there, run the same command again: what is stored is not fetched twice.",
    why: "All that could be had is stored and proven. A client that needs what is missing would fail in the closed network, so the command does not end as done.",
  },
  STORE_DAMAGED: {
    message: "{count} findings in the store {store}: {first}.",
    hint: "`medkit module mirror verify --repair` removes what is damaged and fetches it again where a source is at hand.",
    why: "What is stored was proven when it came. A finding means that it changed afterwards: a disk that fails, a copy that was cut, or somebody's hand. The proxy serves nothing that it finds changed, and checks what it sends the first time since its start; this check reads all.",
  },
  STORE_NOT_FOUND: {
    message: "There is no store of modules at {store}.",
    hint: "Name it with `--store`, or fill one with `medkit module mirror sync`.",
    why: "A mistyped folder must not look like an empty store that is in good order.",
  },
} as const satisfies Partial<ErrorTexts>;
