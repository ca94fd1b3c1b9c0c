import type { CauseTexts } from "../../types.ts";

export const networkCauses = {
  MODULES_UNREACHABLE: {
    title: "modules cannot be fetched",
    said: "Modules cannot be had from {what} ({outcome}).",
    why: "The go command fetches modules that are not in its cache from the proxies in GOPROXY. What it asks does not answer, answers with something else, or is switched off.",
    todo: "Point GOPROXY at a proxy that this host reaches, or mend what is between; with a kit: `. ./activate.sh`.",
  },
  CHECKSUM_DATABASE_UNREACHABLE: {
    title: "the checksum database cannot be reached",
    said: "The hash of a new module cannot be checked: {address} does not answer ({outcome}).",
    why: "A module whose hash is not in go.sum yet is looked up in the checksum database. In a closed network that is out of reach. medkit does not switch the check off.",
    todo: "Use a proxy or a kit that carries the records of the database, or add the hashes to go.sum where the database can be reached.",
  },
  PROXY_ANSWER_WRONG: {
    title: "the module proxy answers with something else than modules",
    said: "{what} answers, but not with the module: {answer}.",
    why: "Something stands where the module proxy should be, or the proxy cannot do its work: it answers with an error, with a page (often the login page of a network), or with a part of the file. The go command cannot tell a page from a changed module, and may speak of a checksum mismatch.",
    todo: "Open the address in a browser: sign in where a login page comes, ask whoever runs the proxy where an error comes; or use a kit: `. ./activate.sh`. Leave go.sum as it is.",
  },
  PROXY_CREDENTIALS_MISSING: {
    title: "a proxy wants a name and a password",
    said: "{host} wants a name and a password, and does not get the right ones.",
    why: "The go command takes name and password for a module proxy from `~/.netrc` (or the file in NETRC; for https only) or from the address in GOPROXY, and for a forward proxy from the address in HTTPS_PROXY. Without them the proxy answers 401 or 407.",
    todo: "Put `machine <host:port as in GOPROXY> login <name> password <token>` into `~/.netrc` (mode 600), or renew the token that is there. medkit knows no passwords, and asks for none.",
  },
  HTTP_PROXY_WRONG: {
    title: "the forward proxy does not let this through",
    said: "{host} is asked through the proxy in {variable}, and that does not work.",
    why: "HTTP_PROXY and HTTPS_PROXY send every request through a forward proxy, but for the hosts in NO_PROXY. The proxy there is gone or refuses, and where the host is in the own network nobody needs it.",
    todo: "Correct or unset the variable, or add the host to NO_PROXY.",
  },
  NO_PROXY_WRONG: {
    title: "NO_PROXY lists a host that needs the proxy",
    said: "{variable} lets {host} be asked without the proxy, and it answers through the proxy only.",
    why: "Hosts in NO_PROXY are asked directly. This one does not answer that way from here, and does when it is asked through the forward proxy.",
    todo: "Take the host, or the domain that covers it, out of NO_PROXY.",
  },
  AUTHORITY_UNKNOWN: {
    title: "the server's certificate is by an authority that this host does not trust",
    said: "{host} shows a certificate that nobody whom this host trusts vouches for (issuer: {issuer}).",
    why: "Own module proxies, and proxies that look into TLS, have certificates of an own authority. The go command trusts those in the host's store only, or in SSL_CERT_FILE and SSL_CERT_DIR where these are set. Other tools may have been told of the authority by variables of their own.",
    todo: "Have the authority's certificate installed from a source that you trust (`update-ca-certificates`, `update-ca-trust`), or point SSL_CERT_FILE at a bundle with it. Never take it from the server itself, and do not switch the check off.",
  },
  CERTIFICATE_EXPIRED: {
    title: "the server's certificate is not valid now",
    said: "The certificate of {host} has expired, or is not valid yet.",
    why: "Every certificate is for a span of time. The time of this host is outside of it, and nothing shows that this host's clock is wrong.",
    todo: "Ask whoever runs the server to renew its certificate. Look at `date`, too.",
  },
  CLOCK_WRONG: {
    title: "this host's clock is wrong",
    said: "The clock of this host says {clock}: by that, the certificate of {host} is not valid.",
    why: "A certificate is for a span of time, and is checked against the host's clock. A clock that is years off, after a dead battery or without a time server, makes every certificate invalid.",
    todo: "Set the clock (as root: `date -u -s …`, or let chrony or systemd-timesyncd do it), then try again. medkit changes no clock.",
  },
  GIT_MISSING: {
    title: "modules are to come from git, and there is no git",
    said: "Modules are to be fetched from their repositories (GOPROXY: {goproxy}), and this host has no git.",
    why: "With `direct` in GOPROXY, and for modules in GOPRIVATE or GONOPROXY, the go command calls git.",
    todo: "Install git, or point GOPROXY at a module proxy; with a kit: `. ./activate.sh`.",
  },
} as const satisfies Partial<CauseTexts>;
