import type { ErrorTexts } from "../../types.ts";

/** The module proxy as a server. */
export const proxyErrors = {
  LISTEN_INVALID: {
    message: "`{address}` is not an address to listen on.",
    hint: "Write HOST:PORT, as in `127.0.0.1:3000` or `[::1]:3000`; `:3000` is every address of this machine.",
    why: "A server that listens somewhere else than meant is either useless or open to people it should not serve.",
  },
  LISTEN_FAILED: {
    message: "{address} cannot be listened on: {problem}.",
    hint: "Choose another address with `--listen`, or end what holds this one. Ports below 1024 need a right of their own.",
    why: "The system refused the address: it is in use (EADDRINUSE), not of this machine (EADDRNOTAVAIL), or not allowed (EACCES).",
  },
} as const satisfies Partial<ErrorTexts>;
