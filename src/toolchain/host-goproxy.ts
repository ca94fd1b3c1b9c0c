import { MedkitError } from "../core/errors.ts";
import type { Ports } from "../core/ports.ts";
import { present } from "../core/present.ts";

/** The host's GOPROXY: the variable, else what the host's `go` says; undefined where there is neither. */
export async function hostGoproxy(ports: Ports): Promise<string | undefined> {
  const set = ports.env["GOPROXY"]?.trim();
  if (set !== undefined && set !== "") return set;
  try {
    const asked = await ports.process.run({
      command: "go",
      args: ["env", "GOPROXY"],
      cwd: "/",
      env: { ...present(ports.env), GOTOOLCHAIN: "local" },
      timeout: 20_000,
    });
    const said = asked.stdout.toString("utf8").trim();
    return asked.status === 0 && said !== "" ? said : undefined;
  } catch (error) {
    if (error instanceof MedkitError && error.code === "INTERRUPTED") throw error;
    return undefined;
  }
}
