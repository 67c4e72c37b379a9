#!/bin/sh
# Fills in deploy/nginx/xunsai.conf.in:
#   render.sh USER SOCKET WEB RUN LOG > nginx.conf
# USER    whom nginx's workers run as (must be let in by the program's socket)
# SOCKET  the program's unix socket       WEB  the built pages
# RUN     where nginx keeps its pid and temporary files     LOG  its log files
# listen.conf must stand beside the result.
set -eu

if [ $# -ne 5 ]; then
    echo "usage: render.sh USER SOCKET WEB RUN LOG" >&2
    exit 2
fi

# A path as sed's replacement: & and the delimiter stand for themselves. What would end
# or change nginx's quoted string is refused.
plain() {
    case $1 in
    *[\"\$\\]*)
        echo "render.sh: nginx cannot take this path: $1" >&2
        exit 1
        ;;
    esac
    printf '%s' "$1" | sed 's/[&|]/\\&/g'
}

user=$(plain "$1")
socket=$(plain "$2")
# The files that are made for people lie beside the socket, in the data folder.
exports=$(plain "$(dirname "$2")/exports")
web=$(plain "$3")
run=$(plain "$4")
log=$(plain "$5")
exec sed -e "s|@USER@|$user|" -e "s|@SOCKET@|$socket|" -e "s|@EXPORTS@|$exports|" -e "s|@WEB@|$web|" \
    -e "s|@RUN@|$run|g" -e "s|@LOG@|$log|g" "$(dirname "$0")/xunsai.conf.in"
