import type { Socket } from "node:net";
import { pipeline } from "node:stream/promises";
import type { StoredFile } from "../types.ts";

/** Octets of a piece. Fresh memory of this size is mapped and cleared by the system for each piece, which costs more than the copying: so it is used again. */
const pieceSize = 256 * 1024;
const mostIdle = 16;
const idle: Buffer[] = [];

/** Sends all of a file, piece by piece as the client takes them, and closes it. Rejects where the client is gone or the file is cut: the socket is of no use then. */
export async function sendFile(file: StoredFile, socket: Socket): Promise<void> {
  if (file.read === undefined) {
    await pipeline(file.stream(0, file.size), socket, { end: false });
    return;
  }
  // One piece is read while the other is sent.
  const pieces = [takePiece(), takePiece()] as const;
  let sending: Promise<void> = Promise.resolve();
  try {
    for (let [position, turn] = [0, 0]; position < file.size; turn++) {
      const piece = pieces[turn % 2 === 0 ? 0 : 1];
      const read = await file.read(piece, position, Math.min(pieceSize, file.size - position));
      if (read === 0) throw new Error("the file is shorter than it was");
      position += read;
      await sending;
      sending = write(socket, piece.subarray(0, read));
      // It is waited for in the next turn, or below.
      sending.catch(() => undefined);
    }
    await sending;
  } catch (error) {
    // Nobody reads a piece any more when its socket is closed.
    socket.destroy();
    await sending.catch(() => undefined);
    throw error;
  } finally {
    for (const piece of pieces) if (idle.length < mostIdle) idle.push(piece);
    await file[Symbol.asyncDispose]();
  }
}

function takePiece(): Buffer {
  return idle.pop() ?? Buffer.allocUnsafeSlow(pieceSize);
}

/** Resolves when the octets are the system's. */
function write(socket: Socket, octets: Buffer): Promise<void> {
  if (socket.destroyed) return Promise.reject(new Error("the client is gone"));
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error("the client is gone"));
    socket.once("close", gone);
    socket.write(octets, (error) => {
      socket.off("close", gone);
      if (error === undefined || error === null) resolve();
      else reject(error);
    });
  });
}
