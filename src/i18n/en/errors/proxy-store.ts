import type { ErrorTexts } from "../../types.ts";

/** A bucket as the store of the module proxy. */
export const proxyStoreErrors = {
  S3_ADDRESS_INVALID: {
    message: "`{address}` does not name a bucket: {problem}.",
    hint: "Write `s3://BUCKET/PREFIX`, and the server as `https://HOST:PORT` under `s3.endpoint` in medkit.yaml or in AWS_ENDPOINT_URL_S3.",
    why: "The address of a bucket or of its server, or the name of its region, cannot be read.",
  },
  S3_CREDENTIALS_MISSING: {
    message: "There are no credentials for the bucket: neither in the environment nor under [{profile}] in {file}.",
    hint: "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a file with both under `s3.credentials` in medkit.yaml.",
    why: "Requests to object storage are signed. Medkit asks no service of the network for keys: it takes them from the environment or from a file.",
  },
  S3_REFUSED: {
    message: "The server {endpoint} refuses {operation} in bucket {bucket}: {reason}.",
    hint: "Check the keys, the bucket's policy (s3:ListBucket, s3:GetObject, s3:PutObject, s3:DeleteObject, s3:AbortMultipartUpload), and the region under `s3.region`.",
    why: "The server understood the request and does not want to carry it out: other keys, another region, or a right that is missing. Without s3:ListBucket even an object that is not there looks forbidden.",
  },
  S3_BUCKET_ABSENT: {
    message: "The server {endpoint} has no bucket {bucket} ({operation}).",
    hint: "Create the bucket, or correct `--store`; where the bucket's name belongs into the path, set `s3.pathStyle: true`.",
    why: "Medkit makes no buckets: who owns one, and what it costs, is for people to decide.",
  },
  S3_REDIRECTED: {
    message:
      "The server {endpoint} sends {operation} in bucket {bucket} elsewhere: the bucket is in region {theirs}, not {region}.",
    hint: "Set `s3.region` (or AWS_REGION) to the bucket's region, and `s3.endpoint` to the server that holds it.",
    why: "A redirect is never followed: the proxy calls no host that its configuration does not name.",
  },
  S3_UNREACHABLE: {
    message: "The server {endpoint} does not carry out {operation} in bucket {bucket}: {reason}.",
    hint: "Check that the server runs and can be reached from here; clients may try again, nothing half done is stored.",
    why: "The connection failed, nothing came for too long, or the server answered that it is overloaded or broken, at every try.",
  },
  S3_ANSWER_INVALID: {
    message: "The object storage answered {operation} in a way that cannot be used: {problem}.",
    hint: "Check that `s3.endpoint` is an S3 server and not a page or a gateway in front of it.",
    why: "What came is not what the S3 protocol says. It was not used.",
  },
  S3_DAMAGED: {
    message: "{object} is not what was stored: {problem}.",
    hint: "Ask again: what is damaged is proven anew, and fetched anew where it cannot be. If it comes back, check the storage's disks.",
    why: "Each object is stored with its SHA-256. These bytes have another one, or changed while they were read; the client did not get them as a whole file.",
  },
} as const satisfies Partial<ErrorTexts>;
