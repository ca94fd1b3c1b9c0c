export { type CaseClash, type PathFault, pathFault, printablePath } from "./entry-path.ts";
export { type ExtractOptions, type ExtractSummary, type ExtractedFile, extractTar } from "./extract.ts";
export type { OutputSummary } from "./file-io.ts";
export { gunzip } from "./gzip-reader.ts";
export { type GzipLevel, type Piece, gzipFile, gzipPieces } from "./gzip-writer.ts";
export { type ArchiveLimits, DEFAULT_LIMITS } from "./limits.ts";
export { type ReadTarOptions, type TarEntry, readTar } from "./tar-reader.ts";
export {
  type FileMember,
  type FolderMember,
  type TarGzOptions,
  type TarMember,
  type TarOptions,
  tarGz,
  tarPieces,
  writeTarGz,
} from "./tar-writer.ts";
