import { dirname, join } from "node:path";
import { saidEvidence } from "../../evidence.ts";
import { editGoflags } from "../../remedies.ts";
import type { CaseFile, Cause } from "../../types.ts";

const folders = { ".git": "git", ".hg": "hg", ".svn": "svn", ".bzr": "bzr", ".fossil": "fossil" } as const;

/** The checkout that the command's folder lies in, and the program that go asks about it. */
async function checkoutOf({ probes, command }: CaseFile): Promise<{ root: string; program: string } | undefined> {
  for (let root = command.cwd; ; root = dirname(root)) {
    for (const [name, program] of Object.entries(folders))
      if ((await probes.path(join(root, name))).kind !== "absent") return { root, program };
    if (root === dirname(root)) return undefined;
  }
}

/** Why the program cannot say in what state the checkout is. Asked so that nothing in the checkout's configuration is run. */
async function complaint({ probes }: CaseFile, root: string, program: string): Promise<string | undefined> {
  // By its path: a PATH with a relative folder in it would find the checkout's own.
  const path = await probes.which(program);
  if (path === undefined) return `${program} is not here`;
  if (program !== "git") return undefined;
  const { status, stderr } = await probes.run([path, "rev-parse", "--verify", "HEAD"], { cwd: root });
  return status === 0 ? undefined : (stderr.trim().split("\n")[0] ?? "");
}

export const vcsStatusFailed: Cause = {
  code: "VCS_STATUS_FAILED",
  symptoms: ["vcs-status"],
  preventive: false,
  async diagnose(file) {
    // A checkout that git cannot read is no failure as long as go does not ask: another fault may be left when it asks no more.
    const checkout = file.symptoms.some(({ kind }) => kind === "vcs-status") ? await checkoutOf(file) : undefined;
    if (checkout === undefined) return undefined;
    const { root, program } = checkout;
    const why = await complaint(file, root, program);
    return {
      code: "VCS_STATUS_FAILED",
      confidence: why === undefined ? "likely" : "certain",
      evidence: [
        { source: "host", subject: root, text: why ?? program },
        ...saidEvidence(file.symptoms, ["vcs-status"]),
      ],
      params: { root, program, why: why ?? "?" },
    };
  },
  remedies: async (_, file) => [await editGoflags(file, { add: ["-buildvcs=false"] })],
};
