export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
}

function paint(open: number, close: number): (text: string) => string {
  return (text) => `\u001B[${open}m${text}\u001B[${close}m`;
}

const coloured: Style = {
  bold: paint(1, 22),
  dim: paint(2, 22),
  red: paint(31, 39),
  green: paint(32, 39),
  yellow: paint(33, 39),
};
const same = (text: string): string => text;
const plain: Style = { bold: same, dim: same, red: same, green: same, yellow: same };

/** `--color` decides; `auto` is colour on a terminal that is not dumb, unless NO_COLOR is set (https://no-color.org). */
export function chooseStyle(
  mode: "auto" | "always" | "never",
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Style {
  if (mode !== "auto") return mode === "always" ? coloured : plain;
  if (env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "") return plain;
  return stream.isTTY === true && env["TERM"] !== "dumb" ? coloured : plain;
}
