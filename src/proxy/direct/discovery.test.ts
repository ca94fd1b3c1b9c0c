import { describe, expect, it } from "vitest";
import { formatGoImports, parseGoImports } from "./go-import.ts";

describe("parseGoImports", () => {
  it.each([
    [`<meta name="go-import" content="a.b/c git https://a.b/c">`, [["a.b/c", "git", "https://a.b/c"]]],
    [
      `<META content='a.b/c  git\n https://a.b/c?x=1&amp;y=2 sub' name=go-import />`,
      [["a.b/c", "git", "https://a.b/c?x=1&y=2", "sub"]],
    ],
    [`<meta name="go-import" content="a git"><meta name="go-source" content="a b c">`, []],
    [`<!-- <meta name="go-import" content="a git https://x"> -->`, []],
    [`</head><meta name="go-import" content="a git https://x">`, []],
    [`<body class=x><meta name="go-import" content="a git https://x">`, []],
    ["", []],
  ] as const)("reads %j", (page, tags) => {
    const found = parseGoImports(page).map(({ prefix, vcs, root, folder }) =>
      [prefix, vcs, root, folder].filter((each) => each !== undefined),
    );
    expect(found).toEqual(tags);
  });

  it("reads back what is written, and no tag gets out of its attribute", () => {
    const tag = { prefix: "a.b/c", vcs: "git", root: `https://a.b/"><meta&<x>`, folder: undefined };
    const page = formatGoImports([tag]);
    expect(page.match(/<meta/g)).toHaveLength(1);
    expect(page).not.toContain(`"><meta&`);
    const plain = { ...tag, root: "https://a.b/c", folder: "sub" };
    expect(parseGoImports(formatGoImports([plain]))).toEqual([plain]);
  });
});
