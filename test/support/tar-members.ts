import { gzipSync } from "node:zlib";

/** A member to write as it stands, allowed or not. */
export interface TarMember {
  readonly name: string;
  readonly content?: string;
  /** The header's type flag; `0`, a file, by default. */
  readonly type?: string;
  readonly link?: string;
  /** What the header says, where that is not the content's size. */
  readonly size?: number;
}

/** A gzipped ustar archive of these members. */
export function tarGz(members: readonly TarMember[]): Buffer {
  const parts = members.flatMap((member) => {
    const content = Buffer.from(member.content ?? "");
    const header = Buffer.alloc(512);
    header.write(member.name, 0);
    header.write("0000644\x000000000\x000000000\x00", 100);
    header.write(`${(member.size ?? content.length).toString(8).padStart(11, "0")}\x0000000000000\x00        `, 124);
    header.write(`${member.type ?? "0"}${member.link ?? ""}`, 156);
    header.write("ustar\x0000", 257);
    const sum = header.reduce((total, octet) => total + octet, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\x00 `, 148);
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(1024)]));
}
