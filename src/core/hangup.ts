/** Calls `listener` at every SIGHUP until it is disposed of: a server reads its configuration anew. While somebody listens, SIGHUP ends nothing. */
export function onHangup(listener: () => void): Disposable {
  process.on("SIGHUP", listener);
  return { [Symbol.dispose]: () => void process.off("SIGHUP", listener) };
}
