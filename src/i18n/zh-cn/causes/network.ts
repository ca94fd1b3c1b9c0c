import type { CauseTexts } from "../../types.ts";

export const networkCauses = {
  MODULES_UNREACHABLE: {
    title: "无法获取模块",
    said: "无法从 {what} 获取模块（{outcome}）。",
    why: "缓存里没有的模块，go 命令会从 GOPROXY 里的代理获取。被询问的地址没有应答、应答了别的东西，或被关闭。",
    todo: "把 GOPROXY 指向本机可达的代理，或修好中间环节；有应急包时：`. ./activate.sh`。",
  },
} as const satisfies Partial<CauseTexts>;
