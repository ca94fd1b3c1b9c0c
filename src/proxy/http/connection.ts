import type { Socket } from "node:net";
import type { Ports } from "../../core/ports.ts";
import type { Account } from "./account.ts";
import { gzipped, type ReadyReply } from "./compressed.ts";
import { restsAtMost } from "./endpoint.ts";
import type { Handler } from "./handler.ts";
import type { PlainRequest, PlainRequests } from "./plain-requests.ts";
import { sendFile } from "./send-file.ts";
import { headText, keptFor, piecesOf, type HttpDate, type Wires } from "./wire.ts";

/** What the connections of a server have in common. */
export interface Shared {
  readonly handler: Handler;
  readonly clock: Ports["clock"];
  readonly requests: PlainRequests;
  readonly wires: Wires;
  readonly date: HttpDate;
  /** Gives a connection to node:http, for good. */
  readonly handOver: (socket: Socket) => void;
}

/**
 * One connection of HTTP/1.1. Plain requests are answered right here, one after the other; at the first that is not plain the connection is node:http's,
 * with all that was read of it.
 */
export class Connection {
  readonly #shared: Shared;
  readonly #socket: Socket;
  readonly #address: string;
  /** What came while a reply was made. */
  #waiting: Buffer | undefined;
  #busy = false;
  #ending = false;
  /** Requests that node:http has not answered yet; undefined while it has not got the connection. */
  #handed: number | undefined;
  /** When node:http got the connection, or answered the last request on it. */
  #restsSince = 0;

  constructor(shared: Shared, socket: Socket) {
    this.#shared = shared;
    this.#socket = socket;
    this.#address = socket.remoteAddress ?? "";
    socket.on("error", () => socket.destroy());
    socket.on("data", this.#read);
    socket.on("end", this.#halfClosed);
    socket.setTimeout(keptFor * 1000, this.#silent);
  }

  /** No request is taken any more; a reply that is being made or sent comes to its end. */
  drain(): void {
    this.#ending = true;
    if (!this.#busy && (this.#handed ?? 0) === 0) this.#socket.destroySoon();
  }

  /** node:http has read a request of ours, or has answered one. */
  count(change: 1 | -1): void {
    this.#handed = (this.#handed ?? 0) + change;
    this.#restsSince = this.#shared.clock.monotonic();
    if (this.#ending && this.#handed === 0) this.#socket.destroySoon();
  }

  /** Whether node:http has waited too long for a request; it has a shorter limit of its own, which not every runtime keeps. */
  isStale(): boolean {
    return this.#handed === 0 && this.#shared.clock.monotonic() - this.#restsSince > restsAtMost;
  }

  destroy(): void {
    this.#socket.destroy();
  }

  readonly #silent = (): void => void this.#socket.destroy();

  readonly #halfClosed = (): void => {
    this.#ending = true;
    if (!this.#busy) this.#socket.destroySoon();
  };

  readonly #read = (chunk: Buffer): void => {
    if (this.#busy) {
      this.#waiting = this.#waiting === undefined ? chunk : Buffer.concat([this.#waiting, chunk]);
      return;
    }
    const request = this.#shared.requests.parse(chunk);
    if (request === undefined) this.#handOver(chunk);
    else this.#answer(request);
  };

  #handOver(chunk: Buffer): void {
    const socket = this.#socket;
    this.#handed = 0;
    this.#restsSince = this.#shared.clock.monotonic();
    socket.off("data", this.#read);
    socket.off("end", this.#halfClosed);
    socket.off("timeout", this.#silent);
    socket.setTimeout(0);
    socket.pause();
    this.#shared.handOver(socket);
    socket.unshift(chunk);
    socket.resume();
  }

  #answer(request: PlainRequest): void {
    const { handler, wires, date, clock } = this.#shared;
    const { target, headers, gzip } = request;
    const call = { method: "GET", url: target, target, headers, address: this.#address };
    const account = handler.begin(call);
    const hot = handler.isOpen ? handler.hot(target, account) : undefined;
    if (hot === undefined || this.#ending) {
      this.#busy = true;
      this.#socket.pause();
      void this.#answerLater(account, gzip, handler.ready(call, account));
      return;
    }
    const { pieces, octets } = wires.of(hot, gzip, date.of(clock.now()));
    account.octets = octets;
    if (!this.#write(pieces)) void this.#untilRead();
    account.end(200);
  }

  /** The client does not read what it asks for: its next request waits until it does. */
  async #untilRead(): Promise<void> {
    this.#busy = true;
    this.#socket.pause();
    await flushed(this.#socket);
    this.#goOn();
  }

  async #answerLater(account: Account, gzip: boolean, making: Promise<ReadyReply>): Promise<void> {
    const socket = this.#socket;
    let status = 500;
    try {
      // Upstream may take its time; the client has nothing to say meanwhile.
      socket.setTimeout(0);
      const plain = await making;
      socket.setTimeout(keptFor * 1000);
      const ready = gzip ? gzipped(plain) : plain;
      const { reply } = ready;
      status = reply.status;
      const { date, clock } = this.#shared;
      const closes = this.#ending;
      const head = Buffer.from(headText(ready, date.of(clock.now()), closes), "latin1");
      if ("file" in reply) {
        account.octets = reply.file.size;
        socket.write(head);
        await sendFile(reply.file, socket);
      } else {
        account.octets = reply.bytes.length;
        if (!this.#write(piecesOf(head, reply.bytes))) await flushed(socket);
      }
    } catch {
      // The client is gone, or the disk failed. The length was announced, so whoever still reads sees that the body is cut.
      socket.destroy();
    }
    account.end(status);
    this.#goOn();
  }

  /** False: not all of it has gone to the system yet. */
  #write(pieces: readonly Buffer[]): boolean {
    for (const piece of pieces) this.#socket.write(piece);
    return isFlushed(this.#socket);
  }

  /** The reply is sent: what came meanwhile is next. */
  #goOn(): void {
    const socket = this.#socket;
    this.#busy = false;
    if (socket.destroyed) return;
    if (this.#ending) {
      socket.destroySoon();
      return;
    }
    socket.resume();
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting !== undefined) this.#read(waiting);
  }
}

/** Whether no more than a little waits for the client to read. */
function isFlushed({ writableLength, writableNeedDrain }: Socket): boolean {
  return writableLength === 0 || !writableNeedDrain;
}

/** Resolves when all that was written has gone to the system, or will never go. */
function flushed(socket: Socket): Promise<void> {
  if (socket.destroyed || isFlushed(socket)) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off("drain", done);
      socket.off("close", done);
      resolve();
    };
    socket.on("drain", done);
    socket.on("close", done);
  });
}
