# shellcheck shell=sh
# shellcheck disable=SC2016,SC2034,SC2089,SC2090,SC2317,SC2329 # set and defined for the kit's scripts to meet
CC='cc  with   blanks '
GOFLAGS='-tags=a,b'
CGO_ENABLED=
GOPATH='/nowhere/one
line  and
'\''another'\'''
export GOPATH
GOROOT='/nowhere/$(touch drill-expanded)/`touch drill-expanded`/*'
export GOROOT
unset -v GOOS GOPROXY
export GOOS
alias unset='printf aliased' eval='printf aliased' ls='false'
ls() { echo 'a function of the user'; return 3; }
find() { echo 'a function of the user'; return 3; }
sort() { echo 'a function of the user'; return 3; }
date() { echo 'a function of the user'; return 3; }
gzip() { echo 'a function of the user'; return 3; }
mv() { echo 'a function of the user'; return 3; }
touch() { echo 'a function of the user'; return 3; }
uname() { echo 'a function of the user'; return 3; }
mkdir() { echo 'a function of the user'; return 3; }
IFS=':'
