/* live.c - topics, the requests parked on them, and one thread that wakes those. */
#include "live/live.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "http/serve.h"

enum {
    PARKED_MS = 25 * 1000,
    SWEEP_MS = 500,
    STATE_LIMIT = 4 * 1024 * 1024,
    NAME_SIZE = 64,
};

/* Ready bytes of one number, shared by replies that may still be on their way. */
struct state {
    int references; /* guarded by live->lock */
    int64_t number;
    char *bytes;
    size_t size;
    struct live *live;
};

/* The state of a topic as one audience may see it. */
struct view {
    struct view *next;
    char audience[NAME_SIZE];
    pthread_mutex_t building; /* held while the bytes are made: once per number */
    struct state *state;
};

struct topic {
    struct topic *next;
    char name[NAME_SIZE];
    int64_t number; /* the newest one heard of, 0 before the first */
    struct view *views;
    struct parked *first;
};

struct parked {
    struct parked *next;
    struct parked **link; /* what points here; NULL once taken out */
    struct request *request;
    struct topic *topic;
    const char *audience;
    live_build *build;
    int64_t since;
    int64_t until; /* clock_running_ms */
    bool expired;
};

struct live {
    pthread_mutex_t lock; /* guards all below, and what hangs on it */
    pthread_cond_t changed;
    struct topic *topics; /* never freed while running: there are few */
    bool news;
    bool closing;
    pthread_t thread;
};

/* ---- Waking ---- */

static void take_out(struct parked *parked)
{
    *parked->link = parked->next;
    if (parked->next)
        parked->next->link = parked->link;
    parked->link = NULL;
}

/* Takes out whoever is to be answered now; a list through next. */
static struct parked *take_due(struct live *live, int64_t now)
{
    struct parked *due = NULL;

    for (struct topic *topic = live->topics; topic; topic = topic->next) {
        struct parked *parked = topic->first;
        while (parked) {
            struct parked *next = parked->next;
            bool newer = topic->number > parked->since;
            if (newer || live->closing || now >= parked->until) {
                take_out(parked);
                parked->expired = !newer;
                parked->next = due;
                due = parked;
            }
            parked = next;
        }
    }
    return due;
}

static void *wake_forever(void *argument)
{
    struct live *live = argument;
    bool closing = false;

    while (!closing) {
        struct timespec until;
        pthread_mutex_lock(&live->lock);
        (void)clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += SWEEP_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        while (!live->news && !live->closing &&
               pthread_cond_timedwait(&live->changed, &live->lock, &until) == 0)
            ;
        live->news = false;
        closing = live->closing;
        struct parked *due = take_due(live, clock_running_ms());
        pthread_mutex_unlock(&live->lock);
        while (due) {
            /* After the resume the memory belongs to a worker. */
            struct parked *next = due->next;
            request_resume(due->request, NULL);
            due = next;
        }
    }
    return NULL;
}

/* ---- Topics and notices ---- */

static struct topic *topic_named(struct live *live, const char *name)
{
    struct topic *topic = live->topics;

    while (topic && strcmp(topic->name, name) != 0)
        topic = topic->next;
    if (!topic) {
        assert(strlen(name) < NAME_SIZE);
        topic = calloc(1, sizeof *topic);
        if (!topic)
            abort();
        memcpy(topic->name, name, strlen(name) + 1);
        topic->next = live->topics;
        live->topics = topic;
    }
    return topic;
}

/* In the writer thread: only notes the numbers, the waking is another thread's. */
static void hear(void *context, const struct notice *notices, size_t count)
{
    struct live *live = context;

    pthread_mutex_lock(&live->lock);
    for (size_t i = 0; i < count; i++) {
        struct topic *topic = topic_named(live, notices[i].topic);
        if (notices[i].number > topic->number)
            topic->number = notices[i].number;
    }
    live->news = true;
    pthread_cond_signal(&live->changed);
    pthread_mutex_unlock(&live->lock);
}

struct live *live_new(struct store *store)
{
    struct live *live = calloc(1, sizeof *live);
    pthread_condattr_t monotonic;

    if (!live)
        abort();
    pthread_mutex_init(&live->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&live->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    store_listen(store, hear, live);
    if (pthread_create(&live->thread, NULL, wake_forever, live))
        abort();
    return live;
}

void live_close(struct live *live)
{
    pthread_mutex_lock(&live->lock);
    live->closing = true;
    pthread_cond_signal(&live->changed);
    pthread_mutex_unlock(&live->lock);
    pthread_join(live->thread, NULL);
}

void live_free(struct live *live)
{
    while (live->topics) {
        struct topic *topic = live->topics;
        assert(!topic->first);
        live->topics = topic->next;
        while (topic->views) {
            struct view *view = topic->views;
            topic->views = view->next;
            if (view->state)
                free(view->state->bytes);
            free(view->state);
            pthread_mutex_destroy(&view->building);
            free(view);
        }
        free(topic);
    }
    pthread_cond_destroy(&live->changed);
    pthread_mutex_destroy(&live->lock);
    free(live);
}

/* ---- Shared bytes ---- */

static struct view *
view_of(struct live *live, struct topic *topic, const char *audience)
{
    pthread_mutex_lock(&live->lock);
    struct view *view = topic->views;
    while (view && strcmp(view->audience, audience) != 0)
        view = view->next;
    if (!view) {
        assert(strlen(audience) < NAME_SIZE);
        view = calloc(1, sizeof *view);
        if (!view)
            abort();
        memcpy(view->audience, audience, strlen(audience) + 1);
        pthread_mutex_init(&view->building, NULL);
        view->next = topic->views;
        topic->views = view;
    }
    pthread_mutex_unlock(&live->lock);
    return view;
}

static void release_state(void *object)
{
    struct state *state = object;
    struct live *live = state->live;

    pthread_mutex_lock(&live->lock);
    bool last = --state->references == 0;
    pthread_mutex_unlock(&live->lock);
    if (last) {
        free(state->bytes);
        free(state);
    }
}

/* The view's bytes if they are of the topic's newest number; holds a reference. */
static struct state *
fresh_state(struct live *live, const struct topic *topic, struct view *view)
{
    struct state *state = NULL;

    pthread_mutex_lock(&live->lock);
    if (view->state && view->state->number >= topic->number) {
        state = view->state;
        state->references++;
    }
    pthread_mutex_unlock(&live->lock);
    return state;
}

static struct error *write_state(
    struct request *request, live_build *build, struct writer *writer, int64_t *number)
{
    writer_init(writer, request->arena, STATE_LIMIT);
    TRY(build(request, writer, number));
    if (writer->text.overflowed || writer->depth)
        return error_new(
            request->arena, ERROR_BROKEN, "reply", "a live state over its limit");
    return NULL;
}

/* Makes the bytes anew and keeps them for the others; holds a reference. */
static struct error *renew_state(
    struct request *request, struct view *view, live_build *build,
    struct state **result)
{
    struct live *live = request->live;
    struct writer writer;
    int64_t number;

    TRY(write_state(request, build, &writer, &number));
    struct state *state = calloc(1, sizeof *state);
    if (!state || !(state->bytes = malloc(writer.text.size + 1)))
        abort();
    memcpy(state->bytes, writer.text.bytes, writer.text.size + 1);
    state->size = writer.text.size;
    state->number = number;
    state->live = live;
    state->references = 1;

    pthread_mutex_lock(&live->lock);
    struct state *old = view->state;
    bool newer = !old || old->number <= number;
    if (newer) {
        view->state = state;
        state->references++;
    }
    pthread_mutex_unlock(&live->lock);
    if (newer && old)
        release_state(old);
    *result = state;
    return NULL;
}

static struct error *shared_state(
    struct request *request, struct topic *topic, const char *audience,
    live_build *build, struct state **result)
{
    struct view *view = view_of(request->live, topic, audience);
    struct error *error = NULL;

    *result = fresh_state(request->live, topic, view);
    if (*result)
        return NULL;
    pthread_mutex_lock(&view->building);
    *result = fresh_state(request->live, topic, view); /* made while we waited? */
    if (!*result)
        error = renew_state(request, view, build, result);
    pthread_mutex_unlock(&view->building);
    return error;
}

/* ---- Following ---- */

static struct error *again(struct request *request);

static bool leave_the_park(struct request *request)
{
    struct parked *parked = request->context;
    struct live *live = request->live;

    pthread_mutex_lock(&live->lock);
    bool ours = parked->link != NULL;
    if (ours)
        take_out(parked);
    pthread_mutex_unlock(&live->lock);
    return ours;
}

/* `number` is what the client has. If something newer was heard of since it was read,
 * the request goes round at once. */
static void park(struct request *request, struct parked *parked, int64_t number)
{
    struct live *live = request->live;
    struct topic *topic = parked->topic;

    request->context = parked;
    request_suspend(request, again);
    request_watch(request, leave_the_park);
    pthread_mutex_lock(&live->lock);
    bool stay = topic->number <= number && !live->closing;
    if (stay) {
        parked->link = &topic->first;
        parked->next = topic->first;
        if (topic->first)
            topic->first->link = &parked->next;
        topic->first = parked;
    } else {
        parked->expired = live->closing;
    }
    pthread_mutex_unlock(&live->lock);
    if (!stay)
        request_resume(request, NULL);
}

static struct error *answer_or_park(struct request *request, struct parked *parked)
{
    struct writer writer;
    const char *bytes;
    size_t size;
    int64_t number;

    if (parked->audience) {
        struct state *state = NULL;
        TRY(shared_state(
            request, parked->topic, parked->audience, parked->build, &state));
        arena_defer(request->arena, release_state, state);
        bytes = state->bytes;
        size = state->size;
        number = state->number;
    } else {
        TRY(write_state(request, parked->build, &writer, &number));
        bytes = writer.text.bytes;
        size = writer.text.size;
    }
    if (number <= parked->since) {
        park(request, parked, parked->since);
        return NULL;
    }
    request->reply = (struct reply){
        .status = 200,
        .content_type = "application/json",
        .body = bytes,
        .body_size = size,
    };
    return NULL;
}

static struct error *again(struct request *request)
{
    struct parked *parked = request->context;

    if (parked->expired) {
        reply_nothing(request);
        return NULL;
    }
    return answer_or_park(request, parked);
}

struct error *live_follow(
    struct request *request, const char *topic, const char *audience, live_build *build)
{
    struct live *live = request->live;
    struct parked *parked = arena_alloc(request->arena, sizeof *parked);

    pthread_mutex_lock(&live->lock);
    struct topic *found = topic_named(live, topic);
    pthread_mutex_unlock(&live->lock);
    *parked = (struct parked){
        .request = request,
        .topic = found,
        .audience = audience,
        .build = build,
        .since = request_query_int(request, "since", -1),
        .until = clock_running_ms() + PARKED_MS,
    };
    return answer_or_park(request, parked);
}
