import { EXIT } from "../core/exit.ts";
import { MedkitError, type SourceReason } from "../core/errors.ts";
import { platformText } from "../core/go-version.ts";
import type { ToolchainRequest, ToolchainSource } from "./types.ts";

/** What sources said no with, or lied with, and which of it a person is told first. */
export class Refusals {
  readonly #request: ToolchainRequest;
  readonly #all: { readonly error: MedkitError; readonly reason: SourceReason }[] = [];

  constructor(request: ToolchainRequest) {
    this.#request = request;
  }

  get reasons(): readonly SourceReason[] {
    return this.#all.map(({ reason }) => reason);
  }

  /** A source for people; `place` is the one of its addresses that is meant. */
  label(source: ToolchainSource, place = source.at): string {
    return place === undefined ? source.kind : `${source.kind} (${place})`;
  }

  /** Takes one in that is not asked any more, and gives it as a line. */
  addLeftOut(source: ToolchainSource): string {
    const { version, platform } = this.#request;
    const reasons = "left out: what it gave before was not what was published";
    return this.add(
      source,
      new MedkitError("TOOLCHAIN_UNAVAILABLE", { version, platform: platformText(platform), reasons }),
    );
  }

  /** Takes one in, and gives it as a line. */
  add(source: ToolchainSource, error: MedkitError, place?: string): string {
    const label = this.label(source, place);
    const { params } = error;
    const said = params["reasons"] ?? params["subject"] ?? params["path"] ?? params["reason"] ?? params["problem"];
    // A code of its own says what happened; the general ones leave that to the words.
    const isGeneral = ["TOOLCHAIN_UNAVAILABLE", "TOOLCHAIN_MISMATCH", "TOOLCHAIN_OTHER_VERSION"].includes(error.code);
    const words = said === undefined ? error.code : isGeneral ? String(said) : `${error.code}: ${said}`;
    this.#all.push({ error, reason: { source: label, code: error.code, reason: words } });
    return `${label}: ${words}`;
  }

  /**
   * The error of all of them. That of the only source is its own. Of several, the first that failed verification gives code and exit status,
   * and where none did, it is TOOLCHAIN_UNAVAILABLE. Every reason is named.
   */
  error(): MedkitError {
    const [first] = this.#all;
    const lie =
      this.#all.find(({ error }) => error.exit === EXIT.integrity) ?? (this.#all.length === 1 ? first : undefined);
    const reasons = this.#all.map(({ reason }) => `${reason.source}: ${reason.reason}`).join("; ");
    const list = this.reasons;
    const { version, platform } = this.#request;
    if (lie === undefined)
      return new MedkitError(
        "TOOLCHAIN_UNAVAILABLE",
        { version, platform: platformText(platform), reasons },
        { reasons: list },
      );
    const { code, params } = lie.error;
    return new MedkitError(code, { ...params, reasons }, { cause: lie.error, reasons: list });
  }
}
