import { readFile } from "node:fs/promises";

/** Files that travel in the kit as they are. The packaged executable finds them under the same addresses. */
const script = (name: string): URL => new URL(`./scripts/${name}`, import.meta.url);

export const kitScripts = {
  activate: script("activate.sh"),
  deactivate: script("deactivate.sh"),
  verify: script("verify.sh"),
  rescue: script("rescue.sh"),
  launcher: script("medkit-launcher.sh"),
} as const;

export function readScript(name: keyof typeof kitScripts): Promise<string> {
  return readFile(kitScripts[name], "utf8");
}
