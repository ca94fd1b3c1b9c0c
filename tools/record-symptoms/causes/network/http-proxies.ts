import type { Cause } from "../../types.ts";
import { all, needsGreet, writeGoSum } from "../dependencies.ts";
import { through } from "./common.ts";

/** HTTP_PROXY and its kin. */
export const httpProxies: readonly Cause[] = [
  {
    id: "http-proxy-refuses",
    fault: "HTTP_PROXY names a port where nobody listens",
    env: { HTTP_PROXY: "http://proxy.internal:3128", GOPROXY: "http://modules.elsewhere.internal" },
    files: needsGreet,
    prepare: (box) => writeGoSum(box),
    runs: {
      build: all.build,
      download: all.download,
      tidy: all.tidy,
      https: {
        command: all.download,
        env: { HTTPS_PROXY: "http://proxy.internal:3128", GOPROXY: "https://modules.elsewhere.internal" },
      },
      lower: { command: all.download, env: { HTTP_PROXY: undefined, http_proxy: "http://proxy.internal:3128" } },
      exception: {
        command: all.download,
        env: { NO_PROXY: "localhost,127.0.0.1", GOPROXY: "http://goproxy.internal" },
      },
    },
  },
  {
    id: "http-proxy-not-resolved",
    fault: "HTTP_PROXY names a host that does not exist",
    env: { HTTP_PROXY: "http://proxy.gone.internal:3128" },
    files: needsGreet,
    prepare: async (box) => {
      writeGoSum(box);
      await box.servers.dns(3);
    },
    runs: {
      download: all.download,
      https: {
        command: all.download,
        env: { HTTPS_PROXY: "http://proxy.gone.internal:3128", GOPROXY: "https://goproxy.internal" },
      },
    },
  },
  {
    id: "http-proxy-malformed",
    fault: "HTTP_PROXY is not a URL",
    files: needsGreet,
    prepare: (box) => writeGoSum(box),
    runs: through("HTTP_PROXY", {
      port: "http://proxy.internal:port",
      scheme: "ftp://proxy.internal",
      word: "proxy",
      percent: "http://user:pass%zz@proxy.internal:3128",
      slashes: "http//proxy.internal:3128",
    }),
  },
  {
    id: "http-proxy-wants-login",
    fault: "the HTTP proxy answers 407",
    env: { HTTP_PROXY: "http://proxy.internal:3128", HTTPS_PROXY: "http://proxy.internal:3128" },
    files: needsGreet,
    prepare: async (box) => {
      writeGoSum(box);
      await box.servers.tcp(3128, (socket) =>
        socket.on("data", () =>
          socket.end(
            'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="internal"\r\nContent-Length: 6\r\nConnection: close\r\n\r\nlogin\n',
          ),
        ),
      );
    },
    runs: { http: all.download, https: { command: all.download, env: { GOPROXY: "https://goproxy.internal" } } },
  },
  {
    id: "http-proxy-forbids",
    fault: "the HTTP proxy answers 403",
    env: { HTTP_PROXY: "http://proxy.internal:3128", HTTPS_PROXY: "http://proxy.internal:3128" },
    files: needsGreet,
    prepare: async (box) => {
      writeGoSum(box);
      await box.servers.tcp(3128, (socket) =>
        socket.on("data", () =>
          socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 8\r\nConnection: close\r\n\r\nblocked\n"),
        ),
      );
    },
    runs: { http: all.download, https: { command: all.download, env: { GOPROXY: "https://goproxy.internal" } } },
  },
];
