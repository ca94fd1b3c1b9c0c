import { saidEvidence } from "../../evidence.ts";
import { takeOtherGo } from "../../other-go.ts";
import type { Cause } from "../../types.ts";

/** How the loader of glibc says that a program wants a newer one. */
const wanting = /version [`'](?<version>GLIBC_[\d.]+)' not found/;

export const goLibcTooOld: Cause = {
  code: "GO_LIBC_TOO_OLD",
  symptoms: ["libc-too-old"],
  preventive: true,
  async diagnose({ probes, symptoms }) {
    const { path, problem } = await probes.go();
    if (path === undefined || problem !== undefined) return undefined;
    const { status, stderr } = await probes.run([path, "version"]);
    const version = status === 0 ? undefined : wanting.exec(stderr)?.groups?.["version"];
    if (version === undefined) return undefined;
    return {
      code: "GO_LIBC_TOO_OLD",
      confidence: "certain",
      evidence: [
        { source: "file", subject: path, text: stderr.trim().split("\n")[0] ?? "" },
        ...saidEvidence(symptoms, ["libc-too-old"]),
      ],
      params: { path, version },
    };
  },
  remedies: (_, file) => takeOtherGo(file),
};
