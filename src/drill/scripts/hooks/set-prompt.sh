# shellcheck shell=sh
# shellcheck disable=SC2034 # the shell's own variable
PS1='host \$ '
# bash would write the history of an interactive shell into HOME by itself.
unset -v HISTFILE
