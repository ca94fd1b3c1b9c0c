import { MedkitError } from "../core/errors.ts";

/** `HOST:PORT`, `[ADDRESS]:PORT` or `:PORT` (every address of this machine). Port 0 is any free one. LISTEN_INVALID. */
export function parseListen(text: string): { readonly host: string; readonly port: number } {
  const [, bracketed, plain, digits = ""] = /^(?:\[([0-9A-Fa-f:.]+)\]|([^:\s[\]]*)):([0-9]{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === "" || port > 65_535) throw new MedkitError("LISTEN_INVALID", { address: text });
  return { host: bracketed ?? (plain || "::"), port };
}
