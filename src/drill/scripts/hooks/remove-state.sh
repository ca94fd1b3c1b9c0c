# shellcheck shell=sh
[ -d "$MEDKIT_KIT_STATE/go" ] || drill_fail "the state folder that the user gave is not there any more"
chmod -R u+w "$MEDKIT_KIT_STATE"
rm -rf "$MEDKIT_KIT_STATE"
