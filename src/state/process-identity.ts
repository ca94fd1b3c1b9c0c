import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { systemCode } from "../core/errors.ts";

/** Names one run of one process, so that a reused process id is not taken for it. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When the process started, in the system's own unit; empty where it cannot be told. */
  readonly start: string;
  readonly host: string;
  /** Changes with every boot; empty where the system has none. */
  readonly boot: string;
  /** The pid and time namespaces: in another one the number `pid` means another process. */
  readonly namespace: string;
}

/** Whether a process still runs; `unknown` where it cannot be seen from here (another host, another namespace). */
export type Liveness = "alive" | "dead" | "unknown";

function read(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

/** `zombie` has ended and only waits for its parent; see proc(5) for the fields. */
function startFromProc(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`);
  // The command name in parentheses can hold anything, parentheses too; it ends at the last one.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, start] = [fields[0], fields[19]];
  if (state === "Z" || state === "X") return "zombie";
  return start !== undefined && /^\d+$/.test(start) ? start : undefined;
}

/** macOS has no /proc: ps tells the start to the second. The zone is fixed, since the text is compared. */
function startFromPs(pid: number): string | undefined {
  try {
    const text = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
      env: { PATH: "/bin:/usr/bin", LC_ALL: "C", TZ: "UTC" },
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 5000,
    });
    return text.toString("utf8").trim() || undefined;
  } catch {
    return undefined;
  }
}

const hasProc = process.platform === "linux";

let own: ProcessIdentity | undefined;

/** The identity of this process. */
export function ownIdentity(): ProcessIdentity {
  own ??= {
    pid: process.pid,
    start: (hasProc ? startFromProc(process.pid) : startFromPs(process.pid)) ?? "",
    host: hostname(),
    boot: read("/proc/sys/kernel/random/boot_id"),
    namespace: [link("/proc/self/ns/pid"), link("/proc/self/ns/time")].join(" ").trim(),
  };
  return own;
}

/** Judges on the safe side: `dead` only where no process can still act under that identity. */
export function liveness(identity: ProcessIdentity): Liveness {
  const here = ownIdentity();
  if (identity.host !== here.host) return "unknown";
  if (identity.boot !== here.boot) return identity.boot !== "" && here.boot !== "" ? "dead" : "unknown";
  if (identity.namespace !== here.namespace) return "unknown";
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    if (systemCode(error) === "ESRCH") return "dead";
    if (systemCode(error) !== "EPERM") return "unknown";
  }
  const start = hasProc ? startFromProc(identity.pid) : startFromPs(identity.pid);
  if (start === "zombie") return "dead";
  if (start === undefined || identity.start === "") return "alive";
  return start === identity.start ? "alive" : "dead";
}

/** Reads an identity back from parsed JSON; undefined where it is not one. */
export function parseIdentity(value: unknown): ProcessIdentity | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { pid, start, host, boot, namespace } = value as Record<string, unknown>;
  if (typeof pid !== "number" || !Number.isSafeInteger(pid) || pid < 1) return undefined;
  if (
    typeof start !== "string" ||
    typeof host !== "string" ||
    typeof boot !== "string" ||
    typeof namespace !== "string"
  )
    return undefined;
  return { pid, start, host, boot, namespace };
}

/** A short name that no other act uses. */
export function uniqueToken(): string {
  return randomBytes(10).toString("hex");
}

/** Whether parsed JSON is the identity of a process that can act no more. */
export function isDeadProcess(value: unknown): boolean {
  const identity = parseIdentity(value);
  return identity !== undefined && liveness(identity) === "dead";
}
