import { z } from "zod";

/** `s3:` of a proxy's configuration: where the bucket of `store: s3://BUCKET/PREFIX` is. Credentials are not among it. */
export const s3ConfigSchema = z.strictObject({
  /** `https://HOST[:PORT]`; default: AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, else Amazon's own. */
  endpoint: z.string().min(1).optional(),
  /** Default: AWS_REGION, AWS_DEFAULT_REGION, else `us-east-1`. */
  region: z.string().min(1).optional(),
  /** Whether the bucket's name is in the path, not in the host name; default: only with an endpoint of one's own. */
  pathStyle: z.boolean().optional(),
  /** PEM file of authorities that are trusted for this server besides the host's own, relative to this file. */
  ca: z.string().min(1).optional(),
  /** File with `aws_access_key_id` and `aws_secret_access_key`, relative to this file; default: AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials. */
  credentials: z.string().min(1).optional(),
  /** Section of that file; default: AWS_PROFILE, else `default`. */
  profile: z.string().min(1).optional(),
  /** Folder for files on their way to the bucket, relative to this file; default: below medkit's home. */
  scratch: z.string().min(1).optional(),
});

export type S3Config = z.infer<typeof s3ConfigSchema>;
