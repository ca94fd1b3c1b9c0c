import type { ErrorTexts } from "../../types.ts";

/** 作为服务器的模块代理。 */
export const proxyErrors = {
  LISTEN_INVALID: {
    message: "`{address}` 不是可以监听的地址。",
    hint: "请写 HOST:PORT，例如 `127.0.0.1:3000` 或 `[::1]:3000`；`:3000` 为本机所有地址。",
    why: "监听在意料之外的地址上，要么没有用，要么向不该服务的人开放。",
  },
  LISTEN_FAILED: {
    message: "无法监听 {address}：{problem}。",
    hint: "用 `--listen` 换一个地址，或结束占用它的程序。1024 以下的端口需要专门的权限。",
    why: "系统拒绝了该地址：已被占用（EADDRINUSE）、不属于本机（EADDRNOTAVAIL）或不被允许（EACCES）。",
  },
} as const satisfies Partial<ErrorTexts>;
