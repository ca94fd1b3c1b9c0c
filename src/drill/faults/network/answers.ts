import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Fault } from "../types.ts";
import { askingProxy, emptyCache } from "../module-source.ts";
import { ports, serving, treesOf } from "./parts.ts";

const goproxy = `http://127.0.0.1:${ports.modules}`;

/** A module proxy that answers, but not with modules. */
function answers(fault: Pick<Fault, "id" | "title" | "cause">, mode: Readonly<Record<string, unknown>>): Fault {
  return {
    ...fault,
    expect: "recovered",
    setUp: emptyCache,
    environment: askingProxy(goproxy),
    server: (stage) => serving({ port: ports.modules, trees: treesOf(stage), ...mode }),
  };
}

export const proxyHangs = answers(
  {
    id: "proxy-hangs",
    title: "A proxy that takes the question, says nothing, and hangs up after three seconds",
    cause: "MODULES_UNREACHABLE",
  },
  { mode: "silent", after: 3000 },
);

export const proxyFails = answers(
  { id: "proxy-fails", title: "A proxy that answers 502", cause: "PROXY_ANSWER_WRONG" },
  { mode: "status", status: 502 },
);

export const proxyLoginPage = answers(
  {
    id: "proxy-login-page",
    title: "The login page of a network in place of every answer, with 200",
    cause: "PROXY_ANSWER_WRONG",
  },
  { mode: "page" },
);

export const proxyLoginRedirect: Fault = {
  ...answers(
    { id: "proxy-login-redirect", title: "A redirect to a login page", cause: "PROXY_ANSWER_WRONG" },
    { mode: "redirect", to: `http://127.0.0.1:${ports.tunnel}/login` },
  ),
  server: () =>
    serving(
      { port: ports.modules, mode: "redirect", to: `http://127.0.0.1:${ports.tunnel}/login` },
      { port: ports.tunnel, mode: "page" },
    ),
};

export const proxyCuts = answers(
  { id: "proxy-cuts", title: "A proxy that hangs up in the middle of a zip", cause: "PROXY_ANSWER_WRONG" },
  { mode: "cut" },
);

export const proxyShortens = answers(
  { id: "proxy-shortens", title: "The beginning of a zip as if it were all of it", cause: "PROXY_ANSWER_WRONG" },
  { mode: "short" },
);

export const proxyWantsLogin = answers(
  {
    id: "proxy-wants-login",
    title: "A proxy that wants a name and a password, and no netrc",
    cause: "PROXY_CREDENTIALS_MISSING",
  },
  { mode: "login", login: "dev:hunter2hunter2" },
);

export const proxyWantsLoginForPrivate: Fault = {
  ...proxyWantsLogin,
  id: "proxy-wants-login-private",
  title: "A proxy that wants a name and a password for a module that no kit has, and a netrc for another host",
  expect: "named",
  pairs: false,
  command: () => ["go", "mod", "download", "example.org/private/lib@v1.0.0"],
  cwd: ({ inside }) => inside.extra,
  setUp: async (stage) => {
    await emptyCache(stage);
    const netrc = "machine git.example.org login dev password hunter2hunter2\n";
    await writeFile(join(stage.host.home, ".netrc"), netrc, { mode: 0o600 });
  },
  judge: (report) => (JSON.stringify(report).includes("hunter2") ? "the report shows a password" : undefined),
};
