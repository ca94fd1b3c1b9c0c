import type { CauseTexts } from "../../types.ts";

export const networkCauses = {
  MODULES_UNREACHABLE: {
    title: "modules cannot be fetched",
    said: "Modules cannot be had from {what} ({outcome}).",
    why: "The go command fetches modules that are not in its cache from the proxies in GOPROXY. What it asks does not answer, answers with something else, or is switched off.",
    todo: "Point GOPROXY at a proxy that this host reaches, or mend what is between; with a kit: `. ./activate.sh`.",
  },
  CHECKSUM_DATABASE_UNREACHABLE: {
    title: "the checksum database cannot be reached",
    said: "The hash of a new module cannot be checked: {address} does not answer ({outcome}).",
    why: "A module whose hash is not in go.sum yet is looked up in the checksum database. In a closed network that is out of reach. medkit does not switch the check off.",
    todo: "Use a proxy or a kit that carries the records of the database, or add the hashes to go.sum where the database can be reached.",
  },
} as const satisfies Partial<CauseTexts>;
