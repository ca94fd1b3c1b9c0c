import type { ErrorTexts } from "../../types.ts";

/** The tool itself, the host, and medkit's state. */
export const toolErrors = {
  UNEXPECTED: {
    message: "Something happened that medkit did not foresee[[: {detail}]].",
    hint: "This is a bug. Please report it with the command that you typed and the lines below.",
    why: "medkit foresees the ways in which files, networks and other programs fail, and has a code for each. What is left is a mistake in medkit itself. The operation stopped where it was; what had been written before is complete, because medkit publishes files only by renaming finished ones.",
  },
  INTERRUPTED: {
    message: "Interrupted.",
    hint: "Nothing is half done. Run the same command again to go on.",
    why: "medkit received Ctrl-C, or a request to end from the system. It stopped its own child processes, let go of its locks, and left its state as it was after the last complete step.",
  },
  USAGE: {
    message: "{problem}",
    hint: "`{help}` shows how it is used.",
    why: "The command line could not be understood, so nothing was started. medkit does not guess: a mistyped flag could mean something else than the person wanted.",
  },
  ANSWER_IS_NO: {
    message: "The check ran, and its answer is no.",
    hint: "The result says what was found.",
    why: "The command did what it was asked to. Its answer is not the hoped-for one: something is unhealthy, has changed, or was found. The exit status says so, that a script can act on it.",
  },
  INTEGRITY: {
    message: "What was checked is not what it claims to be.",
    hint: "Do not use it. Fetch or build it again, and find out where it was changed.",
    why: "A digest, signature or proof did not match. medkit does not install, swap in or serve such a thing, and there is no flag that makes it do so.",
  },
  CONFIG_NOT_FOUND: {
    message: "There is no configuration file[[ at {path}]].",
    hint: "Name one with `--config FILE`, or make `medkit.yaml` here. `examples/reference-kit.yaml` is a good start.",
    why: "Without `--config`, medkit looks for `medkit.yaml` in the current folder and in the folders above it. It found none.",
  },
  CONFIG_INVALID: {
    message: "The configuration is not right: {file}, line {line}: {problem}.",
    hint: "Correct that line. Editors that know JSON Schema show such mistakes while you type.",
    why: "medkit refuses a configuration with an unknown key or an unfit value, since the misspelt key of today is the missing safeguard of tomorrow. Nothing was started.",
  },
  CONFIG_UNTRUSTED: {
    message: "{path} is not used: {why} ({at}).",
    hint: "If it is what you want, name it yourself: `--config {path}`.",
    why: "A configuration says where bytes come from and whose signature counts. One that another user could have written or replaced would let that user decide it for you, so what is found by looking around is taken only from files and folders that nobody else can write.",
  },
  LOCKED: {
    message: "Another medkit (process {pid} on {host}, since {since}) is at work here: {purpose}.",
    hint: "Wait until it has finished. If you are sure that it no longer runs, delete {path}.",
    why: "Two medkits that change the same thing at once would spoil each other's work. A lock whose process has ended on this host is taken over by itself; one of another host or container is not, because medkit cannot see from here whether its process lives.",
  },
  OFFLINE: {
    message: "This needs the network, and the network was ruled out[[: {url}]].",
    hint: "Leave out `--offline`, or prepare what is missing on a connected machine and bring it here.",
    why: "With `--offline` medkit tries no connection at all, so that nothing is revealed and nothing hangs. What it needed lies neither here nor in a kit.",
  },
  HOST_NO_SPACE: {
    message: "No space is left[[ for {path}]][[: {needed} needed, {free} free]].",
    hint: "Make room, or point medkit at another disk: `--home DIR` for its own state, `--out DIR` for what it makes.",
    why: "The disk is full, or a quota is used up. Files that were being written have been removed; what was there before is untouched.",
  },
  HOST_NOT_A_FOLDER: {
    message: "A folder is needed at {path}, and something else lies there or above it.",
    hint: "Move the file or the link away, or name another folder.",
    why: "A file, or a link that leads nowhere, has a name that medkit needs for a folder. It may be somebody's, and is left alone.",
  },
  HOST_READ_ONLY: {
    message: "medkit may not write to {path}.",
    hint: "Choose a folder that you own with `--out DIR` or `--home DIR`, or mend its permissions.",
    why: "The file system is mounted read-only, or this user lacks the right to write there. medkit does not change permissions by itself.",
  },
  HOST_NO_HOME: {
    message: "There is no place for medkit's own files: HOME is not set.",
    hint: "Say where with `--home DIR` or MEDKIT_HOME. A temporary folder will do.",
    why: "medkit keeps its downloads, locks and keys under `$XDG_DATA_HOME/medkit` or `~/.local/share/medkit`. Neither can be worked out here.",
  },
  HOST_TOOL_MISSING: {
    message: "The program `{tool}` is needed and is not on this host.",
    hint: "Install `{tool}`, or run this on a host that has it.",
    why: "medkit leaves a few things to the host's own programs, such as fetching private repositories with the user's git. The one that is needed now is not on PATH.",
  },
  HOST_PLATFORM: {
    message: "This does not work on {platform}.",
    hint: "Run it on one of: {supported}.",
    why: "What was asked for depends on the operating system or the processor, and medkit has no way of doing it here.",
  },
  FILE_UNREADABLE: {
    message: "{path} cannot be read[[: {problem}]].",
    hint: "Check that it exists, that it is a file, and that you may read it.",
    why: "The operating system refused to open or read it. medkit goes on with nothing that it could not read in full.",
  },
  PATH_NOT_FOUND: {
    message: "There is nothing at {path}.",
    hint: "Check the path. It is taken relative to the current folder.",
    why: "A path on the command line or in the configuration leads to nothing.",
  },
  STATE_NAME_UNSAFE: {
    message: "{name} cannot serve as a name.",
    hint: "Use letters, digits and `. _ + @ = , -` only, and begin with a letter or digit.",
    why: "Names from configuration become file names under medkit's home. A name with a slash or leading dots could lead out of its folder, so it is refused.",
  },
  STATE_TOO_NEW: {
    message: "{home} was written by a newer medkit (layout {found}; this one knows {known}).",
    hint: "Use the newer medkit, or another folder with `--home DIR`.",
    why: "A newer medkit may have written what this one would misread and damage. Nothing was changed.",
  },
  STATE_VERSION_UNREADABLE: {
    message: "{path} does not say which layout this folder has.",
    hint: "If the folder is medkit's, restore that file; else choose another with `--home DIR`.",
    why: "medkit's home begins with a file that holds the number of its layout. Here it is damaged, or the folder belongs to something else. Nothing was changed.",
  },
} as const satisfies Partial<ErrorTexts>;
