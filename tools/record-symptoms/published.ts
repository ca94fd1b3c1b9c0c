import { makeZip } from "../../src/module/__fixtures__/zip-writer.ts";
import type { Files } from "./types.ts";

/** A module version that the recorder's proxy has. */
export interface Published {
  readonly path: string;
  readonly version: string;
  readonly files: Files;
}

/** Module paths in the proxy protocol: an upper-case letter is `!` and the lower-case one. */
export function escapeCase(path: string): string {
  return path.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}

export function zipOf(
  { path, version, files }: Published,
  change: (name: string, text: string) => string = (_, text) => text,
): Buffer {
  return makeZip(
    Object.entries(files).map(([name, content]) => ({
      name: `${path}@${version}/${name}`,
      content: change(name, content),
    })),
  );
}

function library(path: string, version: string, body: string, requires = "", more: Files = {}): Published {
  const name = /([^/]+?)(?:\/v\d+)?$/.exec(path)?.[1] ?? "";
  const source = `package ${name.toLowerCase()}

${body}`;
  const goMod = `module ${path}

go 1.20
${requires}`;
  return { path, version, files: { "go.mod": goMod, [`${name.toLowerCase()}.go`]: source, ...more } };
}

const greet = (from: string): string =>
  `// Hello greets.\nfunc Hello(name string) string { return "${from}, " + name }\n`;
const colorful = `import "example.com/color"\n\n// Hello greets in red.\nfunc Hello(name string) string { return color.Red("hello, " + name) }\n`;
const needsColor = "\nrequire example.com/color v1.0.0\n";

/** All that http://goproxy.internal has. Order of versions: oldest first. */
export const published: readonly Published[] = [
  library(
    "example.com/color",
    "v1.0.0",
    `// Red paints.\nfunc Red(text string) string { return "\\x1b[31m" + text + "\\x1b[0m" }\n`,
  ),
  library("example.com/greet", "v1.0.0", greet("hello")),
  library("example.com/greet", "v1.1.0", greet("hi")),
  library("example.com/greet", "v1.2.0", colorful, needsColor),
  library("example.com/Upper", "v1.0.0", greet("HELLO")),
  library("example.com/nested", "v0.9.0", `// Root is here, and so is a package part.\nconst Root = true\n`, "", {
    "part/part.go": "package part\n",
  }),
  library("example.com/nested", "v1.0.0", `// Root is all there is here.\nconst Root = true\n`),
  library("example.com/nested/part", "v1.0.0", `// Part is a module of its own.\nconst Part = true\n`),
  library("example.com/withdrawn", "v1.0.0", greet("hello")),
  library("example.com/withdrawn", "v1.0.1", greet("hello"), "\n// leaks file handles\nretract [v1.0.0, v1.0.1]\n"),
  library("example.com/collide", "v1.0.0", greet("hello"), "", { "README.md": "one\n", "readme.md": "two\n" }),
  library("example.com/alias", "v1.0.0", greet("hello"), "", { "go.mod": "module example.com/other\n\ngo 1.20\n" }),
  library("example.com/replacing", "v1.0.0", "", "\nreplace example.com/color => ../color\n", {
    "replacing.go": "package main\n\nfunc main() {}\n",
  }),
  library("example.com/future", "v1.0.0", greet("hello"), "", { "go.mod": "module example.com/future\n\ngo 1.99\n" }),
];
