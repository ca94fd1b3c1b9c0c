import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { systemCode } from "../../core/errors.ts";

/** Who a process is, as far as the kernel's check of mode bits looks at it. */
export interface Identity {
  readonly uid: number;
  readonly groups: readonly number[];
  /** CAP_DAC_OVERRIDE (capabilities(7)): mode bits do not count, but that a program needs one executable bit. */
  readonly overrides: boolean;
}

interface Owned {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly folder: boolean;
}

/** The owner that the kernel shows for files of users who are not mapped into a user namespace: there capabilities do not reach. */
const unmapped = 65534;

/** Whether mode bits let somebody run a program, or go through a folder (path_resolution(7)). */
export function modeLetsThrough({ mode, uid, gid, folder }: Owned, who: Identity): boolean {
  if (who.overrides && uid !== unmapped) return folder || (mode & 0o111) !== 0;
  if (uid === who.uid) return (mode & 0o100) !== 0;
  return (mode & (who.groups.includes(gid) ? 0o010 : 0o001)) !== 0;
}

/** Reads `CapEff` of /proc/self/status (proc(5)); undefined where there is none. */
export function parseOverrides(status: string): boolean | undefined {
  const digits = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  return digits === undefined ? undefined : (BigInt(`0x${digits}`) & 2n) !== 0n;
}

/** The mask of new files' modes, from /proc/self/status; undefined where it cannot be told. */
export async function readUmask(): Promise<number | undefined> {
  const digits = /^Umask:\s*([0-7]+)$/m.exec(await readFile("/proc/self/status", "utf8").catch(() => ""))?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 8);
}

async function thisProcess(): Promise<Identity> {
  const [uid, gid] = [process.geteuid?.() ?? 0, process.getegid?.() ?? 0];
  const status = await readFile("/proc/self/status", "utf8").catch(() => "");
  return { uid, groups: [gid, ...(process.getgroups?.() ?? [])], overrides: parseOverrides(status) ?? uid === 0 };
}

/**
 * Whether mode bits, from the root folder down, let this process run a program. Then a refusal of the kernel comes from elsewhere: from a policy,
 * a mount option, or the server that the file system lies on. A path that leads nowhere gives false.
 */
export async function modesLetRun(path: string): Promise<boolean> {
  const who = await thisProcess();
  const steps = [path];
  for (let at = path; at !== dirname(at); at = dirname(at)) steps.unshift(dirname(at));
  for (const step of steps) {
    try {
      const info = await stat(step);
      if (!modeLetsThrough({ mode: info.mode, uid: info.uid, gid: info.gid, folder: info.isDirectory() }, who))
        return false;
    } catch (error) {
      // All folders above may be gone through, and still nobody may look: no mode bit says so.
      return ["EACCES", "EPERM"].includes(systemCode(error) ?? "");
    }
  }
  return true;
}

export interface PolicyFiles {
  /** Content of a file below `/`; empty where it cannot be read. */
  read(path: string): Promise<string>;
  exists(path: string): Promise<boolean>;
}

const realFiles: PolicyFiles = {
  read: (path) => readFile(path, "utf8").catch(() => ""),
  exists: (path) =>
    stat(path).then(
      () => true,
      () => false,
    ),
};

/** Security policies that are in force here and could refuse a program, by name, most telling first. Which of them it was only its own log tells. */
export async function policiesInForce(files: PolicyFiles = realFiles): Promise<readonly string[]> {
  const security = "/sys/kernel/security";
  const lsm = (await files.read(join(security, "lsm"))).trim().split(",");
  const domain = (await files.read("/proc/self/attr/current")).replace(/\0/g, "").trim();
  const found: string[] = [];
  if ((await files.read("/sys/fs/selinux/enforce")).trim() === "1")
    found.push(domain === "" ? "SELinux" : `SELinux (${domain})`);
  if (await files.exists("/run/fapolicyd/fapolicyd.fifo")) found.push("fapolicyd");
  // A policy that was loaded can be read by root only; what counts is that there is one that appraises.
  if (/^appraise\b.*(?:BPRM_CHECK|MMAP_CHECK)|appraise_tcb/m.test(await files.read(join(security, "ima", "policy"))))
    found.push("IMA");
  if (
    (await files.read("/sys/module/apparmor/parameters/enabled")).trim() === "Y" &&
    /\((?:enforce|kill)\)$/.test(domain)
  )
    found.push(`AppArmor (${domain})`);
  for (const name of ["landlock", "smack", "tomoyo", "bpf", "ipe"]) if (lsm.includes(name)) found.push(name);
  return found;
}
