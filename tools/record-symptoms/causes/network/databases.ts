import { answer, type Handler } from "../../servers.ts";
import type { Cause, Prepare } from "../../types.ts";
import { needsGreet } from "../dependencies.ts";
import { html, page, through, unsummed } from "./common.ts";

/** The database answers this way while the proxy answers honestly. */
const database =
  (handler: Handler): Prepare =>
  ({ servers }) => {
    servers.handler = (request, response) => {
      (request.url?.startsWith("/sumdb/") === true && request.url !== "/sumdb/sum.golang.org/supported"
        ? handler
        : servers.honest)(request, response);
    };
  };

/** The checksum database. */
export const databases: readonly Cause[] = [
  {
    id: "database-refuses",
    fault: "the proxy does not pass on the checksum database, and nobody listens there",
    env: { GOSUMDB: undefined },
    files: needsGreet,
    prepare: (box) => {
      box.servers.handler = (request, response) =>
        (request.url?.startsWith("/sumdb/") === true ? answer(404, "not found") : box.servers.honest)(
          request,
          response,
        );
      box.write("/etc/hosts", "127.0.0.1 localhost goproxy.internal sum.golang.org\n");
    },
    runs: unsummed,
  },
  {
    id: "database-not-resolved",
    fault: "the proxy does not pass on the checksum database, and its name is not resolved",
    env: { GOSUMDB: undefined },
    files: needsGreet,
    prepare: async (box) => {
      box.servers.handler = (request, response) =>
        (request.url?.startsWith("/sumdb/") === true ? answer(404, "not found") : box.servers.honest)(
          request,
          response,
        );
      await box.servers.dns(3);
    },
    runs: unsummed,
  },
  {
    id: "database-fails",
    fault: "the checksum database answers 500",
    files: needsGreet,
    prepare: database(answer(500, "database is down")),
    runs: unsummed,
  },
  {
    id: "database-unaware",
    fault: "the checksum database answers 404",
    files: needsGreet,
    prepare: database(answer(404, "not found: no such record")),
    runs: unsummed,
  },
  {
    id: "database-garbage",
    fault: "the checksum database answers with a login page",
    files: needsGreet,
    prepare: database(answer(200, page, html)),
    runs: unsummed,
  },
  {
    id: "database-other-key",
    fault: "GOSUMDB has another key than the database's answers are signed with",
    env: { GOSUMDB: undefined },
    files: needsGreet,
    runs: unsummed,
  },
  {
    id: "database-setting-bad",
    fault: "GOSUMDB is not a database",
    files: needsGreet,
    runs: through("GOSUMDB", {
      unknown: "sum.elsewhere.internal",
      key: "sum.golang.org+00000000+AAAA",
      words: "sum.golang.org http://goproxy.internal extra",
      url: "sum.golang.org sumdb",
    }),
  },
];
