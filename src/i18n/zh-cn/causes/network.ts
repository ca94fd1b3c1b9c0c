import type { CauseTexts } from "../../types.ts";

export const networkCauses = {
  MODULES_UNREACHABLE: {
    title: "无法获取模块",
    said: "无法从 {what} 获取模块（{outcome}）。",
    why: "缓存里没有的模块，go 命令会从 GOPROXY 里的代理获取。被询问的地址没有应答、应答了别的东西，或被关闭。",
    todo: "把 GOPROXY 指向本机可达的代理，或修好中间环节；有应急包时：`. ./activate.sh`。",
  },
  CHECKSUM_DATABASE_UNREACHABLE: {
    title: "无法访问校验和数据库",
    said: "无法检查新模块的哈希：{address} 没有应答（{outcome}）。",
    why: "go.sum 里还没有哈希的模块要到校验和数据库查询。在封闭网络里够不到它。medkit 不会关闭这个检查。",
    todo: "使用带有数据库记录的代理或应急包，或在能访问数据库的地方把哈希加入 go.sum。",
  },
} as const satisfies Partial<CauseTexts>;
