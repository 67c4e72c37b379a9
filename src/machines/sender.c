#include "machines/sender.h"

#include <curl/curl.h>
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "machines/address.h"
#include "machines/webhook.h"

enum { PAUSE_MS = 1000, AFTER_FAILURE_MS = 10 * 1000, HEADERS = 5 };

struct sender {
    struct store *store;
    struct db *reader;
    pthread_t thread;
    atomic_bool stopping;
    pthread_mutex_t lock; /* only for the pause between two looks */
    pthread_cond_t told;
};

/* One delivery on its way. */
struct sending {
    struct sender *sender;
    struct arena *arena;
    const struct webhook_delivery *delivery;
    bool private_allowed; /* the setting "webhook_private" is 1 */
    bool refused;         /* the address is one of the inside */
    bool cut;             /* the response was longer than is read */
    size_t received;
    char reason[CURL_ERROR_SIZE];
    struct curl_slist *headers;
};

/* ---- What libcurl asks ---- */

/* The address that is really called, whatever the name said before. */
static curl_socket_t
open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct sending *sending = context;

    if (purpose != CURLSOCKTYPE_IPCXN ||
        (!sending->private_allowed && !address_is_public(&address->addr))) {
        sending->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* Nothing of the response matters; a long one is not waited for. */
static size_t take_response(char *bytes, size_t size, size_t count, void *context)
{
    struct sending *sending = context;

    (void)bytes;
    sending->received += size * count;
    if (sending->received <= SENDER_RESPONSE)
        return size * count;
    sending->cut = true;
    return 0;
}

static int may_go_on(
    void *context, curl_off_t down_total, curl_off_t down, curl_off_t up_total,
    curl_off_t up)
{
    const struct sending *sending = context;

    (void)down_total, (void)down, (void)up_total, (void)up;
    return sending->sender->stopping;
}

/* ---- One delivery ---- */

static bool add_header(struct sending *sending, const char *line)
{
    struct curl_slist *list = curl_slist_append(sending->headers, line);

    if (list)
        sending->headers = list;
    return list != NULL;
}

static bool add_headers(struct sending *sending)
{
    const struct webhook_delivery *delivery = sending->delivery;
    struct arena *arena = sending->arena;
    const char *timestamp = arena_format(arena, "%" PRId64, clock_now_ms() / 1000);
    const char *const lines[HEADERS] = {
        "Content-Type: application/json",
        "Expect:",
        arena_format(arena, "X-Xunsai-Delivery: %" PRId64, delivery->id),
        arena_format(arena, "X-Xunsai-Timestamp: %s", timestamp),
        arena_format(
            arena, "X-Xunsai-Signature: %s",
            webhook_signature(arena, delivery->secret, timestamp, delivery->body)),
    };

    for (size_t i = 0; i < HEADERS; i++)
        if (!add_header(sending, lines[i]))
            return false;
    return true;
}

/* False: libcurl lacks something it must have. */
static bool prepare(CURL *curl, struct sending *sending)
{
#define SET(option, value) (curl_easy_setopt(curl, option, value) == CURLE_OK)
    return add_headers(sending) && SET(CURLOPT_URL, sending->delivery->address) &&
           SET(CURLOPT_PROTOCOLS_STR, "http,https") &&
           SET(CURLOPT_FOLLOWLOCATION, 0L) && SET(CURLOPT_PROXY, "") &&
           SET(CURLOPT_NOSIGNAL, 1L) && SET(CURLOPT_QUICK_EXIT, 1L) &&
           SET(CURLOPT_TIMEOUT, (long)SENDER_SECONDS) &&
           SET(CURLOPT_CONNECTTIMEOUT, (long)SENDER_SECONDS) &&
           SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) &&
           SET(CURLOPT_USERAGENT, "xunsai/" XUNSAI_VERSION) && SET(CURLOPT_POST, 1L) &&
           SET(CURLOPT_POSTFIELDS, sending->delivery->body) &&
           SET(CURLOPT_POSTFIELDSIZE, (long)strlen(sending->delivery->body)) &&
           SET(CURLOPT_HTTPHEADER, sending->headers) &&
           SET(CURLOPT_ERRORBUFFER, sending->reason) &&
           SET(CURLOPT_OPENSOCKETFUNCTION, open_socket) &&
           SET(CURLOPT_OPENSOCKETDATA, sending) &&
           SET(CURLOPT_WRITEFUNCTION, take_response) &&
           SET(CURLOPT_WRITEDATA, sending) && SET(CURLOPT_NOPROGRESS, 0L) &&
           SET(CURLOPT_XFERINFOFUNCTION, may_go_on) &&
           SET(CURLOPT_XFERINFODATA, sending);
#undef SET
}

static void judge(
    CURL *curl, struct sending *sending, CURLcode code, struct webhook_outcome *outcome)
{
    long status = 0;

    (void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (sending->refused)
        outcome->answer = "内网地址，未发送";
    else if (code == CURLE_OK || (code == CURLE_WRITE_ERROR && sending->cut))
        outcome->answer = arena_format(sending->arena, "%ld", status);
    else
        outcome->answer = arena_format(
            sending->arena, "%s",
            *sending->reason ? sending->reason : curl_easy_strerror(code));
    outcome->delivered = !sending->refused && status >= 200 && status < 300 &&
                         (code == CURLE_OK || sending->cut);
}

static void send_one(struct sending *sending, struct webhook_outcome *outcome)
{
    CURL *curl = curl_easy_init();

    outcome->delivery = sending->delivery->id;
    outcome->answer = "no memory";
    if (curl && prepare(curl, sending))
        judge(curl, sending, curl_easy_perform(curl), outcome);
    if (curl)
        curl_easy_cleanup(curl);
    curl_slist_free_all(sending->headers);
    outcome->at = clock_now_ms();
}

static struct error *find_due(
    struct sender *sender, struct webhook_delivery *delivery, bool *private_allowed)
{
    static const char sql[] =
        "SELECT count(*) FROM setting WHERE name = 'webhook_private' AND value = '1'";
    int64_t count;
    bool found;

    TRY(webhook_find_due(sender->reader, clock_now_ms(), delivery));
    TRY(db_number(sender->reader, &found, &count, sql));
    *private_allowed = count > 0;
    return NULL;
}

/* *more: something was due. */
static struct error *look_once(struct sender *sender, struct arena *arena, bool *more)
{
    struct webhook_delivery delivery;
    struct webhook_outcome outcome = {0};
    bool private_allowed;

    *more = false;
    db_use_arena(sender->reader, arena);
    TRY(find_due(sender, &delivery, &private_allowed));
    if (!delivery.id)
        return NULL;
    struct sending sending = {
        .sender = sender,
        .arena = arena,
        .delivery = &delivery,
        .private_allowed = private_allowed,
    };
    send_one(&sending, &outcome);
    if (sender->stopping && !outcome.delivered)
        return NULL; /* broken off by ourselves: that was no attempt */
    log_event(
        "webhook", "delivery=%" PRId64 " delivered=%s answer=%.200s", delivery.id,
        outcome.delivered ? "yes" : "no", outcome.answer);
    TRY(store_write(sender->store, arena, webhook_note, &outcome));
    *more = true;
    return NULL;
}

/* ---- The thread ---- */

static void pause_for(struct sender *sender, int64_t ms)
{
    struct timespec until;

    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ms / 1000;
    pthread_mutex_lock(&sender->lock);
    while (!sender->stopping &&
           pthread_cond_timedwait(&sender->told, &sender->lock, &until) != ETIMEDOUT)
        continue;
    pthread_mutex_unlock(&sender->lock);
}

static void *send_forever(void *argument)
{
    struct sender *sender = argument;
    struct arena *arena = arena_new();
    sigset_t signals;

    /* A receiver that hangs up must not end the program. */
    (void)sigemptyset(&signals);
    (void)sigaddset(&signals, SIGPIPE);
    (void)pthread_sigmask(SIG_BLOCK, &signals, NULL);
    while (!sender->stopping) {
        bool more;
        struct error *error = look_once(sender, arena, &more);
        if (error)
            log_event("webhook_failed", "message=%s", error->message);
        db_use_arena(sender->reader, NULL);
        arena_reset(arena);
        if (error || !more)
            pause_for(sender, error ? AFTER_FAILURE_MS : PAUSE_MS);
    }
    arena_free(arena);
    return NULL;
}

struct error *
sender_new(struct store *store, struct arena *arena, struct sender **result)
{
    struct sender *sender = calloc(1, sizeof *sender);
    pthread_condattr_t monotonic;

    if (!sender || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        abort();
    sender->store = store;
    struct error *error = store_reader_open(store, arena, &sender->reader);
    if (error) {
        free(sender);
        return error;
    }
    pthread_mutex_init(&sender->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&sender->told, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&sender->thread, NULL, send_forever, sender))
        abort();
    *result = sender;
    return NULL;
}

void sender_free(struct sender *sender)
{
    sender->stopping = true;
    pthread_mutex_lock(&sender->lock);
    pthread_cond_broadcast(&sender->told);
    pthread_mutex_unlock(&sender->lock);
    pthread_join(sender->thread, NULL);
    store_reader_close(sender->reader);
    pthread_cond_destroy(&sender->told);
    pthread_mutex_destroy(&sender->lock);
    free(sender);
    curl_global_cleanup();
}
