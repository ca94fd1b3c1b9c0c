/** What stands where a secret stood. */
const mask = "[secret]";

/** Names of variables whose value is nobody's business. */
const secretName =
  /(?:TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|AUTH|COOKIE|SESSION|SIGNATURE|NETRC_CONTENT)/i;

/** Variables that match by name and hold no secret. */
const harmless: ReadonlySet<string> = new Set(["GOAUTH", "SSH_AUTH_SOCK", "XDG_SESSION_ID", "XDG_SESSION_TYPE", "DBUS_SESSION_BUS_ADDRESS", "DESKTOP_SESSION"]); // prettier-ignore

const patterns: readonly (readonly [RegExp, string])[] = [
  // user:password@ and token@ in addresses
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@'"]+@/gi, `$1${mask}@`],
  // ?token=… and the like
  [/([?&](?:token|access_token|key|sig|signature|password|auth|x-amz-[a-z-]+)=)[^&\s'"]+/gi, `$1${mask}`],
  [/\b(authorization|proxy-authorization|private-token|x-api-key|cookie|set-cookie)(\s*[:=]\s*).+/gi, `$1$2${mask}`],
  [/\b(password|passwd|token|secret|login)(\s*[:=]\s*|\s+)(?!=)[^\s&]+/gi, `$1$2${mask}`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, mask],
  // tokens that tell by their form
  [
    /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|npm_[A-Za-z0-9]{30,})\b/g,
    mask,
  ],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, mask],
];

/** A text without the secrets that tell by their form, and without the given ones wherever they stand. */
export function redactText(text: string, known: readonly string[] = []): string {
  let result = text;
  for (const secret of known) if (secret.length >= 4) result = result.replaceAll(secret, mask);
  for (const [pattern, replacement] of patterns) result = result.replace(pattern, replacement);
  return result;
}

/** Whether a variable's value is a secret by its name. */
export function isSecretName(name: string): boolean {
  return secretName.test(name) && !harmless.has(name);
}

/** The secrets that an environment holds: values under telling names, and the user parts of addresses. */
export function secretsOf(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const found = new Set<string>();
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || value === "") continue;
    if (isSecretName(name)) found.add(value);
    for (const match of value.matchAll(/\b[a-z][a-z0-9+.-]*:\/\/([^\s/@'"]+)@/gi)) {
      const login = match[1] ?? "";
      found.add(login);
      const password = login.slice(login.indexOf(":") + 1);
      if (password !== login) found.add(password);
    }
  }
  return [...found].toSorted((a, b) => b.length - a.length);
}

/** The value of one variable as it may be shown. */
export function redactVariable(name: string, value: string, known: readonly string[] = []): string {
  return isSecretName(name) ? mask : redactText(value, known);
}
