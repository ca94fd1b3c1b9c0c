import { platformText } from "../core/go-version.ts";
import type { KitToolchainTree } from "./acquire.ts";
import type { KitPlan } from "./types.ts";

/** `README.txt` of a kit: for a person who has nothing else at hand. */
export function readmeText(plan: KitPlan, toolchains: readonly KitToolchainTree[]): string {
  const versions = toolchains
    .map(
      (toolchain) =>
        `go${toolchain.request.version} for ${platformText(toolchain.request.platform)}${toolchain.rebuilt === undefined ? "" : " (rebuilt-unmatched)"}`,
    )
    .join(", ");
  return `${plan.name} ${plan.version}: Go, its modules and a warm build cache, for hosts without internet.
Inside: ${versions}.

    cd ${plan.name}
    sh verify.sh                what is here is what was made (sha256sum -c *.sha256sum does, too)
    . ./activate.sh             go is the kit's, in this shell only
    go build ./...              in your own folder
    medkit_rescue go build ./...    where that fails: find out why, and make it pass
    medkit_deactivate           everything as before

Without activation: bin/medkit rescue --kit . -- COMMAND…; where that does not start: sh rescue.sh -- COMMAND…
MEDKIT_GO=1.21.13 chooses among several versions, before activation.
What is inside, from where, and how it was verified: manifest.json, sbom.cdx.json, licenses/.
A key that lies in the kit does not tell who made it: sh verify.sh --signer KEY.pem takes one that you brought.

${plan.name} ${plan.version}：供断网主机使用的 Go 工具链、模块与预热构建缓存。

    cd ${plan.name}
    sh verify.sh                校验：内容与制作时一致（sha256sum -c *.sha256sum 亦可）
    . ./activate.sh             仅在当前 shell 中使用包内的 go
    go build ./...              在您自己的目录中执行
    medkit_rescue go build ./...    若失败：找出原因并让它通过
    medkit_deactivate           一切恢复原状
`;
}
