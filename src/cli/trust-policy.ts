import { dirname, join } from "node:path";
import { MedkitError } from "../core/errors.ts";
import { meetsTrust } from "../core/evidence.ts";
import { readRegularFile } from "../core/regular-file.ts";
import { TRUST_LEVELS, type TrustLevel } from "../core/toolchain-words.ts";
import { nearestFile, type StoredToolchain } from "../goroot/index.ts";
import type { CommandContext } from "./context.ts";

/** What is demanded where nobody says anything. */
const usual: TrustLevel = "checksum-database";

interface Minimum {
  readonly level: TrustLevel;
  /** Who demands it, for errors. */
  readonly place: string;
}

function asLevel(text: string): TrustLevel | undefined {
  return TRUST_LEVELS.find((level) => level === text);
}

/** `trust:` of the nearest medkit.yaml, or of `--config`. Only the one line is read: a command that needs no more should not load a parser. */
async function fromConfiguration({ ports, flags }: CommandContext): Promise<Minimum | undefined> {
  const found =
    flags.config === undefined
      ? await nearestFile(ports.cwd, ["medkit.yaml"])
      : { path: flags.config, text: (await readRegularFile(flags.config)) ?? "" };
  const line = /^trust:[ \t]*(.*)$/m.exec(found?.text ?? "");
  if (found === undefined || line === null) return undefined;
  const value = (line[1] ?? "")
    .replace(/\s+#.*$/, "")
    .replace(/^(["'])(.*)\1\s*$/, "$2")
    .trim();
  const level = asLevel(value);
  if (level === undefined)
    throw new MedkitError("CONFIG_INVALID", {
      file: found.path,
      line: found.text.slice(0, line.index).split("\n").length,
      problem: `trust: ${TRUST_LEVELS.join(", ")}`,
    });
  return { level, place: join(dirname(found.path), "medkit.yaml") === found.path ? "medkit.yaml" : found.path };
}

/** MEDKIT_TRUST: a person's or a host's own minimum. */
function fromEnvironment({ ports }: CommandContext): Minimum | undefined {
  const text = ports.env["MEDKIT_TRUST"]?.trim() ?? "";
  if (text === "") return undefined;
  const level = asLevel(text);
  if (level === undefined)
    throw new MedkitError("CONFIG_INVALID", { file: "MEDKIT_TRUST", line: 1, problem: TRUST_LEVELS.join(", ") });
  return { level, place: "MEDKIT_TRUST" };
}

/** The stronger of what the environment and the project's configuration demand; undefined where neither does. */
async function configuredMinimum(context: CommandContext): Promise<Minimum | undefined> {
  const [own, project] = [fromEnvironment(context), await fromConfiguration(context)];
  if (own === undefined || project === undefined) return own ?? project;
  return meetsTrust(own.level, project.level) ? own : project;
}

/**
 * The least evidence that counts for this command. `asked` (`--trust`) goes before the usual minimum in both directions, but never below a configured one:
 * TRUST_BELOW_MINIMUM. MEDKIT_TRUST may lower the usual minimum; a project's file, which came with somebody's code, may only raise it.
 */
export async function demandedTrust(context: CommandContext, asked: TrustLevel | undefined): Promise<TrustLevel> {
  const configured = await configuredMinimum(context);
  if (asked !== undefined) {
    if (configured !== undefined && !meetsTrust(asked, configured.level))
      throw new MedkitError("TRUST_BELOW_MINIMUM", {
        wanted: asked,
        minimum: configured.level,
        place: configured.place,
      });
    return asked;
  }
  if (configured === undefined) return usual;
  return configured.place !== "MEDKIT_TRUST" && !meetsTrust(configured.level, usual) ? usual : configured.level;
}

/** Refuses an installed toolchain that has less than the configuration demands. TOOLCHAIN_TRUST_MISSING. */
export async function demandConfiguredTrust(context: CommandContext, stored: StoredToolchain): Promise<void> {
  const minimum = (await configuredMinimum(context))?.level;
  if (minimum === undefined || meetsTrust(stored.record?.trust, minimum)) return;
  throw new MedkitError("TOOLCHAIN_TRUST_MISSING", { wanted: minimum, has: stored.record?.trust ?? "-" });
}
