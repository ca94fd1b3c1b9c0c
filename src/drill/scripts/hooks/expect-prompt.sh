# shellcheck shell=sh
case ${PS1-} in
  *kit*'host \$ ') ;;
  *) drill_fail "the prompt does not tell which kit is active: ${PS1-}" ;;
esac
