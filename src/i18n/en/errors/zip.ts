import type { ErrorTexts } from "../../types.ts";

const strictZip =
  "A module's zip has one strict form. Where two readings of its bytes are possible, what was verified and what is unpacked could differ; so medkit reads each zip in one way only, and unpacks none that breaks a rule.";
const leadsOut =
  "A name from outside can be made to write beyond the folder that it is unpacked into. medkit looks at every name before it writes anything, and refuses the whole zip if one is unfit.";
const refetch = "Fetch it again. If it stays as it is, use another proxy, and tell whoever runs this one.";

/** What is wrong with a zip, one code for each way to lie. */
export const zipErrors = {
  ZIP_NOT_ZIP: {
    message: "This is not a zip[[: {file}]].",
    hint: refetch,
    why: "The file neither begins nor ends as a zip does. Nothing of it was used.",
  },
  ZIP_TRUNCATED: {
    message: "The zip[[ {file}]] ends too early.",
    hint: refetch,
    why: "A zip ends with its directory, and this one has lost its end: the transfer broke off, or somebody cut it. Nothing of it was used.",
  },
  ZIP_LEADING_DATA: {
    message: "The zip[[ {file}]] has {bytes} bytes before its first entry, which belong to nothing.",
    hint: refetch,
    why: strictZip,
  },
  ZIP_GAP: {
    message: "The zip[[ {file}]] has {bytes} bytes behind {name}, which belong to nothing.",
    hint: refetch,
    why: strictZip,
  },
  ZIP_TRAILING_DATA: {
    message: "The zip[[ {file}]] goes on for {bytes} bytes after its end.",
    hint: refetch,
    why: strictZip,
  },
  ZIP_MULTIPART: {
    message: "The zip[[ {file}]] says that it is one part of several.",
    hint: refetch,
    why: "A module travels as one file. Parts would let the rest come from elsewhere.",
  },
  ZIP_DIRECTORY_INVALID: {
    message: "The directory of the zip[[ {file}]] is not sound: {problem}.",
    hint: refetch,
    why: strictZip,
  },
  ZIP_HEADERS_DISAGREE: {
    message: "The zip[[ {file}]] says two different things of {name}.",
    hint: refetch,
    why: strictZip,
  },
  ZIP_OVERLAP: {
    message: "In the zip[[ {file}]], {name} lies over another entry.",
    hint: refetch,
    why: strictZip,
  },
  ZIP_ENCRYPTED: {
    message: "{name} in the zip[[ {file}]] is encrypted.",
    hint: refetch,
    why: "No module is encrypted. What nobody can read nobody can verify.",
  },
  ZIP_METHOD: {
    message: "{name} in the zip[[ {file}]] is packed by a method ({method}) that no module zip has.",
    hint: refetch,
    why: "Go packs modules with deflate (8) or not at all (0). medkit unpacks nothing else.",
  },
  ZIP_UNSUPPORTED: {
    message: "{name} in the zip[[ {file}]] is marked for something that no module zip has (flags {flags}).",
    hint: refetch,
    why: strictZip,
  },
  ZIP_DAMAGED: {
    message: "The content of {name} in the zip[[ {file}]] is damaged.",
    hint: refetch,
    why: "It cannot be unpacked, or fewer bytes come out of it than the zip says.",
  },
  ZIP_CHECKSUM: {
    message: "The content of {name} in the zip[[ {file}]] does not match its checksum.",
    hint: refetch,
    why: "As many bytes come out of it as the zip says, but with another CRC-32: they are not those that were packed.",
  },
  ZIP_BOMB: {
    message: "{name} in the zip[[ {file}]] unpacks to more than the {size} bytes that the zip says.",
    hint: refetch,
    why: "A few packed bytes can unfold to any size and fill a disk. medkit stops at the size that was announced.",
  },
  ZIP_HIDDEN_DATA: {
    message: "{name} in the zip[[ {file}]] has bytes behind the end of its content.",
    hint: refetch,
    why: strictZip,
  },
  ZIP_TOO_BIG: {
    message: "The zip[[ {file}]] is too big: its {what} is over the limit of {limit}.",
    hint: refetch,
    why: "Go refuses module zips over 500 MB, packed or unpacked. Beyond that only archives go that are made to fill a disk.",
  },
  ZIP_PREFIX: {
    message: "The zip[[ {file}]] has {name}, which is not below {prefix}.",
    hint: "Check that it is the zip of this module and version, and fetch it again.",
    why: "Every file of a module's zip lies below `path@version/`. Another prefix means another module, or none.",
  },
  ZIP_PATH_ABSOLUTE: {
    message: "The zip[[ {file}]] has a name that begins at a root: {name}.",
    hint: refetch,
    why: leadsOut,
  },
  ZIP_PATH_TRAVERSAL: {
    message: "The zip[[ {file}]] has a name that leads out of its folder: {name}.",
    hint: refetch,
    why: leadsOut,
  },
  ZIP_PATH_BACKSLASH: {
    message: "The zip[[ {file}]] has a name with a backslash: {name}.",
    hint: refetch,
    why: "On some hosts a backslash divides folders, so the same name could lead elsewhere. No module has one.",
  },
  ZIP_PATH_CONTROL: {
    message: "The zip[[ {file}]] has a name with control characters: {name}.",
    hint: refetch,
    why: "A zero byte ends a name for some programs, a line feed makes two lines of one in what is hashed, and others steer a terminal. No module has them.",
  },
  ZIP_PATH_ENCODING: {
    message: "The zip[[ {file}]] has a name that is not UTF-8: {name}.",
    hint: refetch,
    why: strictZip,
  },
  ZIP_NAME_UNSAFE: {
    message: "The zip[[ {file}]] has the unfit name {name}: {problem}.",
    hint: refetch,
    why: strictZip,
  },
  ZIP_NESTED_MODULE: {
    message: "The zip[[ {file}]] has a go.mod where no module has one: {name}.",
    hint: refetch,
    why: "Only the root of a module has a go.mod, and it is written in small letters. Another one would make a part of it a module of its own.",
  },
  ZIP_LINK: {
    message: "The zip[[ {file}]] has a link, which no module has: {name}.",
    hint: refetch,
    why: "A link could lead what is unpacked after it out of its folder. A module holds files only.",
  },
  ZIP_SPECIAL_FILE: {
    message: "The zip[[ {file}]] has a device, a pipe or another special file: {name}.",
    hint: refetch,
    why: "A module holds files only. What a special file does depends on the host that unpacks it.",
  },
  ZIP_FOLDER_CONTENT: {
    message: "The zip[[ {file}]] has the folder {name}, with content.",
    hint: refetch,
    why: strictZip,
  },
  ZIP_DUPLICATE: {
    message: "The zip[[ {file}]] has {name} twice.",
    hint: refetch,
    why: "One of them would replace the other, and which one depends on the program. So what was verified may not be what is there.",
  },
  ZIP_FILE_AS_FOLDER: {
    message: "The zip[[ {file}]] has {name} as a file and as a folder.",
    hint: refetch,
    why: strictZip,
  },
  ZIP_CASE_CLASH: {
    message: "The names {name} and {other} in the zip[[ {file}]] differ only in upper and lower case.",
    hint: refetch,
    why: "On a disk that takes both for the same, one file would replace the other, and what was verified would not be what is there.",
  },
} as const satisfies Partial<ErrorTexts>;
