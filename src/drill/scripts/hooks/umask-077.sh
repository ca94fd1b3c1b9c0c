# shellcheck shell=sh
umask 077
