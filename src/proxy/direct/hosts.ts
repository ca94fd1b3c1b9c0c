import { isIP } from "node:net";
import { matchPrefixPatterns } from "../../module/index.ts";
import type { DirectSettings, HostTrust } from "./types.ts";

interface HostRule {
  /** A host, or Go's glob of one. */
  readonly glob: string;
  readonly port: number;
}

/** Which hosts version control may be asked at: those of module path patterns, those of a list, and every public one where all modules may be fetched. */
export class AllowedHosts {
  readonly #rules: readonly HostRule[];
  readonly #any: boolean;

  /** `patterns` of module paths that are fetched from version control. */
  constructor(patterns: readonly string[], { hosts, any }: Pick<DirectSettings, "hosts" | "any">) {
    const ofPatterns = patterns.map((pattern) => hostRule(pattern.split("/", 1)[0] ?? ""));
    const all = [...ofPatterns, ...hosts.map(hostRule)];
    this.#rules = all.filter(namesSomething);
    // `*` names no host: it means all, and so none that is inside.
    this.#any = any || all.length > this.#rules.length;
  }

  trust(host: string, port: number): HostTrust {
    const name = plainHost(host);
    const isNumeric = isIP(name) !== 0;
    const named = this.#rules.some((rule) => {
      if (rule.port !== port) return false;
      return rule.glob === name || (!isNumeric && matchPrefixPatterns(rule.glob, name));
    });
    if (named) return "named";
    // A bare address, or a name of the local network, is nothing that a public module lies at.
    return this.#any && port === 443 && !isNumeric && name.includes(".") ? "public" : undefined;
  }
}

/** As certificates and DNS compare it. */
function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
}

function hostRule(text: string): HostRule {
  const [, host = text, port] = /^(.*):([0-9]{1,5})$/.exec(text) ?? [];
  return { glob: plainHost(host), port: port === undefined ? 443 : Number(port) };
}

/** Whether a rule says at least where hosts belong: its last label has no wildcard. */
function namesSomething({ glob }: HostRule): boolean {
  return !/[*?[\\]/.test(glob.slice(glob.lastIndexOf(".") + 1));
}
