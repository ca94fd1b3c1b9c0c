import type { Ports } from "../core/ports.ts";
import type { Lang, Translator } from "../i18n/index.ts";
import type { GlobalFlags } from "./global-flags.ts";

/** A stream of the process, or a test's. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string, done?: (error?: Error | null) => void): unknown;
}

export interface Streams {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly stdin: { readonly isTTY?: boolean };
}

/** What every command is given besides its own input. */
export interface CommandContext {
  readonly ports: Ports;
  readonly flags: GlobalFlags;
  readonly lang: Lang;
  readonly t: Translator;
  readonly streams: Streams;
  /** False with `--no-input`, in CI, and where nobody sits at a terminal: then nothing may ask. */
  readonly mayAsk: boolean;
  /** medkit's home; HOST_NO_HOME where there is none. Creates nothing. */
  home(): Promise<string>;
}
