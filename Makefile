# make          the program and the pages     make run [PORT=8080]   the demonstration
# make test     every test                    make lint              format, clang-tidy
# make check    the content: links, keys, duplicates, laws without a date
# make deps     installs missing packages     SANITIZE=thread make unit
# make reliability | attack | fuzz | bench | deb    the longer suites, a package
#
# Everything made goes to build/, everything a running program keeps goes to var/.

CC       ?= cc
PORT     ?= 8080
PACKAGES  = sqlite3 libxml-2.0 libcmark jansson libsodium yaml-0.1 libcurl pangocairo fontconfig libqrencode
STANDARD  = -std=gnu17 -D_GNU_SOURCE -Isrc
WARNINGS  = -Wall -Wextra -Werror -Wshadow -Wconversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wold-style-definition -Wcast-qual -Wpointer-arith \
            -Wwrite-strings -Wundef -Wvla -Wformat=2 -Wswitch-enum -Wnull-dereference \
            -Wimplicit-fallthrough
HARDENED  = -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE \
            -fstack-clash-protection -fno-strict-overflow
SANITIZE ?= address,undefined
comma    := ,
CHECKED   = build/$(subst $(comma),-,$(SANITIZE))
CHECKS    = -O1 -g -fno-omit-frame-pointer -fsanitize=$(SANITIZE) -fno-sanitize-recover=all
VERSION  := 0.1.0
LIBRARIES = $(shell pkg-config --libs $(PACKAGES)) -lfcgi -lxlsxwriter -lpthread
INCLUDES  = $(shell pkg-config --cflags $(PACKAGES) | sed 's/-I/-isystem /g')
FLAGS     = $(STANDARD) $(WARNINGS) $(INCLUDES) -DXUNSAI_VERSION='"$(VERSION)"'

SOURCES  := $(wildcard src/*/*.c src/*/*/*.c) src/main.c
ASSEMBLY := $(wildcard src/*/*.S)
HEADERS  := $(wildcard src/*/*.h src/*/*/*.h)
OBJECTS   = $(SOURCES:%.c=build/release/%.o) $(ASSEMBLY:%.S=build/release/%.o)
CHECKED_OBJECTS = $(SOURCES:%.c=$(CHECKED)/%.o) $(ASSEMBLY:%.S=$(CHECKED)/%.o)
LIBRARY_OBJECTS = $(filter-out $(CHECKED)/src/main.o,$(CHECKED_OBJECTS))
UNIT_SOURCES := $(wildcard tests/*/*_test.c tests/*/*/*_test.c)
UNIT_TESTS    = $(UNIT_SOURCES:%.c=$(CHECKED)/%)

.PHONY: all program web deps run test unit check lint layers clean reliability attack fuzz bench deb
.DELETE_ON_ERROR:
.SECONDARY:

all: program web
program: build/xunsai

build/xunsai: $(OBJECTS)
	@echo "link $@"
	@$(CC) $(HARDENED) -pie -Wl,-z,relro,-z,now -Wl,--as-needed $^ $(LIBRARIES) -o $@

build/release/%.o: %.c
	@mkdir -p $(@D)
	@echo "cc $@"
	@$(CC) $(FLAGS) $(HARDENED) -MMD -MP -c $< -o $@

build/release/%.o: %.S
	@mkdir -p $(@D)
	@echo "cc $@"
	@$(CC) $(STANDARD) -MMD -MP -c $< -o $@

# The same program with the sanitizers in it: what the tests run.
$(CHECKED)/xunsai: $(CHECKED_OBJECTS)
	@echo "link $@"
	@$(CC) $(CHECKS) $^ $(LIBRARIES) -o $@

$(CHECKED)/%.o: %.c
	@mkdir -p $(@D)
	@echo "cc $@"
	@$(CC) $(FLAGS) -Itests $(CHECKS) -MMD -MP -c $< -o $@

$(CHECKED)/%.o: %.S
	@mkdir -p $(@D)
	@echo "cc $@"
	@$(CC) $(STANDARD) -MMD -MP -c $< -o $@

$(CHECKED)/tests/%_test: $(CHECKED)/tests/%_test.o $(CHECKED)/tests/support/check.o $(LIBRARY_OBJECTS)
	@echo "link $@"
	@$(CC) $(CHECKS) $^ $(LIBRARIES) -lcmocka -o $@

web: build/web/.built
build/web/.built: web/package-lock.json $(shell find web -type f -not -path '*/node_modules/*' 2>/dev/null)
	deploy/deps.sh web
	cd web && npm run --silent build
	@touch $@

deps:
	deploy/deps.sh all

run:
	deploy/deps.sh run
	@$(MAKE) --no-print-directory -j2 all
	@PORT=$(PORT) exec deploy/run.sh

unit: $(UNIT_TESTS)
	@set -e; for test in $(UNIT_TESTS); do echo "== $$test"; $$test; done

test:
	deploy/deps.sh all
	@$(MAKE) --no-print-directory -j2 all $(CHECKED)/xunsai $(UNIT_TESTS)
	CHECKED=$(CHECKED) tests/run.sh

check: program
	build/xunsai check courses quizzes

layers:
	tests/architecture/layers.sh

lint: layers
	clang-format --dry-run -Werror $(SOURCES) $(HEADERS) $(UNIT_SOURCES)
	clang-tidy --quiet $(SOURCES) -- $(FLAGS)

# Kills and cut-offs for minutes instead of seconds.
reliability: all $(CHECKED)/xunsai
	FAULTS_SECONDS=$(or $(SECONDS),600) node tests/harness/run.mjs tests/faults/*.test.mjs

# What a hostile client or file would try, against the program with the sanitizers.
attack: all $(CHECKED)/xunsai
	XUNSAI_PROGRAM=$(CURDIR)/$(CHECKED)/xunsai node tests/harness/run.mjs \
	    tests/http/bodies.test.mjs tests/http/fastcgi.test.mjs tests/http/roles.test.mjs \
	    tests/http/login.test.mjs tests/http/static.test.mjs tests/http/content.test.mjs

# ---- make fuzz [SECONDS=20]: every target of tests/fuzz, so long each (clang) ----
FUZZ_CC     ?= clang
FUZZ_CHECKS  = -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
               -fno-sanitize-recover=all
FUZZ_TARGETS = $(patsubst tests/fuzz/%.c,build/fuzz/%,$(wildcard tests/fuzz/fz_*.c))
FUZZ_SHARED  = $(patsubst %.c,build/fuzz/%.o,$(filter-out tests/fuzz/fz_%,$(wildcard tests/fuzz/*.c)))
# tests/fuzz/separate_arena.c stands in for base/arena.c.
FUZZ_OBJECTS = $(patsubst %.c,build/fuzz/%.o,$(filter-out src/main.c src/base/arena.c,$(SOURCES))) \
               $(ASSEMBLY:%.S=build/fuzz/%.o)

fuzz:
	deploy/deps.sh fuzz
	@$(MAKE) --no-print-directory -j2 $(FUZZ_TARGETS)
	tests/fuzz/run.sh $(or $(SECONDS),20)

build/fuzz/%.o: %.c
	@mkdir -p $(@D)
	@echo "cc $@"
	@$(FUZZ_CC) $(STANDARD) $(INCLUDES) -Itests -Wall -Wextra -Werror \
	    -DXUNSAI_VERSION='"$(VERSION)"' $(FUZZ_CHECKS) -MMD -MP -c $< -o $@

build/fuzz/%.o: %.S
	@mkdir -p $(@D)
	@$(FUZZ_CC) $(STANDARD) -MMD -MP -c $< -o $@

# An archive: each target takes only what it needs.
build/fuzz/libxunsai.a: $(FUZZ_OBJECTS)
	@rm -f $@
	@ar rcs $@ $^

build/fuzz/fz_%: build/fuzz/tests/fuzz/fz_%.o $(FUZZ_SHARED) build/fuzz/libxunsai.a
	@echo "link $@"
	@$(FUZZ_CC) $(FUZZ_CHECKS) -fsanitize=fuzzer $^ $(LIBRARIES) -o $@

-include $(FUZZ_OBJECTS:.o=.d) $(FUZZ_SHARED:.o=.d) $(FUZZ_TARGETS:build/fuzz/%=build/fuzz/tests/fuzz/%.d)

# ---- make bench: ratios, about three minutes on a quiet machine ----
bench: program build/bench/load
	tests/bench/run.sh
	tests/bench/export.py build/xunsai

build/bench/load: $(wildcard tests/bench/*.c tests/bench/*.h)
	@mkdir -p $(@D)
	@echo "link $@"
	@$(CC) -std=gnu17 -D_GNU_SOURCE $(WARNINGS) -O2 -g $(filter %.c,$^) -o $@

# ---- make deb: build/xunsai_VERSION_ARCHITECTURE.deb, unpacked and started once ----
deb: all
	deploy/deb/build.sh
	deploy/deb/check.sh build/xunsai_$(VERSION)_$$(dpkg --print-architecture).deb

clean:
	rm -rf build

# What .incbin reads is not in the .d files.
build/release/src/store/migrations.o $(CHECKED)/src/store/migrations.o: \
    $(wildcard src/store/migrations/sqlite/*.sql)

-include $(OBJECTS:.o=.d) $(CHECKED_OBJECTS:.o=.d) $(UNIT_SOURCES:%.c=$(CHECKED)/%.d) $(CHECKED)/tests/support/check.d
