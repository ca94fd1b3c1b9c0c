# shellcheck shell=sh
# Sourced: undoes activate.sh in the current shell, as the function medkit_deactivate does. Succeeds where nothing is active.
#
#     . ./deactivate.sh

# Executed, it could not reach the variables of the shell that it was called from. (No variable: `set -a` would export it.)
if
  if [ -n "${BASH_VERSION-}" ]; then
    \eval '[ "${BASH_SOURCE[0]}" = "$0" ]'
  elif [ -n "${ZSH_VERSION-}" ]; then
    case ${ZSH_EVAL_CONTEXT-} in *file*) false ;; esac
  else
    [ "${0##*/}" = deactivate.sh ] && [ -f "${0%deactivate.sh}toolchains.sha256sum" ]
  fi
then
  \command printf 'medkit: deactivate.sh changes the current shell, so it is sourced, not run:  . ./deactivate.sh\n' >&2
  exit 2
fi

if [ -n "${medkit_touched_-}" ]; then
  medkit_deactivate
else
  \command printf 'medkit: nothing is active in this shell\n' >&2
fi
