import { GO_SAYS, type ModeScenario } from "./mode-scenarios.ts";
import { createModeWorld } from "./mode-world.ts";

/** The part of medkit's answer that go has an answer to as well. */
interface Told {
  readonly gomod: string;
  readonly gowork: string;
  readonly refusal: { readonly code: string } | null;
}

/** Values of GO111MODULE that a scenario leaves open. */
export const SETTINGS = [undefined, "off", "auto", "on"] as const;

/**
 * Lays a scenario out, asks medkit and a real go, and says in what they differ: GOMOD, GOWORK, whether go stops, and for what reason. Empty: in nothing.
 */
export async function compareMode(
  scenario: ModeScenario,
  goroot: string,
  cache: string,
  settings: readonly (string | undefined)[] = SETTINGS,
): Promise<readonly string[]> {
  const world = await createModeWorld(scenario, goroot, cache);
  const differences: string[] = [];
  const isOpen = scenario.goenv === undefined && scenario.env?.["GO111MODULE"] === undefined;
  try {
    for (const setting of isOpen ? settings : [undefined]) {
      const more: Record<string, string> = setting === undefined ? {} : { GO111MODULE: setting };
      const tell = (what: string): void =>
        void differences.push(`${scenario.name}, GO111MODULE=${setting ?? ""}: ${what}`);
      const { gomod, gowork, refusal } = (await world.medkit(["module", "explain", "--json"], more))
        .data as unknown as Told;
      const env = world.go(["env", "-json", "GOMOD", "GOWORK"], more);
      if (env.status === 0) {
        const said = JSON.parse(env.stdout) as Record<string, string>;
        if (said["GOMOD"] !== gomod) tell(`GOMOD is ${said["GOMOD"] ?? ""}, and not ${gomod}`);
        if (said["GOWORK"] !== gowork) tell(`GOWORK is ${said["GOWORK"] ?? ""}, and not ${gowork}`);
      }
      // A package of the standard library: go loads go.mod, go.work and vendor first, and nothing else can go wrong.
      const list = world.go(["list", "fmt"], more);
      const said = list.stderr.trim();
      if (list.status === 0 && refusal !== null) tell(`go does not stop, as by ${refusal.code}`);
      if (list.status !== 0 && refusal === null) tell(`go stops: ${said}`);
      if (list.status !== 0 && refusal !== null && GO_SAYS[refusal.code]?.test(said) !== true)
        tell(`go stops otherwise than by ${refusal.code}: ${said}`);
    }
  } finally {
    await world.close();
  }
  return differences;
}
