import { MedkitError } from "../core/errors.ts";
import { onHangup } from "../core/hangup.ts";
import {
  currentSnapshot,
  needsVulnerabilities,
  openSnapshotLookup,
  readPolicy,
  type Policy,
  type PolicyGate,
  type ProxyConfig,
  type VulnerabilityLookup,
} from "../proxy/index.ts";
import type { CommandContext } from "./context.ts";
import { asMedkitError, errorText } from "./render/error.ts";
import { printable } from "./render/printable.ts";
import { chooseStyle } from "./render/style.ts";

/** Milliseconds between two looks at whether the vulnerability database has been renewed. */
const lookEvery = 5_000;

/** The rules that a configuration names, and the database that they look at. */
export interface LoadedPolicy {
  readonly policy: Policy;
  readonly vulnerabilities: VulnerabilityLookup | undefined;
}

/** `folder` is the mirrored database's. VULNDB_MISSING where a rule looks at vulnerabilities and none is there, VULNDB_DAMAGED. */
export async function loadPolicy(config: ProxyConfig, folder: string): Promise<LoadedPolicy> {
  const policy = readPolicy(config.policy ?? {});
  if (!needsVulnerabilities(policy)) return { policy, vulnerabilities: undefined };
  const snapshot = await currentSnapshot(folder);
  if (snapshot === undefined) throw new MedkitError("VULNDB_MISSING", { folder });
  return { policy, vulnerabilities: await openSnapshotLookup(snapshot) };
}

/** Exchanges the policy whenever it, or its database, has changed: whole, or not at all, and says which. */
export interface Reloading {
  readonly gate: PolicyGate;
  /** Folder of the mirrored vulnerability database. */
  readonly vulndb: string;
  /** Reads the configuration anew. */
  readonly read: () => Promise<ProxyConfig>;
}

/** Reads the policy anew at every SIGHUP, and when the vulnerability database has been renewed, until it is disposed of. */
export function reloadsPolicy(
  { streams, t, flags, ports }: CommandContext,
  { gate, vulndb, read }: Reloading,
): Disposable {
  let config: ProxyConfig | undefined;
  let seen: string | undefined;
  const reload = async (anew: boolean): Promise<void> => {
    try {
      if (anew || config === undefined) config = await read();
      seen = (await currentSnapshot(vulndb))?.id;
      const { policy, vulnerabilities } = await loadPolicy(config, vulndb);
      gate.replace(policy, vulnerabilities);
      streams.stderr.write(`${t.text("proxy.policy.reloaded", { count: policy.rules.length })}\n`);
    } catch (error) {
      const style = chooseStyle(flags.color, streams.stderr, ports.env);
      const said = printable(errorText(asMedkitError(error), t, style), style);
      streams.stderr.write(`${said}${t.text("proxy.policy.kept", { count: gate.policy.rules.length })}\n`);
    }
  };
  const look = async (): Promise<void> => {
    if (!needsVulnerabilities(gate.policy)) return;
    const id = (await currentSnapshot(vulndb).catch(() => undefined))?.id;
    if (id !== undefined && id !== seen) await reload(false);
  };
  // Without a mirrored database there is no policy yet that looks at one.
  void currentSnapshot(vulndb).then(
    (snapshot) => (seen ??= snapshot?.id),
    () => undefined,
  );
  const timer = setInterval(() => void look(), lookEvery);
  timer.unref();
  const hangups = onHangup(() => void reload(true));
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
      hangups[Symbol.dispose]();
    },
  };
}
