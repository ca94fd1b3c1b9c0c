import type { CauseTexts } from "../../types.ts";

export const networkCauses = {
  MODULES_UNREACHABLE: {
    title: "modules cannot be fetched",
    said: "Modules cannot be had from {what} ({outcome}).",
    why: "The go command fetches modules that are not in its cache from the proxies in GOPROXY. What it asks does not answer, answers with something else, or is switched off.",
    todo: "Point GOPROXY at a proxy that this host reaches, or mend what is between; with a kit: `. ./activate.sh`.",
  },
} as const satisfies Partial<CauseTexts>;
