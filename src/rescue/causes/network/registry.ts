import type { Cause } from "../../types.ts";
import { checksumDatabaseUnreachable } from "./checksum-database-unreachable.ts";
import { modulesUnreachable } from "./modules-unreachable.ts";

export const networkCauses: readonly Cause[] = [modulesUnreachable, checksumDatabaseUnreachable];
