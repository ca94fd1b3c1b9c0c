import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Fault, FaultStage } from "../types.ts";

/**
 * Landlock (landlock(7)), in the only language besides our own runtime's that a plain host has: beneath the folders before `--` programs may be
 * started, elsewhere not. Numbers are those of the generic system call table, which both processors share; LANDLOCK_ACCESS_FS_EXECUTE is 1.
 */
const restrict = `use strict;
my $rules = syscall(444, my $attributes = pack("Q", 1), 8, 0);
die "no Landlock: $!\\n" if $rules < 0;
while (@ARGV and (my $folder = shift) ne "--") {
  opendir(my $handle, $folder) or next;
  my $rule = pack("Ql", 1, fileno($handle));
  syscall(445, $rules, 1, $rule, 0) == 0 or die "landlock_add_rule: $!\\n";
}
my $prctl = $ENV{DRILL_PRCTL} + 0;
syscall($prctl, 38, 1, 0, 0, 0) == 0 or die "prctl: $!\\n";
syscall(446, $rules, 0) == 0 or die "landlock_restrict_self: $!\\n";
exec { $ARGV[0] } @ARGV;
die "$ARGV[0]: $!\\n";
`;

/** Landlock is in kernels from 5.13 on, unless it was left out; then the command passes, and the drill says that the fault is none. */
function lack({ facts }: Pick<FaultStage, "facts">): string | undefined {
  const [major = 0, minor = 0] = facts.kernel.split(".").map(Number);
  if (facts.commands["perl"] === undefined) return "no perl";
  return major > 5 || (major === 5 && minor >= 13) ? undefined : "the kernel has no Landlock";
}

/** Programs may run from everywhere but from the host's Go, or parts of it: a rescue that swapped the Go would pass. */
function allowed({ inside }: FaultStage, ofGo: readonly string[]): readonly string[] {
  const ours = ["kit", "tool", "home", "extra", "tmp", "out", "tools", "scripts"].map((name) =>
    join(inside.base, name),
  );
  return ["/bin", "/sbin", "/usr", "/lib", "/lib64", "/tmp", "/var/tmp", ...ours, ...ofGo];
}

function denied(id: string, title: string, ofGo: (go: string) => readonly string[]): Fault {
  return {
    id,
    title,
    cause: "EXECUTION_DENIED",
    expect: "denied",
    pairs: false,
    lack,
    setUp: ({ host }) => writeFile(join(host.extra, "restrict.pl"), restrict),
    environment: ({ facts }) => ({ DRILL_PRCTL: facts.platform.endsWith("/arm64") ? "167" : "157" }),
    wrap: (stage) => [stage.facts.commands["perl"] ?? "perl", join(stage.inside.extra, "restrict.pl"), ...allowed(stage, ofGo(stage.inside.go)), "--"], // prettier-ignore
    judge: (report) => {
      const { causes, changes } = report as { causes: readonly { tried: readonly unknown[] }[]; changes: readonly unknown[] }; // prettier-ignore
      const tried = causes.flatMap((cause) => cause.tried).length;
      return changes.length + tried === 0 ? undefined : `${changes.length} changes, ${tried} remedies tried`;
    },
  };
}

export const goDenied = denied("go-denied", "A policy refuses to start go", () => []);

export const compilerDenied = denied("compiler-denied", "A policy refuses to start the compiler", (go) => [join(go, "bin")]); // prettier-ignore
