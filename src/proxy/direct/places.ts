import { lookup } from "node:dns/promises";
import { connect, type Socket } from "node:net";
import { addressKind } from "./addresses.ts";
import type { AllowedHosts } from "./hosts.ts";
import type { HostTrust } from "./types.ts";

/** Where a host is connected to. */
export interface Place {
  readonly address: string;
  readonly port: number;
}

/** Addresses of a host, and the port to take there. */
export type Resolve = (host: string, port: number) => Promise<readonly Place[]>;

export interface PlacesOptions {
  readonly hosts: Pick<AllowedHosts, "trust">;
  /** Default: what the system says. */
  readonly resolve?: Resolve;
  /** Milliseconds for a connection to stand, and without a byte on one that stands; default 60,000. */
  readonly patience?: number;
}

const resolveBySystem: Resolve = async (host, port) =>
  (await lookup(host, { all: true, order: "verbatim" })).map(({ address }) => ({ address, port }));

/**
 * Connects to allowed hosts only, at addresses that such a host may have. The address that was judged is the one that is connected to: a name that
 * changes its address in between gains nothing.
 */
export class Places {
  readonly #options: PlacesOptions;

  constructor(options: PlacesOptions) {
    this.#options = options;
  }

  trust(host: string, port: number): HostTrust {
    return this.#options.hosts.trust(host, port);
  }

  /** An open connection; undefined where the host, or each address that it has, is not allowed. Throws what the network throws. */
  async connect(host: string, port: number): Promise<Socket | undefined> {
    const trust = this.trust(host, port);
    if (trust === undefined) return undefined;
    const { resolve = resolveBySystem, patience = 60_000 } = this.#options;
    const all = await resolve(host.replace(/^\[(.*)\]$/, "$1"), port);
    const places = all.filter(({ address }) => {
      const kind = addressKind(address);
      return kind === "public" || (kind === "inside" && trust === "named");
    });
    let last: Error | undefined;
    for (const place of places) {
      try {
        return await connectTo(place, patience);
      } catch (error) {
        last = error instanceof Error ? error : new Error(String(error));
      }
    }
    if (last !== undefined) throw last;
    return undefined;
  }
}

function connectTo({ address, port }: Place, patience: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, timeout: patience });
    socket.once("timeout", () => socket.destroy(new Error("nothing came for too long")));
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.off("error", reject);
      socket.on("error", () => undefined);
      resolve(socket);
    });
  });
}
