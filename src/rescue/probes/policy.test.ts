import { describe, expect, test } from "vitest";
import { modeLetsThrough, modesLetRun, parseOverrides, policiesInForce, type PolicyFiles } from "./policy.ts";

const nobody = { uid: 1000, groups: [1000, 27], overrides: false };
const program = { mode: 0o100755, uid: 0, gid: 0, folder: false };

describe("modeLetsThrough", () => {
  test("the owner is judged by the owner's bit alone", () => {
    expect(modeLetsThrough({ ...program, mode: 0o100655, uid: 1000 }, nobody)).toBe(false);
    expect(modeLetsThrough({ ...program, mode: 0o100700, uid: 1000 }, nobody)).toBe(true);
  });
  test("a member of the group is judged by the group's bit alone", () => {
    expect(modeLetsThrough({ ...program, mode: 0o100705, gid: 27 }, nobody)).toBe(false);
    expect(modeLetsThrough({ ...program, mode: 0o100750, gid: 27 }, nobody)).toBe(true);
  });
  test("root needs one executable bit for a program, and none for a folder", () => {
    const root = { uid: 0, groups: [0], overrides: true };
    expect(modeLetsThrough({ ...program, mode: 0o100644 }, root)).toBe(false);
    expect(modeLetsThrough({ ...program, mode: 0o100601 }, root)).toBe(true);
    expect(modeLetsThrough({ ...program, mode: 0o040000, folder: true }, root)).toBe(true);
  });
  test("root of a namespace does not reach files of those who are not in it", () => {
    const root = { uid: 0, groups: [0], overrides: true };
    expect(modeLetsThrough({ mode: 0o040700, uid: 65534, gid: 65534, folder: true }, root)).toBe(false);
  });
});

test("CAP_DAC_OVERRIDE is the second bit", () => {
  expect(parseOverrides("Name:\tnode\nCapEff:\t000001ffffffffff\n")).toBe(true);
  expect(parseOverrides("Name:\tnode\nCapEff:\t0000000000000001\n")).toBe(false);
  expect(parseOverrides("")).toBeUndefined();
});

test("a program that everybody may run, and one that is not there", async () => {
  expect(await modesLetRun("/bin/sh")).toBe(true);
  expect(await modesLetRun("/nowhere/go")).toBe(false);
});

function files(content: Readonly<Record<string, string>>): PolicyFiles {
  return { read: async (path) => content[path] ?? "", exists: async (path) => path in content };
}

describe("policiesInForce", () => {
  test("nothing is known where nothing can be read", async () => {
    expect(await policiesInForce(files({}))).toEqual([]);
  });
  test("SELinux counts where it enforces", async () => {
    const permissive = { "/sys/fs/selinux/enforce": "0", "/proc/self/attr/current": "user_u:user_r:user_t:s0\0" };
    expect(await policiesInForce(files(permissive))).toEqual([]);
    expect(await policiesInForce(files({ ...permissive, "/sys/fs/selinux/enforce": "1" }))).toEqual([
      "SELinux (user_u:user_r:user_t:s0)",
    ]);
  });
  test("AppArmor counts where it confines us", async () => {
    const enabled = { "/sys/module/apparmor/parameters/enabled": "Y\n" };
    expect(await policiesInForce(files({ ...enabled, "/proc/self/attr/current": "unconfined\n" }))).toEqual([]);
    expect(await policiesInForce(files({ ...enabled, "/proc/self/attr/current": "ci-job (enforce)\n" }))).toEqual([
      "AppArmor (ci-job (enforce))",
    ]);
  });
  test("fapolicyd, IMA and the kernel's list", async () => {
    const found = await policiesInForce(
      files({
        "/run/fapolicyd/fapolicyd.fifo": "",
        "/sys/kernel/security/ima/policy": "measure func=MMAP_CHECK mask=MAY_EXEC\nappraise func=BPRM_CHECK\n",
        "/sys/kernel/security/lsm": "lockdown,capability,landlock,yama\n",
      }),
    );
    expect(found).toEqual(["fapolicyd", "IMA", "landlock"]);
  });
});
