/** Recognition of a licence text, as far as an SBOM needs it: by the sentences that only that licence has. */
const marks: readonly (readonly [spdx: string, pattern: RegExp])[] = [
  ["Apache-2.0", /Apache License\s+Version 2\.0/],
  ["MPL-2.0", /Mozilla Public License,? (?:Version|version|v\.) ?2\.0/],
  ["AGPL-3.0-only", /GNU AFFERO GENERAL PUBLIC LICENSE\s+Version 3/],
  ["LGPL-3.0-only", /GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3/],
  ["GPL-3.0-only", /GNU GENERAL PUBLIC LICENSE\s+Version 3/],
  ["GPL-2.0-only", /GNU GENERAL PUBLIC LICENSE\s+Version 2/],
  [
    "ISC",
    /Permission to use, copy, modify, and(?:\/or)? distribute this software for any\s+purpose with or without fee/,
  ],
  [
    "BSD-3-Clause",
    /Redistribution and use in source and binary forms[\s\S]*(?:Neither the name|names? of (?:the |its )?[\s\S]{0,80}contributors may)/,
  ],
  ["BSD-2-Clause", /Redistribution and use in source and binary forms/],
  ["MIT", /Permission is hereby granted, free of charge, to any person obtaining a\s+copy/],
  ["Unlicense", /This is free and unencumbered software released into the public domain/],
  ["CC0-1.0", /CC0 1\.0 Universal/],
];

/** SPDX identifiers found in a licence text; empty where none is recognised. BSD-2 is not reported beside BSD-3. */
export function recogniseLicence(text: string): readonly string[] {
  const plain = text.replace(/[ \t\r\n]+/g, " ");
  const found = marks.filter(([, pattern]) => pattern.test(plain)).map(([spdx]) => spdx);
  return found.includes("BSD-3-Clause") ? found.filter((spdx) => spdx !== "BSD-2-Clause") : found;
}

/** Whether a file of this name, at a module's root, is a licence or notice that has to travel with it. */
export function isLicenceName(name: string): boolean {
  return (
    /^(?:licen[cs]e|copying|copyright|notice|patents|unlicense)(?:[.-][A-Za-z0-9.-]+)?$/i.test(name) &&
    !name.endsWith(".go")
  );
}

/** A notice or patent grant alone is not a licence. */
export function isLicenceItself(name: string): boolean {
  return /^(?:\w+_)?(?:licen[cs]e|copying|unlicense)/i.test(name);
}
