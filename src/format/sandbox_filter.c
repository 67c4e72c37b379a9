#include "format/sandbox_filter.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
static const uint32_t architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
static const uint32_t architecture = AUDIT_ARCH_AARCH64;
#else
#error "write down this machine's AUDIT_ARCH_ constant"
#endif

/* Numbers from here on are the x32 interface of x86-64: the same calls under other
 * numbers, which the list below would not recognise. */
enum { X32_CALLS = 0x40000000, LONGEST_FILTER = 160 };

/* The low half of an argument; both supported machines are little-endian. The kernel
 * looks at no more than these 32 bits of a descriptor, of flags and of protection. */
#define ARGUMENT(index) offsetof(struct seccomp_data, args[index])

static const int allowed[] = {
    SYS_read,         SYS_pread64,        SYS_lseek,
    SYS_close,        SYS_fstat,          SYS_newfstatat,
    SYS_getdents64,   SYS_munmap,         SYS_mremap,
    SYS_brk,          SYS_madvise,        SYS_futex,
    SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn,
    SYS_sigaltstack,  SYS_getpid,         SYS_gettid,
    SYS_getrandom,    SYS_clock_gettime,  SYS_gettimeofday,
    SYS_sched_yield,  SYS_exit,           SYS_exit_group,
};

static const int deadly[] = {
    SYS_socket,
    SYS_socketpair,
    SYS_connect,
    SYS_bind,
    SYS_listen,
    SYS_accept,
    SYS_accept4,
    SYS_sendto,
    SYS_sendmsg,
    SYS_execve,
    SYS_execveat,
    SYS_clone,
    SYS_clone3,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_kill,
    SYS_tkill,
    SYS_tgkill,
    SYS_pidfd_getfd,
    SYS_process_vm_writev,
    SYS_pidfd_send_signal,
    SYS_io_uring_setup,
    SYS_bpf,
    SYS_userfaultfd,
#ifdef SYS_fork
    SYS_fork,
    SYS_vfork,
#endif
};

struct filter {
    struct sock_filter steps[LONGEST_FILTER];
    unsigned short count;
};

static void add(struct filter *filter, struct sock_filter step)
{
    assert(filter->count < LONGEST_FILTER);
    filter->steps[filter->count++] = step;
}

static void load(struct filter *filter, size_t offset)
{
    add(filter,
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

/* Goes on when the comparison holds, otherwise passes over `steps` steps. */
static void
unless_skip(struct filter *filter, unsigned comparison, uint32_t value, uint8_t steps)
{
    add(filter, (struct sock_filter)BPF_JUMP(
                    (uint16_t)(BPF_JMP | comparison | BPF_K), value, 0, steps));
}

static void answer(struct filter *filter, uint32_t action)
{
    add(filter, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action));
}

/* The call is allowed when none of these bits is set in that argument. */
static void allow_without(struct filter *filter, int call, int argument, uint32_t bits)
{
    unless_skip(filter, BPF_JEQ, (uint32_t)call, 4);
    load(filter, ARGUMENT(argument));
    unless_skip(filter, BPF_JSET, bits, 1);
    answer(filter, SECCOMP_RET_ERRNO | EPERM);
    answer(filter, SECCOMP_RET_ALLOW);
}

static void build(struct filter *filter)
{
    load(filter, offsetof(struct seccomp_data, arch));
    add(filter,
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, architecture, 1, 0));
    answer(filter, SECCOMP_RET_KILL_PROCESS);
    load(filter, offsetof(struct seccomp_data, nr));
    unless_skip(filter, BPF_JGE, X32_CALLS, 1);
    answer(filter, SECCOMP_RET_KILL_PROCESS);

    allow_without(filter, SYS_openat, 2, O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND);
    allow_without(filter, SYS_mmap, 2, PROT_EXEC);
    allow_without(filter, SYS_mprotect, 2, PROT_EXEC);
    /* Writing to standard output and standard error: descriptors below 4. */
    allow_without(filter, SYS_write, 0, ~(uint32_t)3);
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++) {
        unless_skip(filter, BPF_JEQ, (uint32_t)allowed[i], 1);
        answer(filter, SECCOMP_RET_ALLOW);
    }
    for (size_t i = 0; i < sizeof deadly / sizeof deadly[0]; i++) {
        unless_skip(filter, BPF_JEQ, (uint32_t)deadly[i], 1);
        answer(filter, SECCOMP_RET_KILL_PROCESS);
    }
    answer(filter, SECCOMP_RET_ERRNO | EPERM);
}

bool sandbox_filter_install(void)
{
    struct filter filter = {.count = 0};

    build(&filter);
    struct sock_fprog program = {.len = filter.count, .filter = filter.steps};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}
