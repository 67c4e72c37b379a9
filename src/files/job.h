/* job.h - files that are asked for and made later (files/runner.h), as the database
 * holds them. They are the asker's own: for everybody else they do not exist. */
#ifndef FILES_JOB_H
#define FILES_JOB_H

#include "base/writer.h"
#include "files/file.h"

enum {
    JOB_OPEN_LIMIT = 5, /* of one person, queued or running */
    JOB_STARTS = 3,     /* a job that was cut off so often has failed */
    JOB_LIST = 100,     /* the newest that a list shows */
};

/* How long a finished file can be fetched; then it is removed. */
#define JOB_RETENTION_MS ((int64_t)7 * 24 * 60 * 60 * 1000)

/* A change: queues a job.
 * Errors: ERROR_NOT_FOUND "ranking_unknown"; ERROR_TOO_OFTEN "exports_open". */
struct job_request {
    int64_t person;
    enum ranking_kind kind;
    int64_t subject;
    int64_t branch; /* 0: the district */
    enum file_format format;
    int64_t at;
    int64_t id; /* set */
};
store_change job_queue;

struct job {
    int64_t id;
    int64_t person;
    enum ranking_kind kind;
    int64_t subject;
    int64_t branch; /* 0: the district */
    enum file_format format;
    bool done;
    int64_t ended_at;
    int64_t row_count;
    const char *file;
    const char *name;
    const char *digest;
};

/* Whether there is anything to take. */
struct error *job_is_waiting(struct db *db, bool *waiting) MUST_CHECK;

/* A change: takes the oldest queued job and marks it as running; id 0: there is none.
 * What was running when the program ended is queued again, or failed after JOB_STARTS:
 * so nothing else may be running. `at`: UTC ms. */
struct job_taking {
    int64_t at;
    struct job job; /* set; texts are not */
};
store_change job_take;

/* A change: the end of a running job. `failure` NULL: it is done, and stands in the log
 * of exports. */
struct job_ending {
    const struct job *job;
    const char *failure; /* a sentence for the person */
    const char *file;
    const char *name;
    const char *digest;
    int64_t size;
    int64_t row_count;
    int64_t at;
};
store_change job_end;

/* A change: puts a running job back, for a later start. The context is its id. */
store_change job_put_back;

/* Whose jobs are looked at. `street`: only those of one street, 0 without; for people
 * who may see no others. */
struct job_eyes {
    int64_t person;
    bool everything;
    int64_t street;
};

/* What is known of the job that is made now; id 0: none. */
struct job_progress {
    int64_t id;
    int64_t done;
    int64_t total;
};

/* Writes the array "exports", the newest first, or with `id` the members of that one:
 *   {"id", "kind", "subject", "branch": id | null, "format", "state", "name": text |
 *    null, "rows_done", "rows_total", "size": bytes | null, "digest": hex | null,
 *    "failure": text | null, "queued_at", "ended_at" | null, "expires_at" | null}
 * Errors: ERROR_NOT_FOUND "export_unknown". */
struct error *job_write_list(
    struct db *db, struct writer *writer, const struct job_eyes *eyes,
    const struct job_progress *progress) MUST_CHECK;
struct error *job_write(
    struct db *db, struct writer *writer, int64_t id, const struct job_eyes *eyes,
    const struct job_progress *progress) MUST_CHECK;

/* A finished one. Errors: ERROR_NOT_FOUND "export_unknown"; ERROR_CONFLICT
 * "export_not_done"; ERROR_GONE "export_expired". `now`: UTC ms. */
struct error *job_find_done(
    struct db *db, int64_t id, const struct job_eyes *eyes, int64_t now,
    struct job *job) MUST_CHECK;

/* The names of files that are still to be kept, each once, NULL at the end. */
struct error *
job_kept_files(struct db *db, int64_t now, const char *const **names) MUST_CHECK;

#endif
