import type { ErrorTexts } from "../../types.ts";

/** 用存储桶作为模块代理的仓库。 */
export const proxyStoreErrors = {
  S3_ADDRESS_INVALID: {
    message: "`{address}` 不是存储桶的地址：{problem}。",
    hint: "请写 `s3://BUCKET/PREFIX`；服务器地址写在 medkit.yaml 的 `s3.endpoint` 或 AWS_ENDPOINT_URL_S3 中，格式为 `https://HOST:PORT`。",
    why: "无法读懂存储桶、其服务器的地址或区域的名称。",
  },
  S3_CREDENTIALS_MISSING: {
    message: "没有存储桶的凭据：环境变量中没有，{file} 的 [{profile}] 中也没有。",
    hint: "设置 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY，或在 medkit.yaml 的 `s3.credentials` 中指定含有两者的文件。",
    why: "发往对象存储的请求要签名。medkit 不向网络上的任何服务索取密钥，只从环境变量或文件中读取。",
  },
  S3_REFUSED: {
    message: "服务器 {endpoint} 拒绝在存储桶 {bucket} 中执行 {operation}：{reason}。",
    hint: "检查密钥、存储桶策略（s3:ListBucket、s3:GetObject、s3:PutObject、s3:DeleteObject、s3:AbortMultipartUpload）以及 `s3.region` 中的区域。",
    why: "服务器看懂了请求，但不予执行：密钥不对、区域不对或缺少权限。没有 s3:ListBucket 时，不存在的对象看起来也像是被禁止的。",
  },
  S3_BUCKET_ABSENT: {
    message: "服务器 {endpoint} 上没有存储桶 {bucket}（{operation}）。",
    hint: "创建该存储桶，或更正 `--store`；如果桶名应写在路径中，请设置 `s3.pathStyle: true`。",
    why: "medkit 不创建存储桶：归谁所有、花费多少，应由人来决定。",
  },
  S3_REDIRECTED: {
    message: "服务器 {endpoint} 把存储桶 {bucket} 的 {operation} 指向别处：桶在区域 {theirs}，而不是 {region}。",
    hint: "把 `s3.region`（或 AWS_REGION）设为桶所在的区域，把 `s3.endpoint` 设为存放它的服务器。",
    why: "从不跟随重定向：代理不会连接配置中没有写明的主机。",
  },
  S3_UNREACHABLE: {
    message: "服务器 {endpoint} 没有完成存储桶 {bucket} 中的 {operation}：{reason}。",
    hint: "检查服务器是否在运行、从这里能否连通；客户端可以重试，没有存下任何残缺的内容。",
    why: "每次尝试都失败：连接中断、太久没有数据，或服务器回答过载、出错。",
  },
  S3_ANSWER_INVALID: {
    message: "对象存储对 {operation} 的回答无法使用：{problem}。",
    hint: "检查 `s3.endpoint` 是否真是 S3 服务器，而不是网页或它前面的网关。",
    why: "收到的内容不符合 S3 协议，没有被采用。",
  },
  S3_DAMAGED: {
    message: "{object} 与当初存入的不同：{problem}。",
    hint: "请重试：损坏的内容会重新证明，证明不了的会重新获取。如果反复出现，请检查存储的磁盘。",
    why: "每个对象都连同其 SHA-256 一起存入。这些字节的值不同，或在读取过程中变了；客户端没有把它们当作完整的文件收下。",
  },
} as const satisfies Partial<ErrorTexts>;
