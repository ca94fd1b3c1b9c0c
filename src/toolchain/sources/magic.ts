import { open } from "node:fs/promises";

/** Whether a file begins with these octets (given as Latin-1): an archive does as its format says, a login page does not. */
export async function beginsWith(path: string, magic: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(magic.length), 0, magic.length, 0);
    return bytesRead === magic.length && buffer.toString("latin1") === magic;
  } finally {
    await file.close();
  }
}
