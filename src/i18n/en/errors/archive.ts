import type { ErrorTexts } from "../../types.ts";

const hostile =
  "An archive from outside can be made to write beyond the folder that it is unpacked into, or to fill the disk. medkit looks at every entry before it writes, and refuses the whole archive if one is unfit. Nothing was written outside the target folder.";
const damaged =
  "The bytes are not those that were packed: the transfer broke off, the disk failed, or somebody changed the file. medkit uses nothing of an archive that it could not read to its end.";
const refetch = "Fetch the archive again, and compare it with its `.sha256sum`.";
const distrust =
  "Do not unpack it by other means. Ask whoever made it, and fetch it again from a place that you trust.";

/** Archives that are damaged or hostile. */
export const archiveErrors = {
  ARCHIVE_NOT_TAR: {
    message: "This is not a tar archive[[: {archive}]].",
    hint: refetch,
    why: damaged,
  },
  ARCHIVE_DAMAGED: {
    message: "The archive[[ {archive}]] is damaged[[: {problem}]].",
    hint: refetch,
    why: damaged,
  },
  ARCHIVE_TRUNCATED: {
    message: "The archive[[ {archive}]] ends too early.",
    hint: refetch,
    why: damaged,
  },
  ARCHIVE_TRAILING_DATA: {
    message: "The archive[[ {archive}]] goes on after its end.",
    hint: refetch,
    why: damaged,
  },
  ARCHIVE_MULTIPLE_MEMBERS: {
    message: "The archive[[ {archive}]] consists of several gzip members.",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_HEADER_CHECKSUM: {
    message: "A header in the archive[[ {archive}]] does not match its own checksum.",
    hint: refetch,
    why: damaged,
  },
  ARCHIVE_HEADER_INVALID: {
    message: "A header in the archive[[ {archive}]] breaks the tar format[[: {problem}]].",
    hint: refetch,
    why: damaged,
  },
  ARCHIVE_PATH_TRAVERSAL: {
    message: "An entry of the archive[[ {archive}]][[, {entry},]] leads out of the target folder.",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_PATH_ABSOLUTE: {
    message: "An entry of the archive[[ {archive}]][[, {entry},]] has an absolute path.",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_PATH_CHARACTERS: {
    message: "A name in the archive[[ {archive}]][[, {entry},]] holds control characters or broken UTF-8.",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_PATH_BACKSLASH: {
    message: "A name in the archive[[ {archive}]][[, {entry},]] holds a backslash.",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_PATH_FORM: {
    message: "A path in the archive[[ {archive}]][[, {entry},]] has empty parts or parts that mean a folder.",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_PATH_ALPHABET: {
    message: "A name in the archive[[ {archive}]][[, {entry},]] holds characters that a kit does not use.",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_TOP_FOLDER: {
    message: "The archive[[ {archive}]] does not consist of exactly the one folder that was expected[[: {expected}]].",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_LINK: {
    message: "The archive[[ {archive}]] holds a symbolic link[[: {entry}]].",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_LINK_ABSOLUTE: {
    message: "The archive[[ {archive}]] holds a symbolic link to an absolute path[[: {entry}]].",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_LINK_OUTSIDE: {
    message: "The archive[[ {archive}]] holds a symbolic link that leads out of it[[: {entry}]].",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_LINK_HIDDEN: {
    message: "The archive[[ {archive}]] names a link's target where it says that there is no link[[: {entry}]].",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_HARD_LINK: {
    message: "The archive[[ {archive}]] holds a hard link[[: {entry}]].",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_SPECIAL_FILE: {
    message: "The archive[[ {archive}]] holds a device, a pipe or another special file[[: {entry}]].",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_DUPLICATE: {
    message: "The archive[[ {archive}]] names the same path twice[[: {entry}]].",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_CASE_CLASH: {
    message: "Two entries of the archive[[ {archive}]] differ in upper and lower case only[[: {other}, {entry}]].",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_FILE_AS_FOLDER: {
    message: "The archive[[ {archive}]] uses a file as if it were a folder[[: {entry}]].",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_TOO_BIG: {
    message: "Unpacked, the archive[[ {archive}]] is bigger than is allowed[[: more than {limit}]].",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_SOURCE_CHANGED: {
    message: "A file changed while it was being packed[[: {path}]].",
    hint: "Let nothing else write there, and run the command again.",
    why: "An archive must hold one moment of its files. Two readings of this one differed, so the archive would have held a mixture. It was thrown away.",
  },
  ARCHIVE_TARGET_EXISTS: {
    message: "There is something at {path} already.",
    hint: "Choose another folder with `--out DIR`, or remove what is there.",
    why: "medkit does not write over what it did not make. Nothing was changed.",
  },
} as const satisfies Partial<ErrorTexts>;
