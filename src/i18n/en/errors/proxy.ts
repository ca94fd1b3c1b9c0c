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
  TLS_FILE_INVALID: {
    message: "{file} cannot be used for TLS: {problem}.",
    hint: "Give PEM files: `--tls-cert` with the server's certificate and those between it and the root, `--tls-key` with its key, without a passphrase.",
    why: "A server with a certificate that does not fit its key refuses every client, so it is checked before anything listens. While it serves, new files that do not fit are left alone and the old ones stay.",
  },
  LOGIN_FILE_INVALID: {
    message: "Line {line} of {file} is no login: {problem}.",
    hint: "Lines are written by `medkit proxy login add NAME --file FILE`. Comments begin with `#`.",
    why: "Half a file of logins would let some people in and keep others out, so all of it counts or none.",
  },
  LOGIN_NAME_INVALID: {
    message: "`{name}` is not a name for a login.",
    hint: "Use letters, digits and `. _ @ -`, at most 64, beginning with a letter or a digit.",
    why: "The name stands in lines of a file, in headers, and in the access log.",
  },
  LOGIN_SECRET_MISSING: {
    message: "There is no password for {name}: standard input gave none.",
    hint: "Write it into standard input as one line (`medkit proxy login add NAME --file FILE < password-file`), type it when asked, or let `--token` make one.",
    why: "A password among the arguments could be read by everybody on the host, so it comes through standard input.",
  },
  LOGIN_UNKNOWN: {
    message: "{file} has no login `{name}`.",
    hint: "`medkit proxy login list --file FILE` shows the names.",
    why: "Removing a login that was never there usually means another name, or another file.",
  },
  SOCKET_NOT_HANDED_OVER: {
    message: "`systemd` hands over {count} sockets, and one is needed.",
    hint: "Write one `ListenStream=` in the socket unit.",
    why: "With `--listen systemd` the socket comes from the service manager (LISTEN_FDS, LISTEN_PID): exactly one, so that it is clear where clients arrive.",
  },
} as const satisfies Partial<ErrorTexts>;
