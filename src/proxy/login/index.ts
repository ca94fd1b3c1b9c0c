export { Guard, type Admission } from "./guard.ts";
export { checkLoginName, loginsText, parseLogins, type Login } from "./login-file.ts";
export { keepPassword, makeToken } from "./secret.ts";
