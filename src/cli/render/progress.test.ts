import { describe, expect, test } from "vitest";
import type { ProgressEvent } from "../../core/events.ts";
import { loadTranslator } from "../../i18n/index.ts";
import { createProgress } from "./progress.ts";
import { chooseStyle } from "./style.ts";

const t = await loadTranslator("en");
const zh = await loadTranslator("zh-CN");

interface Setting {
  readonly mode?: "auto" | "plain" | "json" | "none";
  readonly tty?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly translator?: typeof t;
  readonly columns?: number;
}

function progress({ mode = "auto", tty = false, env = {}, translator = t, columns = 60 }: Setting = {}) {
  const state = { text: "", now: 0 };
  const stderr = { isTTY: tty, columns, write: (text: string) => (state.text += text) };
  const renderer = createProgress({
    mode,
    stderr,
    env,
    t: translator,
    style: chooseStyle("never", {}, {}),
    now: () => state.now,
  });
  return {
    state,
    renderer,
    emit: (event: ProgressEvent) => renderer.emit(event),
    wait: (milliseconds: number) => {
      state.now += milliseconds;
      renderer.tick();
    },
  };
}

const start = { type: "step-start", step: "closure go1.21.13" } as const;

test.each([0, 1, 2])("a terminal %i columns wide is no trap", (columns) => {
  const { emit, wait, state, renderer } = progress({ tty: true, columns });
  emit(start);
  wait(1000);
  renderer.close();
  expect(state.text.includes("modules for go1.21.13")).toBe(columns === 0);
});

describe("plain lines", () => {
  test("say nothing of what is quick", () => {
    const { emit, state, renderer } = progress();
    emit(start);
    emit({ type: "step-end", step: start.step, milliseconds: 900 });
    renderer.close();
    expect(state.text).toBe("");
  });

  test("tell of what takes long: when it starts to, every ten seconds, and at its end", () => {
    const { emit, wait, state, renderer } = progress();
    emit(start);
    wait(1000);
    emit({ type: "step-progress", step: start.step, done: 5, total: 20, unit: "modules" });
    wait(5000);
    wait(5000);
    emit({ type: "step-end", step: start.step, milliseconds: 12_000, detail: "20 modules" });
    renderer.close();
    expect(state.text.split("\n")).toEqual([
      "· modules for go1.21.13",
      "· modules for go1.21.13  25% (5/20 modules)  33.0 s left",
      "✓ modules for go1.21.13: 12.0 s 20 modules",
      "",
    ]);
  });

  test("hold no escapes, also in CI on a terminal", () => {
    const { emit, wait, state, renderer } = progress({ tty: true, env: { CI: "true" } });
    emit(start);
    wait(1500);
    renderer.close();
    expect(state.text).toBe("· modules for go1.21.13\n");
  });

  test("are in the person's language", () => {
    const { emit, state } = progress({ translator: zh });
    emit({ type: "step-end", step: "cache go1.21.13 linux/amd64", milliseconds: 60_000 });
    emit({ type: "note", level: "warning", text: "as it is" });
    expect(state.text).toBe("✓ 预热缓存，go1.21.13 linux/amd64：1 min 00 s\n警告： as it is\n");
  });

  test("an unknown step is called by its name", () => {
    const { emit, state } = progress();
    emit({ type: "step-end", step: "mystery thing", milliseconds: 2000 });
    expect(state.text).toBe("✓ mystery thing: 2.0 s\n");
  });
});

describe("on a terminal", () => {
  test("one line moves, is never wider than the terminal, and is gone at the end", () => {
    const { emit, wait, state, renderer } = progress({ tty: true });
    emit({ ...start, detail: "x".repeat(200) });
    emit({ type: "step-progress", step: start.step, done: 1 << 20, total: 1 << 22, unit: "bytes" });
    wait(500);
    expect(state.text).toContain("25% (1.05 MB/4.19 MB)");
    for (const line of state.text.split("\r\u001B[2K")) expect(line.length).toBeLessThan(60);
    renderer.close();
    expect(state.text.endsWith("\r\u001B[2K")).toBe(true);
  });

  test("notes push the line away", () => {
    const { emit, wait, state, renderer } = progress({ tty: true });
    emit(start);
    wait(500);
    emit({ type: "note", level: "info", text: "hello" });
    renderer.close();
    expect(state.text).toContain("\r\u001B[2K· hello\n");
  });
});

describe("for programs", () => {
  test("NDJSON, one event a line", () => {
    const { emit, state } = progress({ mode: "json", tty: true });
    emit(start);
    emit({ type: "note", level: "info", text: "a\nb" });
    expect(
      state.text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([start, { type: "note", level: "info", text: "a\nb" }]);
  });

  test("none is nothing", () => {
    const { emit, state } = progress({ mode: "none", tty: true });
    emit({ type: "note", level: "warning", text: "x" });
    expect(state.text).toBe("");
  });
});
