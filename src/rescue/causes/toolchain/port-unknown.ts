import { saidEvidence, settingEvidence } from "../../evidence.ts";
import { dropSetting } from "../../remedies.ts";
import type { CaseFile, Cause } from "../../types.ts";

/** All ports of this Go, as `linux/amd64`. */
async function ports({ probes }: CaseFile): Promise<readonly string[]> {
  const { path } = await probes.go();
  if (path === undefined) return [];
  const environment = { GOOS: undefined, GOARCH: undefined, GOENV: "off", GOFLAGS: undefined };
  const result = await probes.run([path, "tool", "dist", "list"], { environment });
  return result.status === 0 ? result.stdout.toString("utf8").split("\n").filter((line) => line.includes("/")) : []; // prettier-ignore
}

/** Those of GOOS and GOARCH that no port has. Where each has a port, but no port has both, nobody knows which was meant. */
export function unknownParts(known: readonly string[], os: string, arch: string): readonly string[] {
  return [
    ...(os !== "" && !known.some((port) => port.startsWith(`${os}/`)) ? ["GOOS"] : []),
    ...(arch !== "" && !known.some((port) => port.endsWith(`/${arch}`)) ? ["GOARCH"] : []),
  ];
}

export const portUnknown: Cause = {
  code: "PORT_UNKNOWN",
  symptoms: ["port-unknown"],
  preventive: false,
  async diagnose(file) {
    const settings = [await file.probes.setting("GOOS"), await file.probes.setting("GOARCH")];
    const [os = "", arch = ""] = settings.map((each) => each.value);
    const known = await ports(file);
    const said = file.symptoms.find((each) => each.kind === "port-unknown")?.fields["pair"] ?? "";
    if (os + arch === "" || known.length === 0 || known.includes(said)) return undefined;
    return {
      code: "PORT_UNKNOWN",
      confidence: "certain",
      evidence: [
        ...settings.filter((each) => each.value !== "").map(settingEvidence),
        ...saidEvidence(file.symptoms, ["port-unknown"]),
      ],
      params: { pair: said, wrong: unknownParts(known, os, arch).join(", ") },
    };
  },
  async remedies({ params }, file) {
    const names = String(params["wrong"]).split(", ").filter((name) => name !== ""); // prettier-ignore
    return (await Promise.all(names.map((name) => dropSetting(file, name)))).flat();
  },
};
