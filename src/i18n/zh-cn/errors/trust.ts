import type { ErrorTexts } from "../../types.ts";

const notUsed = "请不要使用该归档。请从别处重新获取归档及其签名。";
const atSigning = "密钥按签名所写的时间判断。密钥有效时所签的一直有效；这个签名则不是。";

/** 信任级别：公布的校验和、OpenPGP 签名、密钥环。 */
export const trustErrors = {
  TRUST_BELOW_MINIMUM: {
    message: "`--trust {wanted}` 低于最低要求：{place} 要求 `{minimum}`。",
    hint: "请要求 `{minimum}` 或更高，或请设置最低要求的人修改它。",
    why: "MEDKIT_TRUST 和 medkit.yaml 中的 `trust:` 为所有在此工作的人设定最低要求。命令可以要求更高，不能更低。",
  },
  CHECKSUMS_INVALID: {
    message: "{file} 不是校验和列表：{problem}。",
    hint: "请采用 https://go.dev/dl/?mode=json 的格式：每个发布有 `version` 和 `files`，每个文件有 `filename`、64 位小写十六进制的 `sha256`，以及以字节计的 `size`。",
    why: "可以有两种读法的列表证明不了任何事，因此其中任何内容都没有被使用。",
  },
  CHECKSUMS_UNAVAILABLE: {
    message: "无法取得 {place} 的校验和列表：{reason}。",
    hint: "请给出您自己的文件：`--checksums checksums.json`。",
    why: "公布的校验和必须来自归档以外的地方。该处无法访问。",
  },
  CHECKSUM_UNLISTED: {
    message: "{place} 中没有 {name} 的校验和。",
    hint: "请检查归档的文件名，或给出含有它的列表。32 位 ARM 在那里写作 `armv6l`。",
    why: "列表按发布的文件名查找，文件名说明版本和平台。其他名称下的校验和可能属于另一个 Go。",
  },
  CHECKSUM_MISMATCH: {
    message: "{name} 的 SHA-256 是 {found}，而 {place} 写的是 {published}。",
    hint: "请不要使用该归档。请从别处重新获取。",
    why: "校验和不同意味着内容不同：传输损坏，或归档被改动。没有安装任何东西。",
  },
  CHECKSUM_SIZE: {
    message: "{name} 有 {found} 字节，而 {place} 写的是 {published}。",
    hint: "如果校验和正确，则是列表有误，请更正；否则请从别处重新获取归档。",
    why: "列表同时给出大小和校验和，两者不能都与该文件相符。",
  },
  SIGNATURE_NONE_MADE: {
    message: "{name} 没有 OpenPGP 签名：Go 只为其 `.tar.gz` 归档签名。",
    hint: "请使用 `.tar.gz` 归档及其 `.asc`，或要求 `checksum-database`，它能证明模块 zip 和 GOROOT。",
    why: "zip、msi、pkg 文件，模块 zip 和已解开的目录树都没有公布的签名。既然要求了签名，没有就不能算通过。",
  },
  SIGNATURE_MISSING: {
    message: "没有 {name} 的签名[[（{place}）]]。",
    hint: "请把 `{name}.asc` 放在归档旁边，或用 `--signature FILE` 指定。",
    why: "级别 `openpgp` 需要 Go 随每个 `.tar.gz` 公布的分离签名。",
  },
  SIGNATURE_UNREADABLE: {
    message: "{file} 不是文件的 OpenPGP 分离签名：{problem}。",
    hint: "请使用随归档公布的 `.asc`。",
    why: "medkit 只接受一种形式：对归档的原样字节所作、单独成文件的签名。其他形式中，所签的与所用的可能不同。",
  },
  SIGNATURE_KEY_UNKNOWN: {
    message: "{file} 由密钥 {signer} 签名，它不在 medkit 的密钥环中。",
    hint: "如果它是已有密钥的新子密钥：`medkit toolchain key update FILE`。导入新密钥之前，请先核对其指纹。",
    why: "只有经人确认的密钥才算数。任何人都能用自己的密钥签名。",
  },
  SIGNATURE_WRONG: {
    message: "{signer} 的签名不是对这个 {file} 所作。",
    hint: notUsed,
    why: "签名写的是已知的密钥，但与这些字节不符：归档被改动，或这是另一个文件的签名。",
  },
  SIGNATURE_FUTURE: {
    message: "{signer} 对 {file} 的签名来自未来（{signedAt}；现在是 {now}）。",
    hint: "请校准本机时钟。如果时钟正确，请不要使用该归档。",
    why: "届时密钥是否有效，现在还无法知道。",
  },
  SIGNATURE_EXPIRED: {
    message: "{signer} 于 {signedAt} 对 {file} 所作的签名已失效。",
    hint: "请获取该归档当前的签名。",
    why: "签名者为签名本身设定了期限。这与密钥的期限不同，密钥的期限按签名时间判断。",
  },
  SIGNATURE_BEFORE_KEY: {
    message: "{file} 的签名作于 {signedAt}，早于其密钥 {signer} 的生成（{made}）。",
    hint: notUsed,
    why: atSigning,
  },
  SIGNATURE_AFTER_EXPIRY: {
    message: "{file} 的签名作于 {signedAt}，当时密钥 {signer} 已过期（{expires}）。",
    hint: "如果该密钥后来延长了期限，请更新它：`medkit toolchain key update FILE`。否则请不要使用该归档。",
    why: atSigning,
  },
  SIGNATURE_KEY_REVOKED: {
    message: "为 {file} 签名的密钥 {signer} 已被吊销。",
    hint: "请不要使用该归档。请向发布者索取带有新签名的归档。",
    why: "没有无害理由的吊销意味着他人可能持有该密钥，此时签名中的任何日期都不可信。被取代或停用的密钥，对其之前所签的仍然算数。",
  },
  SIGNATURE_KEY_UNBOUND: {
    message: "密钥 {signer} 为 {file} 签了名，但没有被认可为签名密钥。",
    hint: "请从发布者自己的网站导入其完整的密钥。",
    why: "签名子密钥需要主密钥将其绑定用于签名的签名，以及子密钥自身表示同意的签名。其中之一缺失或不成立。",
  },
  SIGNATURE_WEAK: {
    message: "{signer} 对 {file} 的签名使用了可被攻破的算法：{what}。",
    hint: "请向发布者索取使用 SHA-256 或更强算法、由 2048 位以上的 RSA 密钥或 Ed25519 密钥所作的签名。",
    why: "使用 MD5、SHA-1、RIPEMD、DSA 或过短的 RSA 密钥时，他人也能造出这样的签名。",
  },
  KEYRING_EMPTY: {
    message: "medkit 的密钥环中还没有密钥。",
    hint: "请导入为您的归档签名的密钥：`medkit toolchain key import FILE --fingerprint F`。",
    why: "签名由您为此目的导入的密钥判断。medkit 不附带任何密钥，也从不查看您自己的 GnuPG 密钥环。",
  },
  KEYRING_DAMAGED: {
    message: "medkit 密钥环中的 {path} 已损坏。",
    hint: "请删除该文件，并重新导入密钥。",
    why: "它无法读取，或其中的密钥与文件名不符。只要它还在，就不判断任何签名。",
  },
  OPENPGP_KEY_INVALID: {
    message: "{file} 无法收入密钥环：{problem}。",
    hint: "请给出发布者的公钥，ASCII 装甲或二进制均可。",
    why: "密钥环只存放能够作证的公钥，别无其他。",
  },
  OPENPGP_KEY_FORGED: {
    message: "{file} 中的子密钥 {subkey} 不是由密钥 {fingerprint} 加入的。",
    hint: "请不要使用该文件。请从发布者自己的网站获取密钥。",
    why: "将子密钥绑定到其密钥的签名不成立：它是他人加入的。没有导入任何东西。",
  },
  OPENPGP_KEY_UNCONFIRMED: {
    message: "{file} 中有 {found}，尚无人确认。",
    hint: "请与您从别处得到的指纹（发布者的网站、同事、纸面）核对，然后给出：`--fingerprint F`。",
    why: "能替换归档的人也能替换密钥文件。只有从另一途径得到的指纹，才能把密钥与其主人联系起来。",
  },
  OPENPGP_KEY_OTHER: {
    message: "{file} 中没有密钥 {wanted}，其中有 {found}。",
    hint: "请从发布者自己的网站获取密钥，并再次核对。",
    why: "指纹就是密钥。指纹不同就是另一个密钥，无论它用什么名字。",
  },
  OPENPGP_KEY_UNVOUCHED: {
    message: "{file}（{found}）中没有任何内容属于密钥环中的密钥，或由其认证。",
    hint: "如果您已核对新密钥的指纹：`--fingerprint F`。",
    why: "更新带来已知密钥的新子密钥，以及由已知密钥认证的新密钥。其他的都必须由人确认。",
  },
  OPENPGP_KEY_UNKNOWN: {
    message: "密钥 {fingerprint} 不在密钥环中。",
    hint: "用 `medkit toolchain key list` 查看有哪些。",
    why: "密钥以其主密钥的完整指纹指称。",
  },
  OPENPGP_FINGERPRINT_INVALID: {
    message: "`{text}` 不是指纹。",
    hint: "请写出主密钥指纹的全部 40 位十六进制数字（第 6 版密钥为 64 位），空格无妨。",
    why: "密钥 ID 只是指纹的末尾，他人可以造出末尾相同的密钥。",
  },
} as const satisfies Partial<ErrorTexts>;
