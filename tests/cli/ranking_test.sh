#!/bin/sh
# `xunsai rule ranking` against a second implementation on 10,000 random rosters.
# XUNSAI: the program to try; otherwise the one with the sanitizers in it.
set -eu
cd "$(dirname "$0")/../.."
program=${XUNSAI:-${XUNSAI_PROGRAM:-${CHECKED:-build/address-undefined}/xunsai}}
PYTHONDONTWRITEBYTECODE=1 exec python3 tests/cli/ranking_test.py "$program" "${ROSTERS:-10000}"
