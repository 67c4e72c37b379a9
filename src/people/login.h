/* login.h - a web login: who is behind a cookie, and how the cookie is come by. */
#ifndef PEOPLE_LOGIN_H
#define PEOPLE_LOGIN_H

#include "http/request.h"
#include "store/store.h"

#define LOGIN_COOKIE "xunsai_login"

/* Fills person, branch and roles of the request from its cookie; leaves them 0 when
 * nobody is signed in, the login is over, or the person has left. */
struct error *login_identify(struct request *request) MUST_CHECK;

/* What the account of a staff number holds. Who has left cannot sign in. */
struct login_account {
    int64_t person; /* 0: no such account */
    const char *password;
    int64_t blocked_until;
};
struct error *login_account_find(
    struct db *db, const char *staff_number, struct login_account *account) MUST_CHECK;

/* A change: notes a wrong password. After five in a row the account waits a minute,
 * longer each further time, at most a quarter of an hour. */
struct login_attempt {
    int64_t person;
    int64_t at;
    const char *token; /* login_open: the cookie's value */
};
store_change login_note_failure;

/* A change: opens a login for twelve hours and forgets earlier failures.
 * Errors: ERROR_TOO_OFTEN "login_blocked" if the account waits. */
store_change login_open;

/* A change; context is the cookie's value. */
store_change login_close;

/* The Set-Cookie line for a token, NULL to take the cookie away. */
char *login_cookie(const struct request *request, const char *token);

/* ERROR_TOO_OFTEN "login_blocked" while `now` is before blocked_until. */
struct error *
login_may_try(struct arena *arena, int64_t blocked_until, int64_t now) MUST_CHECK;

#endif
