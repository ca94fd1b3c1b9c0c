import { causes as code } from "./causes/code.ts";
import { causes as host } from "./causes/host.ts";
import { causes as modules } from "./causes/modules.ts";
import { causes as network } from "./causes/network.ts";
import { causes as toolchain } from "./causes/toolchain.ts";
import { FAMILIES, type Cause, type Family } from "./types.ts";

/** Every cause that is recorded, by family. */
export const families: Readonly<Record<Family, readonly Cause[]>> = {
  code,
  modules,
  toolchain,
  host,
  network,
};

export interface Placed {
  readonly family: Family;
  readonly cause: Cause;
}

export function allCauses(): Placed[] {
  return FAMILIES.flatMap((family) => families[family].map((cause) => ({ family, cause })));
}

/** Those of these families and with these names; undefined: all. */
export function selectCauses(names?: readonly string[], ids?: readonly string[]): Placed[] {
  return allCauses().filter(
    ({ family, cause }) =>
      (names?.includes(family) ?? true) &&
      (ids?.some((id) => id === cause.id || id === `${family}/${cause.id}`) ?? true),
  );
}
