import { connect } from "node:net";
import { once } from "node:events";

export interface RawReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** A connection that sends exactly what it is told, and takes replies of HTTP/1.1 apart without the help of what is tested. */
export interface RawConnection extends AsyncDisposable {
  send(text: string): void;
  end(): void;
  /** The next reply; undefined where the connection ended before it. Its body is cut where the connection was. */
  reply(options?: { readonly head?: boolean }): Promise<RawReply | undefined>;
}

export async function openRaw(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  await once(socket, "connect");
  let read = Buffer.alloc(0);
  const state = { ended: false };
  let wake = (): void => undefined;
  socket.on("data", (chunk: Buffer) => {
    read = Buffer.concat([read, chunk]);
    wake();
  });
  const over = (): void => {
    state.ended = true;
    wake();
  };
  socket.on("end", over).on("close", over).on("error", over);
  const more = (): Promise<void> => new Promise((resolve) => (wake = resolve));
  return {
    send: (text) => void socket.write(text, "latin1"),
    end: () => void socket.end(),
    reply: async ({ head = false } = {}) => {
      while (!read.includes("\r\n\r\n")) {
        if (state.ended) return undefined;
        await more();
      }
      const end = read.indexOf("\r\n\r\n");
      const [line = "", ...lines] = read.subarray(0, end).toString("latin1").split("\r\n");
      const headers = new Map(lines.map((each) => [each.replace(/:.*$/, "").toLowerCase(), each.replace(/^[^:]*: */, "")])); // prettier-ignore
      const size = head ? 0 : Number(headers.get("content-length") ?? 0);
      while (read.length < end + 4 + size && !state.ended) await more();
      const body = read.subarray(end + 4, end + 4 + size);
      read = read.subarray(end + 4 + size);
      return { status: Number(line.split(" ")[1]), headers, body };
    },
    [Symbol.asyncDispose]: async () => {
      if (socket.closed) return;
      const closed = once(socket, "close");
      socket.destroy();
      await closed;
    },
  };
}
