import { EXIT } from "../core/exit.ts";
import { MedkitError, type SourceReason } from "../core/errors.ts";
import { formatBytes } from "../core/format-bytes.ts";
import { platformText, toolchainName } from "../core/go-version.ts";
import type { Ports } from "../core/ports.ts";
import type { TransferProgress } from "../module/index.ts";
import { Refusals } from "./refusals.ts";
import type { FetchOptions, ToolchainRequest, ToolchainSource } from "./types.ts";

/** Places whose bytes the proof has contradicted in this command, without credentials: none is asked again. */
export type Liars = Set<string>;

/** How a toolchain came here. */
export interface Delivery {
  /** Kind, and address without credentials, of the source that gave it. */
  readonly by: string;
  /** Those that were asked before it, or left out, each with the reason. */
  readonly refused: readonly SourceReason[];
  /** Undefined where nothing came over a network. */
  readonly download: TransferProgress | undefined;
}

/** What one source is asked to do; it throws where it has it not, or where what it gave is not what was published. */
export type Attempt<Result> = (source: ToolchainSource, options: FetchOptions) => Promise<Result>;

type Tried<Result> =
  | { readonly result: Result; readonly download: TransferProgress | undefined }
  | { readonly error: MedkitError; readonly place: string | undefined; readonly isNewLiar: boolean };

/** Milliseconds between two reports of what has come. */
const REPORT_EVERY = 200;

/** Whether the bytes were other ones than those that are proven. */
function isContradiction({ code, exit }: MedkitError): boolean {
  return exit === EXIT.integrity && /^(?:TOOLCHAIN_MISMATCH|ZIP_|ARCHIVE_|CHECKSUM_|SIGNATURE_WRONG)/.test(code);
}

/**
 * Asks one source after the other. A file that was put together (of what an earlier command had fetched, or of parts) and is not the published one is fetched
 * once more in one piece before its source is blamed. A source with several places is asked again without the one that lied. Throws the error of them all
 * (see {@link Refusals}); HOST_NO_SPACE and INTERRUPTED at once.
 */
export async function askSources<Result>(
  ports: Pick<Ports, "clock" | "progress">,
  request: ToolchainRequest,
  sources: readonly ToolchainSource[],
  liars: Liars,
  attempt: Attempt<Result>,
): Promise<{ readonly result: Result; readonly delivery: Delivery }> {
  const refusals = new Refusals(request);
  const warn = (reason: string): void => {
    const text = `go${request.version} ${platformText(request.platform)}, ${reason}`;
    ports.progress.emit({ type: "note", level: "warning", text });
  };
  for (const source of sources) {
    if (isLeftOut(source, liars)) warn(refusals.addLeftOut(source));
    while (!isLeftOut(source, liars)) {
      const tried = await trySource(ports, request, source, liars, attempt);
      if ("result" in tried) {
        const { result, download } = tried;
        return { result, delivery: { by: refusals.label(source), refused: refusals.reasons, download } };
      }
      warn(refusals.add(source, tried.error, tried.isNewLiar ? tried.place : undefined));
      // Only without the one that lied is another attempt at the same source worth anything.
      if (!tried.isNewLiar) break;
    }
  }
  throw refusals.error();
}

function isLeftOut({ places = [] }: ToolchainSource, liars: Liars): boolean {
  return places.length > 0 && places.every((place) => liars.has(place));
}

async function trySource<Result>(
  ports: Pick<Ports, "clock" | "progress">,
  request: ToolchainRequest,
  source: ToolchainSource,
  liars: Liars,
  attempt: Attempt<Result>,
  whole = false,
): Promise<Tried<Result>> {
  const step = `toolchain ${toolchainName(request)}`;
  const started = ports.clock.monotonic();
  ports.progress.emit({ type: "step-start", step, detail: source.kind });
  const watch = new DownloadWatch(ports, step);
  try {
    const result = await attempt(source, { ...watch.options, whole, avoid: liars });
    ports.progress.emit({ type: "step-end", step, milliseconds: ports.clock.monotonic() - started });
    return { result, download: watch.progress };
  } catch (error) {
    if (!(error instanceof MedkitError) || error.code === "HOST_NO_SPACE" || error.code === "INTERRUPTED") throw error;
    const contradicts = isContradiction(error);
    if (!whole && watch.isPutTogether && (contradicts || error.code === "PROXY_NOT_ARCHIVE")) {
      ports.progress.emit({ type: "note", level: "warning", text: "@downloadAnew", params: { code: error.code } });
      return await trySource(ports, request, source, liars, attempt, true);
    }
    const { place } = watch;
    const isNewLiar =
      contradicts && place !== undefined && source.places?.includes(place) === true && !liars.has(place);
    if (isNewLiar) liars.add(place);
    return { error, place, isNewLiar };
  }
}

/** What one attempt brings over the network, told to whoever looks on. */
class DownloadWatch {
  readonly #ports: Pick<Ports, "clock" | "progress">;
  readonly #step: string;
  #progress: TransferProgress | undefined;
  #place: string | undefined;
  #reported = Number.NEGATIVE_INFINITY;
  #isResumeTold = false;

  constructor(ports: Pick<Ports, "clock" | "progress">, step: string) {
    this.#ports = ports;
    this.#step = step;
  }

  get options(): Pick<FetchOptions, "onProgress" | "onBytes"> {
    return { onProgress: (progress) => this.#report(progress), onBytes: (place) => (this.#place = place) };
  }

  get progress(): TransferProgress | undefined {
    return this.#progress;
  }

  /** The address that gave all the bytes; undefined where it did not come to that. */
  get place(): string | undefined {
    return this.#place;
  }

  get isPutTogether(): boolean {
    return this.#progress !== undefined && (this.#progress.resumed > 0 || this.#progress.parts > 0);
  }

  #report(progress: TransferProgress): void {
    this.#progress = progress;
    const { done, total, resumed } = progress;
    if (resumed > 0 && total !== undefined && !this.#isResumeTold) {
      this.#isResumeTold = true;
      const params = { here: formatBytes(resumed), total: formatBytes(total) };
      this.#ports.progress.emit({ type: "note", level: "info", text: "@downloadResumed", params });
    }
    const now = this.#ports.clock.monotonic();
    if (now - this.#reported < REPORT_EVERY && done !== total) return;
    this.#reported = now;
    this.#ports.progress.emit({
      type: "step-progress",
      step: this.#step,
      done,
      unit: "bytes",
      ...(total === undefined ? {} : { total }),
      ...(resumed === 0 ? {} : { resumed }),
    });
  }
}
