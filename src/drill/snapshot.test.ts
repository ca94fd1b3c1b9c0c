import { describe, expect, test } from "vitest";
import { assignedName, compareSnapshots, steadyLines } from "./snapshot.ts";

const same = {
  env: "A=1\nPATH=/bin\n",
  export: "export A='1'\n",
  set: "A=1\nPPID=4\n",
  exact: "$ |/bin|s|",
  shell: "umask 022\n",
};

describe("assignedName", () => {
  test("in the ways that shells print variables", () => {
    const lines = [
      "A=1",
      "export A='1'",
      "export A",
      'declare -x A="1"',
      "typeset -x A=1",
      "'?'=0",
      "export -- A=1",
      "typeset -ax -g A=1",
    ];
    expect(lines.map(assignedName)).toEqual(["A", "A", "A", "A", "A", "?", "A", "A"]);
    expect(assignedName("second line of a value")).toBeUndefined();
  });
});

describe("compareSnapshots", () => {
  test("the order of variables and what a shell changes by itself do not count", () => {
    const after = { ...same, env: "PATH=/bin\nA=1\n_=/usr/bin/env\n", set: "PPID=4\nA=1\nRANDOM=77\ndrill_answer=x\n" };
    expect(compareSnapshots(same, after)).toEqual([]);
  });

  test("one changed byte, a lost export and an unset variable are told", () => {
    const after = { ...same, env: "A=1 \nPATH=/bin\n", export: "", exact: "$ |/bin:|s|" };
    expect(compareSnapshots(same, after)).toEqual([
      "env: - A=1",
      "env: + A=1 ",
      "export: - export A='1'",
      "exact: - $ |/bin|s|",
      "exact: + $ |/bin:|s|",
    ]);
  });

  test("a line that is there twice now is a difference", () => {
    expect(compareSnapshots(same, { ...same, shell: "umask 022\numask 022\n" })).toEqual(["shell: + umask 022"]);
  });

  test("exact text is not cut into lines", () => {
    expect(steadyLines("exact", "a\nb")).toEqual(["a\nb"]);
  });
});
