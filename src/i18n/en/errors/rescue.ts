import type { ErrorTexts } from "../../types.ts";

/** Rescue and doctor. */
export const rescueErrors = {
  RESCUE_NOTHING_TO_UNDO: {
    message: "There is nothing to undo in {path}.",
    hint: "A rescue that changed the command's environment only left nothing behind. Name another home with `--home DIR` if it ran with one.",
    why: "`medkit rescue --undo` takes back what the last rescue left on disk. No rescue that left something is recorded there.",
  },
  RESCUE_FILE_CHANGED: {
    message: "{path} changed while medkit was about to edit it; it was left alone.",
    hint: "Find out who else writes to it, then run the same command again.",
    why: "Before medkit edits a file with `--fix-files` it checks that it still holds what the diagnosis was made from. It did not, so an edit could have destroyed somebody's work.",
  },
  RESCUE_FILE_LINKED: {
    message:
      "{path} has {names} names (hard links); it was left alone, since the other names would keep the old content.",
    hint: "Give it a content of its own, then run the same command again: `cp -p FILE FILE.new && mv FILE.new FILE`. Or edit it by hand.",
    why: "medkit replaces a file as a whole, so that nobody ever sees half of it. Where one content has several names, that would part them without a word.",
  },
  RESCUE_FILE_NOT_UTF8: {
    message:
      "The content for {path} holds bytes that are no UTF-8 (or U+FFFD, which stands for them); nothing was written.",
    hint: "Change the encoding of the original to UTF-8, or edit it by hand.",
    why: "medkit reads files of Go as UTF-8, as Go demands of go.mod. Written again, other bytes would be altered without a word.",
  },
  RESCUE_FILE_ATTRIBUTES: {
    message: "{path} has access lists or extended attributes that could not be kept; it was left alone.",
    hint: "Edit it by hand, or run the same command as the user who owns it.",
    why: "medkit replaces a file as a whole, and the new one gets owner, mode, access lists and extended attributes of the old. `cp` of this host could not copy them.",
  },
  RESCUE_RECORD_DAMAGED: {
    message: "The record of a rescue is damaged: {path}.",
    hint: "The copies of changed files are beside it, in the folder `copies`. Put them back by hand, then remove the folder. The next `--undo` goes on to older rescues.",
    why: "medkit undoes only what its own record says. A record that cannot be read in full might name the wrong files.",
  },
  RESCUE_COPY_DAMAGED: {
    message: "Not given back, because the copy is missing or was altered: {path}.",
    hint: "What can still be used lies in {copies}; else take the file from version control or a backup. All other files of this rescue were given back, and the next `--undo` goes on to older rescues.",
    why: "Before medkit edits a file it notes the SHA-256 of what it held, and gives back only a copy that has it. A wrong copy would destroy what the file holds now.",
  },
  RESCUE_NOT_OURS: {
    message: "Nothing is undone from {path}: it is not yours, or others can write in it.",
    hint: "Run `medkit rescue --undo` as the user whose rescue it was. If it is yours and holds only what you know, take the right to write from others with `chmod -R go-w`, and try again.",
    why: "A record says which files are to be overwritten with what. One that somebody else could have written may name any file of yours.",
  },
  DRILL_NO_LIBRARY: {
    message: "The kit holds no library that the drill's project could use (one of {known}).",
    hint: "Add one of them to `modules:` of the kit's configuration, or drill the recovery only: `--scenario recovery`.",
    why: "Faults of modules are injected into a small project that depends on a module of the kit. A kit without any of the small libraries that the drill knows cannot rehearse them.",
  },
  DRILL_BED_FAILED: {
    message: "The healthy host that faults are injected into could not be made ({step}): {tail}",
    hint: "Verify the kit with `medkit kit verify`. If it is whole, report this with the lines above.",
    why: "Before anything is broken, the drill builds, vets and tests a small project with the kit's Go in the sandbox. That failed, so a fault would prove nothing.",
  },
} as const satisfies Partial<ErrorTexts>;
