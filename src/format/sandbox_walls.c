/* The child's half of the sandbox: resource limits, Landlock for the files, seccomp
 * for everything else (sandbox_filter.c). */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "format/sandbox.h"
#include "format/sandbox_filter.h"

/* A sanitizer reserves terabytes of address space for its own books. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { ADDRESS_SPACE_LIMITED = 0 };
#else
enum { ADDRESS_SPACE_LIMITED = 1 };
#endif

/* Written out because the headers of a build machine may be older than the kernel the
 * program runs on. Each version of Landlock knows the rights of those before it. */
static const uint64_t read_rights = 1U << 2 | 1U << 3; /* READ_FILE, READ_DIR */
static const uint64_t all_rights[] = {
    (1U << 13) - 1, /* version 1 */
    (1U << 14) - 1, /* 2: REFER */
    (1U << 15) - 1, /* 3: TRUNCATE */
    (1U << 15) - 1, /* 4: as before, and the network */
    (1U << 16) - 1, /* 5: IOCTL_DEV */
};
enum {
    VERSION_WITH_NETWORK = 4,
    VERSION_WITH_SCOPES = 6,
    KNOWN_VERSIONS = sizeof all_rights / sizeof all_rights[0],
    NETWORK_BIND_AND_CONNECT = 3,
    SCOPE_SOCKETS_AND_SIGNALS = 3,
};

struct ruleset {
    uint64_t files;
    uint64_t network;
    uint64_t scopes;
};

static struct error *broken(struct arena *arena, const char *what)
{
    return error_make(
        arena, ERROR_BROKEN, "sandbox_broken", "cannot lock up the file reader: %s: %s",
        what, strerrordesc_np(errno));
}

static struct error *limit_resources(struct arena *arena)
{
    static const struct {
        __rlimit_resource_t resource;
        rlim_t most;
    } limits[] = {
        {RLIMIT_CPU, SANDBOX_PROCESSOR_S},
        {RLIMIT_FSIZE, 0},
        {RLIMIT_NOFILE, SANDBOX_DESCRIPTORS},
        {RLIMIT_CORE, 0},
        /* The last one, so that a sanitizer's build can leave it out. */
        {RLIMIT_AS, (rlim_t)SANDBOX_MEMORY_MIB * 1024 * 1024},
    };
    size_t count = sizeof limits / sizeof limits[0] - (ADDRESS_SPACE_LIMITED ? 0 : 1);

    for (size_t i = 0; i < count; i++) {
        /* Processor time: a hard limit above the soft one, for the first is SIGXCPU
         * and says why, the second SIGKILL. */
        rlim_t hardest = limits[i].most + (limits[i].resource == RLIMIT_CPU ? 1 : 0);
        struct rlimit limit = {.rlim_cur = limits[i].most, .rlim_max = hardest};
        if (setrlimit(limits[i].resource, &limit) != 0)
            return broken(arena, "setrlimit");
    }
    return NULL;
}

static int landlock_version(void)
{
    long version =
        syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

    return version > 0 ? (int)version : 0;
}

bool sandbox_limits_reading(void)
{
    return landlock_version() > 0;
}

static int make_ruleset(int version)
{
    int known = version < KNOWN_VERSIONS ? version : KNOWN_VERSIONS;
    struct ruleset ruleset = {.files = all_rights[known - 1]};
    size_t size = sizeof ruleset.files;

    if (version >= VERSION_WITH_NETWORK) {
        ruleset.network = NETWORK_BIND_AND_CONNECT;
        size = sizeof ruleset.files + sizeof ruleset.network;
    }
    if (version >= VERSION_WITH_SCOPES) {
        ruleset.scopes = SCOPE_SOCKETS_AND_SIGNALS;
        size = sizeof ruleset;
    }
    return (int)syscall(SYS_landlock_create_ruleset, &ruleset, size, 0);
}

static struct error *
allow_reading(struct arena *arena, int rules, const char *directory)
{
    int opened = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);

    if (opened < 0)
        return errno == ENOENT ? NULL : broken(arena, directory);
    struct landlock_path_beneath_attr beneath = {
        .allowed_access = read_rights,
        .parent_fd = opened,
    };
    long failure =
        syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
    struct error *error = failure ? broken(arena, "landlock_add_rule") : NULL;
    (void)close(opened);
    return error;
}

static struct error *
limit_files(struct arena *arena, const char *const *readable, size_t count)
{
    int version = landlock_version();

    if (version == 0)
        return NULL;
    int rules = make_ruleset(version);
    if (rules < 0)
        return broken(arena, "landlock_create_ruleset");
    for (size_t i = 0; i < count; i++) {
        struct error *error = allow_reading(arena, rules, readable[i]);
        if (error) {
            (void)close(rules);
            return error;
        }
    }
    long failure = syscall(SYS_landlock_restrict_self, rules, 0);
    struct error *error = failure ? broken(arena, "landlock_restrict_self") : NULL;
    (void)close(rules);
    return error;
}

struct error *
sandbox_enter(struct arena *arena, const char *const *readable, size_t count)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return broken(arena, "no_new_privs");
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return broken(arena, "dumpable");
    /* Nobody waits for the result any more. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0)
        return broken(arena, "pdeathsig");
    TRY(limit_files(arena, readable, count));
    TRY(limit_resources(arena));
    if (!sandbox_filter_install())
        return broken(arena, "seccomp");
    return NULL;
}
