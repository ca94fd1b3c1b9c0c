import type { CommandText } from "../../types.ts";
import type { kitCommands as source } from "../../en/commands/kit.ts";

export const kitCommands = {
  start: {
    brief: "为本机构建应急包，校验它，并演练恢复过程",
    about: "`npm start` 运行的就是它：按参考配置制作一个真实的应急包，进行校验，再在断网的沙箱中演练值班人员会做的事。",
  },
  "kit build": {
    brief: "按配置制作应急包",
    about:
      "获取并校验工具链和模块，在断网状态下证明它们足够用，预热构建缓存，再把全部内容打成一个可复现的归档，旁边附上校验和。",
    flags: {
      out: "归档存放的目录（默认：当前目录）",
      platform: "只取配置中的这些平台",
      signKey: "用于签署清单的 Ed25519 私钥（PEM）",
      lock: "锁定文件：使用其中的树头和时间；不存在时写入（默认：若存在则用 <配置>.lock.json）",
      tools: "存放 medkit 可执行文件的目录，由 `npm run package` 生成（默认：检出目录的 dist/）",
    },
    examples: [
      { line: "medkit kit build --config examples/reference-kit.yaml --out dist", text: "制作参考应急包，放入 dist/" },
      { line: "medkit kit build --platform linux/amd64 --dry-run", text: "查看单一平台的应急包会包含什么" },
    ],
  },
  "kit verify": {
    brief: "按清单和签名检查应急包，打包的或已解开的均可",
    about:
      "找出被改动、增加、缺失、改名和变成链接的文件，以及丢失的权限位。不会启动应急包中的任何程序。放在应急包里的密钥不能证明什么：使用 --signer 时，清单必须由您提供的密钥签署。自有的校验和数据库也一样：没有 --sumdb 或 --signer 时，其证明记为未检查，退出状态为 5。",
    args: { path: "归档，或其解开后的目录" },
    flags: {
      signer: "要求由这把 Ed25519 公钥（PEM）签名",
      sumdb: "校验和数据库的密钥，写法同 GOSUMDB；用于数据库不为 medkit 所知的应急包",
    },
    examples: [
      { line: "medkit kit verify go-emergency-kit-v1.2.tgz", text: "带往另一侧之前检查" },
      { line: "medkit kit verify ./go-emergency-kit --signer release.pub.pem", text: "解开之后，用另外取得的公钥检查" },
    ],
  },
  "kit inspect": {
    brief: "说明应急包包含什么、来自何处、如何校验过",
    args: { path: "归档，或其解开后的目录" },
    examples: [{ line: "medkit kit inspect go-emergency-kit-v1.2.tgz --json", text: "供程序读取的清单" }],
  },
  drill: {
    brief: "在断网的沙箱中用应急包演练恢复",
    about:
      "每次演练都在以已知方式损坏的主机上解开、校验并激活应急包，构建并运行示例服务，退出激活，再逐字节比较环境。报告说明恢复了多少次、多快，以及哪里失败。",
    args: { kit: "用于演练的归档" },
    flags: {
      runs: "演练次数（默认：每个场景一次）",
      scenario: "只演练这些场景",
      out: "报告存放的目录（JSON 与 HTML）",
      seed: "场景的顺序由这个数字决定",
    },
    examples: [{ line: "medkit drill go-emergency-kit-v1.2.tgz --runs 200 --out drill", text: "两百次演练及其报告" }],
  },
} as const satisfies Readonly<Record<keyof typeof source, CommandText>>;
