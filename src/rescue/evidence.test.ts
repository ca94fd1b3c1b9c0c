import { expect, test } from "vitest";
import { cleanDiagnosis } from "./evidence.ts";
import { secretsOf } from "./redact.ts";

test("what is shown of a diagnosis, while it is made and in the report, holds no secret", () => {
  const GOPROXY = "https://dev:hunter2secret@goproxy.internal,direct";
  const shown = cleanDiagnosis(
    {
      code: "MODULES_UNREACHABLE",
      confidence: "certain",
      evidence: [{ source: "variable", subject: "GOPROXY", text: GOPROXY }],
      params: { what: GOPROXY, count: 1 },
    },
    secretsOf({ GOPROXY }),
  );
  expect(JSON.stringify(shown)).not.toContain("hunter2secret");
  expect(shown).toMatchObject({ code: "MODULES_UNREACHABLE", params: { count: 1 } });
  expect(shown.evidence[0]?.text).toContain("goproxy.internal,direct");
});
