#!/bin/sh
# Says which folder of src/ may include which: dependencies point one way, so a folder
# can be understood with those below it and no others. Prints every breach; exit 1.
set -eu
cd "$(dirname "$0")/../.."

below="base format store http live people"
allowed() {
    case $1 in
    base)         echo "base" ;;
    format)       echo "base format" ;;
    store)        echo "base store" ;;
    http)         echo "base format http" ;;
    live)         echo "base store http live" ;;
    people)       echo "$below" ;;
    quiz | venue) echo "$below $1" ;;
    practice)     echo "$below quiz practice" ;;
    courses)      echo "$below quiz courses" ;; # a lesson has a quiz; a quiz knows no lesson
    contest)      echo "$below quiz venue contest" ;;
    report)       echo "$below quiz venue courses contest report" ;;
    check)        echo "base format quiz courses check" ;; # pure rules over texts
    files)        echo "$below quiz venue courses contest report files" ;;
    history)      echo "$below quiz venue courses contest report history" ;;
    machines)     echo "$below quiz venue contest report machines" ;;
    published)    echo "$below report published" ;;
    cli)          echo "$below quiz practice venue courses contest report check published files history machines cli" ;;
    *)            echo "src/$1: an unknown folder: add it to layers.sh" >&2; return 1 ;;
    esac
}

wrong=$(mktemp)
trap 'rm -f "$wrong"' EXIT

say() {
    echo "$*" >>"$wrong"
}

sources_of() {
    find "$1" -name '*.[ch]' | sort
}

for folder in src/*/; do
    name=$(basename "$folder")
    may=" $(allowed "$name") " || exit 1
    for file in $(sources_of "$folder"); do
        for used in $(sed -n 's|^#include "\([a-z]*\)/.*|\1|p' "$file" | sort -u); do
            case $may in
            *" $used "*) ;;
            *) say "$file: src/$name must not include $used/" ;;
            esac
        done
        # One way to name a header, from src/ on, or the reader has to guess.
        if grep -n '^#include "[^/]*"' "$file" >/dev/null; then
            say "$file: include by the path from src/"
        fi
    done
done

# only HEADER FOLDER...: a library is known in one place.
only() {
    header=$1
    shift
    for file in $(grep -rlE "^#include <$header" src --include='*.[ch]'); do
        for folder in "$@"; do
            case $file in "$folder"/*) continue 2 ;; esac
        done
        say "$file: <$header> belongs in $*"
    done
}
only 'sqlite3\.h' src/store
only 'libpq' src/store
only 'fcgi' src/http
only 'libxml/' src/format src/quiz/exchange
only 'cmark' src/format src/quiz/exchange
only 'yaml\.h' src/format
only 'xlsxwriter' src/report src/format
only 'curl/' src/machines
only 'pango' src/files
only 'cairo' src/files
only 'qrencode' src/files
only 'fontconfig' src/files

# In a feature only routes.c speaks HTTP; the rules beside it are called by tests and
# commands too. People are the exception: who a request comes from is in its cookie.
for file in $(grep -rl '^#include "http/' src --include='*.[ch]'); do
    case $file in
    src/http/* | src/live/* | src/cli/* | src/main.c) ;;
    */routes.[ch] | src/people/*) ;;
    *) say "$file: must not include http/: that belongs in routes.c" ;;
    esac
done

# No floating point in a result. Item statistics describe questions and decide nothing.
for file in $(grep -rlwE 'double|float' src/base src/quiz src/contest --include='*.[ch]'); do
    case $file in
    src/quiz/statistics.[ch]) ;;
    *) say "$file: no floating point where results are made" ;;
    esac
done

# Functions that cannot be used safely, or hide a shell.
banned='strcpy|strcat|sprintf|vsprintf|strncpy|strncat|strtok|gets|sscanf|atoi|atol|alloca|system|popen|tmpnam|mktemp|rand|srand|localtime|gmtime|asctime|ctime'
grep -rnE "(^|[^A-Za-z0-9_])($banned) ?\(" src --include='*.[ch]' |
    grep -vE '^[^:]*:[0-9]+: *(\*|/\*|//)' |
    sed 's/^/banned function: /' >>"$wrong" || true

if [ -s "$wrong" ]; then
    cat "$wrong" >&2
    exit 1
fi
