import { saidEvidence } from "../../evidence.ts";
import { editGoflags } from "../../remedies.ts";
import type { CaseFile, Cause } from "../../types.ts";

const kinds = ["out-of-memory", "killed"];

const gigabyte = 1024 ** 3;

/** What keeps memory short here, found by looking; undefined where nothing does. */
async function shortage({ probes }: CaseFile): Promise<string | undefined> {
  const space = (await probes.limits())["address space"]?.hard ?? Number.POSITIVE_INFINITY;
  if (space !== Number.POSITIVE_INFINITY) return `ulimit -Hv: ${space}`;
  const { available, limit } = await probes.memory();
  if (limit !== undefined && limit < 4 * gigabyte) return `control group: ${limit}`;
  if (available < gigabyte) return `available: ${available}`;
  // A wrapper that limits memory for go alone shows only in go itself.
  const { path } = await probes.go();
  if (path === undefined) return undefined;
  const { status, stderr } = await probes.run([path, "version"]);
  const said = status === 0 ? undefined : /^fatal error: .*(?:memory|arena).*$/m.exec(stderr)?.[0];
  return said === undefined ? undefined : `go version: ${said}`;
}

export const memoryExhausted: Cause = {
  code: "MEMORY_EXHAUSTED",
  symptoms: kinds,
  preventive: false,
  async diagnose(file) {
    const found = await shortage(file);
    const said = file.symptoms.some((each) => each.kind === "out-of-memory");
    // Anybody may kill a program; that memory was short has to be seen.
    if (found === undefined && !said) return undefined;
    return {
      code: "MEMORY_EXHAUSTED",
      confidence: found === undefined ? "possible" : said ? "certain" : "likely",
      evidence: [
        ...(found === undefined ? [] : [{ source: "host" as const, subject: "memory", text: found }]),
        ...saidEvidence(file.symptoms, kinds),
      ],
      params: { limit: found ?? "?" },
    };
  },
  async remedies(_, file) {
    const one = await editGoflags(file, { add: ["-p=1"] });
    const set = (await file.probes.setting("GOGC")).value !== "";
    // The compiler and the linker are Go programs, too: collecting earlier they need less, and take longer.
    return set ? [one] : [one, { ...one, cost: 20_000, environment: { ...one.environment, GOGC: "25" } }];
  },
};
