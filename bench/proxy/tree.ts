import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { goClient } from "./client.ts";
import { startOnline } from "./server.ts";

/** The files that all servers serve, and what is asked of them. */
export interface Tree {
  /** Scratch folder of the whole bench. */
  readonly work: string;
  /** A GOPROXY tree. */
  readonly store: string;
  /** Paths in the tree: `.info` and `.mod` files. */
  readonly small: readonly string[];
  /** Path of the zip whose size is next to 1 MB. */
  readonly zip: string;
  /** Octets. */
  readonly zipSize: number;
  /** What a cold client downloads: the go.mod of a program that uses the Kubernetes client. */
  readonly goMod: string;
  readonly modules: number;
}

const wanted = "k8s.io/client-go@v0.31.0";
const program = `package main

import "k8s.io/client-go/kubernetes"

func main() { _ = kubernetes.Clientset{} }
`;
const smallFiles = 64;

/** A GOPROXY tree with the closure of the Kubernetes client, fetched through our own proxy, or copied from an earlier run. */
export async function fillTree(work: string, kept: string | undefined): Promise<Tree> {
  const store = join(work, "store");
  if (kept !== undefined && existsSync(join(kept, "bench.mod"))) cpSync(kept, store, { recursive: true });
  else {
    process.stderr.write(`fetching ${wanted} and what it needs\n`);
    const proxy = await startOnline(store);
    try {
      const gopath = join(work, "first");
      const go = goClient(gopath, proxy.url);
      writeFileSync(join(gopath, "project", "main.go"), program);
      go("mod", "init", "example.com/bench");
      go("get", wanted);
      go("mod", "tidy");
      go("mod", "download");
      writeFileSync(join(store, "bench.mod"), readFileSync(join(gopath, "project", "go.mod")));
    } finally {
      await proxy.stop();
    }
    if (kept !== undefined) cpSync(store, kept, { recursive: true });
  }
  const goMod = readFileSync(join(store, "bench.mod"), "utf8");
  const files = readdirSync(store, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && each.parentPath.endsWith("/@v"))
    .map((each) => relative(store, join(each.parentPath, each.name)))
    .toSorted();
  const zips = files.filter((path) => path.endsWith(".zip")).map((path) => ({ path, size: statSync(join(store, path)).size })); // prettier-ignore
  const [zip] = zips.toSorted((a, b) => Math.abs(a.size - 1e6) - Math.abs(b.size - 1e6));
  if (zip === undefined) throw new Error(`${store} holds no module`);
  // Only versions with a zip have all three files, which one of the peers needs.
  const whole = zips.flatMap(({ path }) => [path.replace(/zip$/, "info"), path.replace(/zip$/, "mod")]);
  const small = whole.filter((path) => files.includes(path)).slice(0, smallFiles);
  return { work, store, small, zip: zip.path, zipSize: zip.size, goMod, modules: zips.length }; // prettier-ignore
}
