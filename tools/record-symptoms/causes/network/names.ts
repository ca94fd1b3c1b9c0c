import type { Cause } from "../../types.ts";
import { all, needsGreet, writeGoSum } from "../dependencies.ts";

const elsewhere = { GOPROXY: "https://modules.elsewhere.internal" } as const;
const asking = {
  build: all.build,
  download: all.download,
  tidy: all.tidy,
  get: "go get example.com/greet@v1.1.0",
  direct: { command: "go mod download", env: { GOPROXY: "https://modules.elsewhere.internal,direct" } },
} as const;
const few = { build: all.build, download: all.download } as const;

/** Names that are not resolved, and hosts that are not reached. */
export const names: readonly Cause[] = [
  {
    id: "name-unknown",
    fault: "the name server says that the proxy's name does not exist",
    env: elsewhere,
    files: needsGreet,
    prepare: async (box) => {
      writeGoSum(box);
      await box.servers.dns(3);
    },
    runs: asking,
  },
  {
    id: "name-server-fails",
    fault: "the name server answers SERVFAIL",
    env: elsewhere,
    files: needsGreet,
    prepare: async (box) => {
      writeGoSum(box);
      await box.servers.dns(2);
    },
    runs: few,
  },
  {
    id: "name-server-refuses",
    fault: "the name server answers REFUSED",
    env: elsewhere,
    files: needsGreet,
    prepare: async (box) => {
      writeGoSum(box);
      await box.servers.dns(5);
    },
    runs: few,
  },
  {
    id: "name-server-silent",
    fault: "the name server does not answer",
    env: elsewhere,
    files: needsGreet,
    prepare: async (box) => {
      writeGoSum(box);
      await box.servers.dns(undefined);
    },
    runs: { download: all.download },
  },
  {
    id: "name-server-absent",
    fault: "nobody listens at the name server's address",
    env: elsewhere,
    files: needsGreet,
    prepare: (box) => writeGoSum(box),
    runs: asking,
  },
  {
    id: "name-server-unset",
    fault: "/etc/resolv.conf is empty, and no name server is on this host",
    env: elsewhere,
    files: needsGreet,
    prepare: (box) => {
      writeGoSum(box);
      box.write("/etc/resolv.conf", "");
    },
    runs: few,
  },
  {
    id: "name-server-unreachable",
    fault: "there is no route to the name server",
    env: elsewhere,
    files: needsGreet,
    prepare: (box) => {
      writeGoSum(box);
      box.write("/etc/resolv.conf", "nameserver 192.0.2.53\n");
    },
    runs: few,
  },
  {
    id: "network-unreachable",
    fault: "there is no route to the proxy",
    env: elsewhere,
    files: needsGreet,
    prepare: (box) => {
      writeGoSum(box);
      box.write("/etc/hosts", "192.0.2.10 modules.elsewhere.internal\n");
    },
    runs: asking,
  },
  {
    id: "host-silent",
    fault: "packets to the proxy are lost, and the dial runs into its own time limit",
    env: elsewhere,
    files: needsGreet,
    prepare: (box) => {
      writeGoSum(box);
      box.write("/etc/hosts", "198.51.100.10 modules.elsewhere.internal\n");
      box.servers.silentNetwork();
    },
    runs: { download: all.download },
  },
  {
    id: "host-absent",
    fault: "no host has the proxy's address",
    env: elsewhere,
    files: needsGreet,
    prepare: (box) => {
      writeGoSum(box);
      box.write("/etc/hosts", "198.51.100.20 modules.elsewhere.internal\n");
      box.servers.silentNetwork();
    },
    runs: few,
  },
];
