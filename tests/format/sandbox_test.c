/* The sandbox from both sides. As "parse-content KIND FOLDER" this program is its own
 * child, in the ways a child may behave. */
#include "format/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arena_fixture.h"
#include "base/clock.h"

static char folder[] = "/tmp/sandbox-test-XXXXXX";

/* ---- the child of sandbox_run() ---- */

static void say(const char *words)
{
    if (write(STDOUT_FILENO, words, strlen(words)) < 0)
        _exit(3);
}

static _Noreturn void spin(void)
{
    for (volatile unsigned i = 0;; i++)
        continue;
}

static void say_descriptors(void)
{
    for (int i = 0; i < 64; i++) {
        if (fcntl(i, F_GETFD) >= 0)
            say(arena_format(arena, "%d ", i));
    }
}

static int child(const char *kind, const char *directory)
{
    arena = arena_new();
    if (strcmp(kind, "echo") == 0)
        say(directory);
    else if (strcmp(kind, "descriptors") == 0)
        say_descriptors();
    else if (strcmp(kind, "environment") == 0)
        say(getenv("PATH") || getenv("HOME") ? "leaked" : "empty");
    else if (strcmp(kind, "spin") == 0 && !sandbox_enter(arena, &directory, 1))
        spin();
    else if (strcmp(kind, "sleep") == 0)
        (void)sleep(60);
    else if (strcmp(kind, "crash") == 0)
        (void)raise(SIGKILL);
    else if (strcmp(kind, "flood") == 0)
        for (;;)
            say("0123456789");
    else if (strcmp(kind, "cling") == 0) {
        (void)signal(SIGPIPE, SIG_IGN);
        while (write(STDOUT_FILENO, "0123456789", 10) > 0)
            continue;
        (void)sleep(60);
    }
    _exit(0);
}

/* ---- what is forbidden inside ---- */

enum { ALLOWED = 0, DIED = -1, OUT_OF_TIME = -2, OTHERWISE = -3 };

static int outcome(bool failed)
{
    return failed ? errno : ALLOWED;
}

static int read_inside(void)
{
    return outcome(open(arena_format(arena, "%s/own", folder), O_RDONLY) < 0);
}

static int read_passwords(void)
{
    return outcome(open("/etc/passwd", O_RDONLY) < 0);
}

static int read_beside(void)
{
    return outcome(open(arena_format(arena, "%s/../", folder), O_RDONLY) < 0);
}

static int follow_a_link_out(void)
{
    return outcome(open(arena_format(arena, "%s/link", folder), O_RDONLY) < 0);
}

static int write_inside(void)
{
    return outcome(open(arena_format(arena, "%s/own", folder), O_WRONLY) < 0);
}

static int truncate_inside(void)
{
    return outcome(open(arena_format(arena, "%s/own", folder), O_RDONLY | O_TRUNC) < 0);
}

static int create_inside(void)
{
    const char *path = arena_format(arena, "%s/new", folder);

    return outcome(open(path, O_RDONLY | O_CREAT, 0600) < 0);
}

static int remove_inside(void)
{
    return outcome(unlink(arena_format(arena, "%s/own", folder)) != 0);
}

static int make_a_folder(void)
{
    return outcome(mkdir(arena_format(arena, "%s/new", folder), 0700) != 0);
}

static int write_to_an_open_file(void)
{
    /* 9 was opened for writing before the walls went up. */
    return outcome(write(9, "x", 1) < 0);
}

static int open_a_socket(void)
{
    return outcome(socket(AF_INET, SOCK_STREAM, 0) < 0);
}

static int connect_a_socket(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};

    return outcome(connect(9, (struct sockaddr *)&address, sizeof address) != 0);
}

static int run_a_program(void)
{
    char *const none[] = {NULL};

    return outcome(execve("/bin/true", none, none) != 0);
}

static int make_a_process(void)
{
    return outcome(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) < 0);
}

static int look_into_the_parent(void)
{
    return outcome(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) != 0);
}

static int signal_the_parent(void)
{
    return outcome(kill(getppid(), 0) != 0);
}

static int make_executable_memory(void)
{
    void *memory = mmap(
        NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
        0);

    return outcome(memory == MAP_FAILED);
}

static int make_memory_executable(void)
{
    void *memory =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return outcome(mprotect(memory, 4096, PROT_READ | PROT_EXEC) != 0);
}

static int use_the_old_call_numbers(void)
{
    /* On x86-64 the same call as getpid, under its x32 number. */
    return outcome(syscall(0x40000000 + SYS_getpid) < 0);
}

static int raise_its_limits(void)
{
    struct rlimit limit = {10, 10};

    return outcome(setrlimit(RLIMIT_CPU, &limit) != 0);
}

static int compute_for_ever(void)
{
    spin();
}

static int open_many_files(void)
{
    const char *path = arena_format(arena, "%s/own", folder);

    for (int i = 0; i < SANDBOX_DESCRIPTORS; i++) {
        if (open(path, O_RDONLY) < 0)
            return errno;
    }
    return ALLOWED;
}

/* Runs the attempt inside and says how it went: ALLOWED, an errno, DIED by the
 * filter's SIGSYS, OUT_OF_TIME by SIGXCPU. */
static int attempt(int (*act)(void))
{
    int status;
    pid_t process = fork();

    assert_true(process >= 0);
    if (process == 0) {
        const char *const readable[] = {folder, "/nothing/there"};
        (void)dup2(open("/dev/null", O_WRONLY), 9);
        if (sandbox_enter(arena, readable, 2) != NULL)
            _exit(255);
        _exit(act());
    }
    assert_int_equal(waitpid(process, &status, 0), process);
    if (WIFEXITED(status))
        return WEXITSTATUS(status);
    if (WTERMSIG(status) == SIGXCPU)
        return OUT_OF_TIME;
    return WTERMSIG(status) == SIGSYS ? DIED : OTHERWISE;
}

static void the_walls_stand(void **state)
{
    static const struct {
        const char *name;
        int (*act)(void);
        int expected;
        bool needs_landlock;
    } cases[] = {
        {"read inside", read_inside, ALLOWED, false},
        {"read passwords", read_passwords, EACCES, true},
        {"read beside", read_beside, EACCES, true},
        {"follow a link out", follow_a_link_out, EACCES, true},
        {"write inside", write_inside, EPERM, false},
        {"truncate inside", truncate_inside, EPERM, false},
        {"create inside", create_inside, EPERM, false},
        {"remove inside", remove_inside, EPERM, false},
        {"make a folder", make_a_folder, EPERM, false},
        {"write to an open file", write_to_an_open_file, EPERM, false},
        {"socket", open_a_socket, DIED, false},
        {"connect", connect_a_socket, DIED, false},
        {"execve", run_a_program, DIED, false},
        {"clone", make_a_process, DIED, false},
        {"ptrace", look_into_the_parent, DIED, false},
        {"kill", signal_the_parent, DIED, false},
        {"executable memory", make_executable_memory, EPERM, false},
        {"memory made executable", make_memory_executable, EPERM, false},
#if defined(__x86_64__)
        {"x32 call", use_the_old_call_numbers, DIED, false},
#endif
        {"raise limits", raise_its_limits, EPERM, false},
        {"compute for ever", compute_for_ever, OUT_OF_TIME, false},
        {"many files", open_many_files, EMFILE, false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (cases[i].needs_landlock && !sandbox_limits_reading())
            continue;
        int result = attempt(cases[i].act);
        if (result != cases[i].expected)
            print_message("%s: %d, not %d\n", cases[i].name, result, cases[i].expected);
        assert_int_equal(result, cases[i].expected);
    }
}

/* ---- the parent's side ---- */

static void the_output_of_the_child_comes_back(void **state)
{
    const char *output;

    (void)state;
    assert_fine(sandbox_run(arena, "echo", "/a b/汉", 100, &output));
    assert_string_equal(output, "/a b/汉");
    /* Without O_CLOEXEC: a library's mistake must not open the database to a child. */
    int leaking = open("/dev/null", O_RDONLY);
    assert_fine(sandbox_run(arena, "descriptors", "", 100, &output));
    assert_int_equal(close(leaking), 0);
    assert_string_equal(output, "0 1 2 ");
    assert_fine(sandbox_run(arena, "environment", "", 100, &output));
    assert_string_equal(output, "empty");
}

static void a_child_that_fails_is_an_error(void **state)
{
    const char *output;

    (void)state;
    assert_code(sandbox_run(arena, "crash", "", 100, &output), "content_unreadable");
    assert_code(sandbox_run(arena, "silent", "", 100, &output), "content_unreadable");
    assert_code(sandbox_run(arena, "echo", "12345", 4, &output), "content_too_large");
    assert_fine(sandbox_run(arena, "echo", "12345", 5, &output));
    assert_code(
        sandbox_run(arena, "flood", "", 1000 * 1000, &output), "content_too_large");
    int64_t before = clock_running_ms();
    assert_code(sandbox_run(arena, "cling", "", 1000, &output), "content_too_large");
    assert_true(clock_running_ms() - before < SANDBOX_WALL_MS - 1000);
}

static void a_child_cannot_waste_more_than_its_time(void **state)
{
    const char *output;
    int64_t before;

    (void)state;
    assert_code(sandbox_run(arena, "spin", folder, 100, &output), "content_too_slow");
    before = clock_running_ms();
    assert_code(sandbox_run(arena, "sleep", "", 100, &output), "content_too_slow");
    assert_in_range(
        clock_running_ms() - before, SANDBOX_WALL_MS, SANDBOX_WALL_MS + 10000);
    /* No child is left behind. */
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

static int make_folder(void **state)
{
    int file;

    (void)arena_begin(state);
    assert_non_null(mkdtemp(folder));
    file = open(arena_format(arena, "%s/own", folder), O_WRONLY | O_CREAT, 0600);
    assert_true(file >= 0);
    assert_int_equal(close(file), 0);
    return symlink("/etc/passwd", arena_format(arena, "%s/link", folder));
}

static int remove_folder(void **state)
{
    assert_int_equal(unlink(arena_format(arena, "%s/own", folder)), 0);
    assert_int_equal(unlink(arena_format(arena, "%s/link", folder)), 0);
    assert_int_equal(rmdir(folder), 0);
    return arena_end(state);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_walls_stand),
        cmocka_unit_test(the_output_of_the_child_comes_back),
        cmocka_unit_test(a_child_that_fails_is_an_error),
        cmocka_unit_test(a_child_cannot_waste_more_than_its_time),
    };

    if (argc == 4 && strcmp(argv[1], "parse-content") == 0)
        return child(argv[2], argv[3]);
    return cmocka_run_group_tests_name("sandbox", tests, make_folder, remove_folder);
}
