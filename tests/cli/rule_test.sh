#!/bin/sh
# `xunsai rule NAME`: golden cases, refused lines, and a second implementation.
# XUNSAI: the program to try; otherwise the one with the sanitizers in it.
set -eu
cd "$(dirname "$0")/../.."
program=${XUNSAI:-${XUNSAI_PROGRAM:-${CHECKED:-build/address-undefined}/xunsai}}
PYTHONDONTWRITEBYTECODE=1 exec python3 tests/cli/rule_test.py "$program" tests/vectors
