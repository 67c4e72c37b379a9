/* role.h - what an account may be; one person can be several. */
#ifndef HTTP_ROLE_H
#define HTTP_ROLE_H

#include <stddef.h>

enum role {
    ROLE_LEARNER = 1,      /* 小区专员 */
    ROLE_PROCTOR = 2,      /* 分会场管理员 */
    ROLE_LECTURER = 4,     /* 讲师 */
    ROLE_JUDGE = 8,        /* 评委 */
    ROLE_CHIEF_JUDGE = 16, /* 裁判长 */
    ROLE_AUDITOR = 32,     /* 监督 */
    ROLE_HOST = 64,        /* 主持 */
    ROLE_ORGANISER = 128,  /* 组织者 */
    ROLE_SIGNED_IN = 255,  /* any of them */
    ROLE_ANYONE = 256,     /* no sign-in needed */
    ROLE_MACHINE = 512,    /* no person: a tool with a token */
};

/* The single roles with the names they have in JSON and in documents. */
struct role_name {
    unsigned role;
    const char *name;
};
extern const struct role_name role_names[];
extern const size_t role_name_count;

#endif
