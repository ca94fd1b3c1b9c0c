import { zipOf } from "../../published.ts";
import type { Sandbox } from "../../sandbox.ts";
import { answer, type Handler } from "../../servers.ts";
import type { Cause, Prepare } from "../../types.ts";
import { all, importsGreet, needsGreet, writeGoSum } from "../dependencies.ts";
import { html, page, through, unsummed } from "./common.ts";

/** Commands that ask the proxy for a module whose hash is known, for one that is not, and for a list of versions. */
const asking = {
  build: all.build,
  download: all.download,
  tidy: all.tidy,
  get: "go get example.com/greet@v1.1.0",
  latest: "go list -m -versions example.com/greet",
  install: "go install example.com/greet@latest",
} as const;

/** The proxy answers everything this way. */
const always =
  (handler: Handler): Prepare =>
  (box) => {
    writeGoSum(box);
    box.servers.handler = handler;
  };

/** Only the zip of greet v1.2.0 is answered this way. */
const forZip =
  (make: (box: Sandbox) => Handler): Prepare =>
  (box) => {
    writeGoSum(box);
    const handler = make(box);
    box.servers.handler = (request, response) => {
      (request.url?.endsWith("/greet/@v/v1.2.0.zip") === true ? handler : box.servers.honest)(request, response);
    };
  };

const greetZip = (box: Sandbox): Buffer => zipOf(box.servers.module("example.com/greet@v1.2.0"));
const zipOnly = { build: all.build, download: all.download, tidy: all.tidy } as const;

/** The module proxy. */
export const proxies: readonly Cause[] = [
  {
    id: "proxy-refuses",
    fault: "nobody listens where GOPROXY points",
    env: { GOPROXY: "http://goproxy.internal:8081" },
    files: needsGreet,
    prepare: (box) => writeGoSum(box),
    runs: {
      ...asking,
      test: all.test,
      vet: all.vet,
      run: all.run,
      list: all.list,
      modules: all.modules,
      vendor: "go mod vendor",
      fallback: { command: all.download, env: { GOPROXY: "http://goproxy.internal:8081|off" } },
      direct: { command: all.download, env: { GOPROXY: "http://goproxy.internal:8081,direct" } },
    },
  },
  {
    id: "proxy-off",
    fault: "GOPROXY=off",
    env: { GOPROXY: "off" },
    files: needsGreet,
    prepare: (box) => writeGoSum(box),
    runs: {
      ...asking,
      import: { command: all.build, files: { ...importsGreet, "go.mod": "module example.com/service\n\ngo 1.20\n" } },
    },
  },
  {
    id: "proxy-setting-bad",
    fault: "GOPROXY is not a list of proxies",
    files: needsGreet,
    prepare: (box) => writeGoSum(box),
    runs: through("GOPROXY", {
      empty: ",",
      word: "goproxy",
      scheme: "ftp://goproxy.internal",
      host: "goproxy.internal",
      folder: "/srv/modules",
      file: "file:///srv/missing",
      control: "http://goproxy.internal:port",
      space: "http://goproxy.internal http://other.internal",
    }),
  },
  {
    id: "proxy-hangs",
    fault: "the proxy takes the connection and never answers; a person interrupts after four seconds",
    patience: 4,
    files: needsGreet,
    prepare: always(() => undefined),
    runs: { build: all.build, download: all.download, tidy: all.tidy, verbose: "go mod download -x" },
  },
  {
    id: "proxy-closes",
    fault: "the proxy closes the connection without an answer",
    files: needsGreet,
    prepare: always((request) => void request.socket.destroy()),
    runs: asking,
  },
  {
    id: "proxy-speaks-otherwise",
    fault: "another protocol answers where GOPROXY points",
    env: { GOPROXY: "http://goproxy.internal:8083" },
    files: needsGreet,
    prepare: async (box) => {
      writeGoSum(box);
      await box.servers.tcp(8083, (socket) => void socket.end("SSH-2.0-OpenSSH_9.2\r\n"));
    },
    runs: { build: all.build, download: all.download },
  },
  ...[400, 401, 403, 404, 407, 410, 429, 500, 502, 503, 504].map((status): Cause => ({
    id: `proxy-answers-${status}`,
    fault: `the proxy answers ${status} to everything`,
    files: needsGreet,
    prepare: always(answer(status, `${status} from the proxy\n`)),
    runs: asking,
  })),
  {
    id: "proxy-fails-with-page",
    fault: "a gateway answers 502 with a page of HTML",
    files: needsGreet,
    prepare: always(
      answer(
        502,
        "<html><head><title>502 Bad Gateway</title></head>\n<body>\n<center><h1>502 Bad Gateway</h1></center>\n</body>\n</html>\n",
        html,
      ),
    ),
    runs: { build: all.build, download: all.download, tidy: all.tidy },
  },
  {
    id: "proxy-login-page",
    fault: "a login page answers everything, with 200",
    files: needsGreet,
    prepare: always(answer(200, page, html)),
    runs: asking,
  },
  {
    id: "proxy-login-redirect",
    fault: "everything is redirected to a login page",
    files: needsGreet,
    prepare: (box) => {
      writeGoSum(box);
      box.servers.handler = (request, response) => {
        if (request.url === "/login") answer(200, page, html)(request, response);
        else answer(302, "", { location: "/login" })(request, response);
      };
    },
    runs: asking,
  },
  {
    id: "proxy-redirect-loop",
    fault: "everything is redirected to itself",
    files: needsGreet,
    prepare: always((request, response) => answer(302, "", { location: request.url ?? "/" })(request, response)),
    runs: { build: all.build, download: all.download },
  },
  {
    id: "proxy-cuts-body",
    fault: "the proxy closes the connection in the middle of a zip",
    files: needsGreet,
    prepare: forZip((box) => (_, response) => {
      const zip = greetZip(box);
      response.writeHead(200, { "content-length": String(zip.length) });
      response.write(zip.subarray(0, 200), () => response.destroy());
    }),
    runs: zipOnly,
  },
  {
    id: "proxy-cuts-chunked",
    fault: "the same, where the length was not announced",
    files: needsGreet,
    prepare: forZip((box) => (_, response) => {
      response.writeHead(200);
      response.write(greetZip(box).subarray(0, 200), () => response.destroy());
    }),
    runs: zipOnly,
  },
  {
    id: "proxy-shortens-zip",
    fault: "the proxy hands out the beginning of a zip as if it were all",
    files: needsGreet,
    prepare: forZip((box) => answer(200, greetZip(box).subarray(0, 200).toString("latin1"))),
    runs: zipOnly,
  },
  {
    id: "proxy-empty-zip",
    fault: "the proxy hands out an empty zip file",
    files: needsGreet,
    prepare: forZip(() => answer(200)),
    runs: zipOnly,
  },
  {
    id: "proxy-page-for-zip",
    fault: "a login page comes in place of a zip, with 200",
    files: needsGreet,
    prepare: forZip(() => answer(200, page, html)),
    runs: zipOnly,
  },
  {
    id: "proxy-other-zip",
    fault: "the proxy hands out the zip of another module",
    files: needsGreet,
    prepare: forZip((box) => (_, response) => void response.end(zipOf(box.servers.module("example.com/color@v1.0.0")))),
    runs: zipOnly,
  },
  {
    id: "proxy-page-for-mod",
    fault: "a login page comes in place of a go.mod, with 200, and go.sum is empty",
    env: { GOSUMDB: "off" },
    files: needsGreet,
    prepare: ({ servers }) => {
      servers.handler = (request, response) =>
        (request.url?.endsWith(".mod") === true ? answer(200, page, html) : servers.honest)(request, response);
    },
    runs: unsummed,
  },
  {
    id: "proxy-page-for-info",
    fault: "a login page comes in place of an .info, with 200",
    files: needsGreet,
    prepare: (box) => {
      writeGoSum(box);
      const { servers } = box;
      servers.handler = (request, response) =>
        (request.url?.endsWith(".info") === true || request.url?.endsWith("/@latest") === true
          ? answer(200, page, html)
          : servers.honest)(request, response);
    },
    runs: { get: asking.get, install: asking.install, modules: "go list -m example.com/greet@v1.1.0" },
  },
];
