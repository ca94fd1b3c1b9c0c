import { readFileSync } from "node:fs";

/** The strings of a block of NUL-terminated bytes, as `/proc/self/environ` is one. */
function split(block: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < block.length;) {
    const end = block.indexOf(0, at);
    const stop = end < 0 ? block.length : end;
    parts.push(block.subarray(at, stop));
    at = stop + 1;
  }
  return parts;
}

function octal(bytes: Buffer): string {
  return [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
}

/**
 * Shell commands that give a child the variables whose bytes are no UTF-8, which Node shows and hands on with U+FFFD in their place. Only those that `env` has
 * as this process got them; nothing where all is UTF-8, and where there is no /proc (macOS), where they cannot be known. The commands are ASCII.
 */
export function rawVariables(
  env: Readonly<Record<string, string>>,
  block: () => Buffer = () => readFileSync("/proc/self/environ"),
): readonly string[] {
  const suspects = new Set(Object.keys(env).filter((name) => env[name]?.includes("\uFFFD") === true));
  if (suspects.size === 0) return [];
  try {
    return split(block()).flatMap((entry) => {
      const cut = entry.indexOf("=");
      const name = entry.subarray(0, cut).toString("latin1");
      const value = entry.subarray(cut + 1);
      if (!suspects.has(name) || !/^[A-Za-z_]\w*$/.test(name)) return [];
      const text = value.toString("utf8");
      if (text !== env[name] || Buffer.from(text).equals(value)) return [];
      // The letter at the end keeps line ends, which a substitution would take.
      return [`${name}=$(printf '${octal(value)}x')`, `${name}=\${${name}%x}`, `export ${name}`];
    });
  } catch {
    return [];
  }
}
