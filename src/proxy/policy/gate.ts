import { dropOldest } from "../../core/drop-oldest.ts";
import type { Ports } from "../../core/ports.ts";
import type { ModuleVersion } from "../../module/index.ts";
import { judge, judgePath, narrow, nextEnd } from "./decide.ts";
import type { Policy, ReleaseTime, Verdict, VulnerabilityLookup } from "./types.ts";

/** Modules whose rules are remembered; the oldest goes first. */
const mostRemembered = 1_000;

/** The policy in force, which can be exchanged while the server runs: whole, or not at all. */
export class PolicyGate {
  readonly #clock: Pick<Ports["clock"], "now">;
  #policy: Policy;
  #vulnerabilities: VulnerabilityLookup | undefined;
  #epoch = 0;
  #nextEnd: number;
  /** What of the policy is about a module: its versions are judged by the hundred. */
  readonly #narrowed = new Map<string, Policy>();

  constructor(clock: Pick<Ports["clock"], "now">, policy: Policy, vulnerabilities: VulnerabilityLookup | undefined) {
    this.#clock = clock;
    this.#policy = policy;
    this.#vulnerabilities = vulnerabilities;
    this.#nextEnd = nextEnd(policy, clock.now());
  }

  /** Another number whenever something that was allowed may be refused by now: a new policy, a new database, the end of an exception. */
  get epoch(): number {
    const now = this.#clock.now();
    if (now.getTime() >= this.#nextEnd) {
      this.#epoch++;
      this.#nextEnd = nextEnd(this.#policy, now);
    }
    return this.#epoch;
  }

  get policy(): Policy {
    return this.#policy;
  }

  get vulnerabilities(): VulnerabilityLookup | undefined {
    return this.#vulnerabilities;
  }

  replace(policy: Policy, vulnerabilities: VulnerabilityLookup | undefined): void {
    this.#policy = policy;
    this.#vulnerabilities = vulnerabilities;
    this.#nextEnd = nextEnd(policy, this.#clock.now());
    this.#narrowed.clear();
    this.#epoch++;
  }

  /** Milliseconds: what has this age is not too young for any rule. */
  get oldEnough(): number {
    return Math.max(0, ...this.#policy.rules.map((each) => each.minAge?.milliseconds ?? 0));
  }

  /** As `judge` says, now. */
  judge(module: ModuleVersion, time: ReleaseTime): Verdict | undefined {
    const findings = () => this.#vulnerabilities?.find(module) ?? [];
    return judge(this.#about(module.path), module, { now: this.#clock.now(), time, findings });
  }

  /** As `judgePath` says, now. */
  judgePath(path: string): Verdict | undefined {
    return judgePath(this.#about(path), path, this.#clock.now());
  }

  #about(path: string): Policy {
    const known = this.#narrowed.get(path);
    if (known !== undefined) return known;
    const narrowed = narrow(this.#policy, path);
    this.#narrowed.set(path, narrowed);
    dropOldest(this.#narrowed, mostRemembered);
    return narrowed;
  }

  now(): Date {
    return this.#clock.now();
  }
}
