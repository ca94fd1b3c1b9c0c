import { expect, test } from "vitest";
import { offlineEnvironment } from "./offline.ts";

test.each([
  ["https://goproxy.internal,direct", "off"],
  ["file:///mnt/kit/modules,https://goproxy.internal,direct", "file:///mnt/kit/modules"],
  ["file:///a|file:///b", "file:///a,file:///b"],
  ["direct", "off"],
  ["", "off"],
])("of GOPROXY=%s only folders are left", (goproxy, left) => {
  expect(offlineEnvironment(goproxy)["GOPROXY"]).toBe(left);
});
