import type { Admission } from "../login/index.ts";
import type { BytesReply } from "../types.ts";
import { refusal } from "./answer.ts";

type Refused = Extract<Admission, { admitted: false }>;

/** The reply to somebody who may not come in. The go command shows its text, and asks no other proxy of a `,` list. */
export function refusedLogin({ why, wait }: Refused): BytesReply {
  const later = wait === undefined ? [] : ["Retry-After", String(wait)];
  if (why === "waiting")
    return { ...refusal(429, `too many wrong logins from this address: try again in ${wait ?? 60} s`), more: later };
  if (why === "busy") return { ...refusal(503, "many are logging in just now: try again"), more: later };
  const text = why === "missing" ? "this proxy wants a login: put it into ~/.netrc, or the URL" : "the login is wrong";
  return { ...refusal(401, text), more: ["WWW-Authenticate", 'Basic realm="medkit", charset="UTF-8"'] };
}
