/** What stands where a secret stood. */
const mask = "[secret]";

/** Names of variables whose value is nobody's business. */
const secretName =
  /(?:TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|AUTH|COOKIE|SESSION|SIGNATURE|NETRC_CONTENT)/i;

/** Variables that match by name and hold no secret. */
const harmless: ReadonlySet<string> = new Set(["GOAUTH", "SSH_AUTH_SOCK", "XDG_SESSION_ID", "XDG_SESSION_TYPE", "DBUS_SESSION_BUS_ADDRESS", "DESKTOP_SESSION"]); // prettier-ignore

const patterns: readonly (readonly [RegExp, string])[] = [
  // user:password@ and token@ in addresses
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/'"]+@/gi, `$1${mask}@`],
  // ?token=… and the like
  [/([?&](?:token|access_token|key|sig|signature|password|auth|x-amz-[a-z-]+)=)[^&\s'"]+/gi, `$1${mask}`],
  [/\b(authorization|proxy-authorization|private-token|x-api-key|cookie|set-cookie)(\s*[:=]\s*).+/gi, `$1$2${mask}`],
  [/\b(password|passwd|token|secret|login)(\s*[:=]\s*|\s+)(?!=)[^\s&]+/gi, `$1$2${mask}`],
  // tokens that tell by their form
  [
    /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|npm_[A-Za-z0-9]{30,})\b/g,
    mask,
  ],
  [/\beyJ[\w-]{8,2000}\.[\w-]{8,2000}\.[\w-]*/g, mask],
];

const privateKey = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g;

/** Characters of a line that are kept: what is longer is looked through in a time that grows with more than its length. */
const longest = 4096;

function redactLine(line: string): string {
  let result = line.length > longest ? `${line.slice(0, longest)} [cut]` : line;
  for (const [pattern, replacement] of patterns) result = result.replace(pattern, replacement);
  return result;
}

/** A text without the secrets that tell by their form, and without the given ones wherever they stand. Very long lines are cut. */
export function redactText(text: string, known: readonly string[] = []): string {
  let result = text;
  for (const secret of known) if (secret.length >= 4) result = result.replaceAll(secret, mask);
  return result.replace(privateKey, mask).split("\n").map(redactLine).join("\n");
}

/** Variables that hold lists of addresses, in which a login may stand in any form, well or not. */
const addressLists = /^(?:GOPROXY|GOSUMDB)$|_proxy$/i;

function isPlainAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^(?:https?|file|socks5h?):$/.test(protocol) && username === "" && password === "";
}

/** What stands before the last `@` of each address, without its scheme: also where no URL can be read out of it. */
function loginsOf(list: string): readonly string[] {
  return list.split(/[,|]/).flatMap((each) => {
    const text = each.trim();
    const at = text.lastIndexOf("@");
    return at <= 0 || isPlainAddress(text) ? [] : [text.slice(0, at).replace(/^[a-z][a-z0-9+.-]{0,20}(?::\/{0,2}|\/\/)(?=.)/i, (scheme) => (scheme.includes("/") ? "" : scheme))]; // prettier-ignore
  });
}

/** Whether a variable's value is a secret by its name. */
export function isSecretName(name: string): boolean {
  return secretName.test(name) && !harmless.has(name);
}

function addLogin(found: Set<string>, login: string): void {
  found.add(login);
  const cut = login.indexOf(":");
  if (cut >= 0 && cut < login.length - 1) found.add(login.slice(cut + 1));
}

/** The secrets that an environment holds: values under telling names, and the user parts of addresses. */
export function secretsOf(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const found = new Set<string>();
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || value === "") continue;
    if (isSecretName(name)) found.add(value);
    for (const match of value.matchAll(/\b[a-z][a-z0-9+.-]{0,20}:\/\/([^\s/'"]+)@/gi)) addLogin(found, match[1] ?? "");
    if (addressLists.test(name)) for (const login of loginsOf(value)) addLogin(found, login);
  }
  return [...found].toSorted((a, b) => b.length - a.length);
}

/** The value of one variable as it may be shown. */
export function redactVariable(name: string, value: string, known: readonly string[] = []): string {
  return isSecretName(name) ? mask : redactText(value, known);
}

/** The words of a command as they may be shown: `--password X`, `--token=X`, `NAME_TOKEN=X` lose what they give. */
export function redactWords(words: readonly string[], known: readonly string[] = []): readonly string[] {
  const isSecret = (name: string): boolean => isSecretName(name.replaceAll("-", "_"));
  return words.map((word, index) => {
    const before = words[index - 1] ?? "";
    if (/^--?[a-z][\w-]*$/i.test(before) && isSecret(before) && !word.startsWith("-")) return mask;
    const name = /^-{0,2}([a-z][\w-]*)=./i.exec(word)?.[1];
    if (name !== undefined && isSecret(name)) return `${word.slice(0, word.indexOf("=") + 1)}${mask}`;
    return redactText(word, known);
  });
}
