#include "people/password.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "http/serve.h"

/* OWASP's second choice for argon2id: 19 MiB, 2 passes; 14 ms on the reference
 * machine where the libsodium default takes 57. */
enum { PASSES = 2, MEMORY = 19 * 1024 * 1024, MOST_THREADS = 4, MOST_WAITING = 1000 };
enum { SHORTEST = 8, LONGEST = 128 };

struct password_pool {
    char nobody[crypto_pwhash_STRBYTES]; /* a hash that no password matches */
    pthread_t threads[MOST_THREADS];
    int thread_count;
    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t added;
    struct password_check *first;
    struct password_check **last;
    int waiting;
    bool closing;
};

static struct password_check *take(struct password_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    while (!pool->first && !pool->closing)
        pthread_cond_wait(&pool->added, &pool->lock);
    struct password_check *check = pool->first;
    if (check) {
        pool->first = check->next;
        pool->waiting--;
        if (!pool->first)
            pool->last = &pool->first;
    }
    pthread_mutex_unlock(&pool->lock);
    return check;
}

static void *check_forever(void *argument)
{
    struct password_pool *pool = argument;
    struct password_check *check;

    while ((check = take(pool))) {
        size_t length = strlen(check->password);
        const char *stored = check->stored ? check->stored : pool->nobody;
        bool matches = crypto_pwhash_str_verify(stored, check->password, length) == 0;
        check->right = matches && check->stored;
        sodium_memzero(check->password, length);
        request_resume(check->request, NULL);
    }
    return NULL;
}

struct password_pool *password_pool_new(int threads)
{
    struct password_pool *pool = calloc(1, sizeof *pool);
    unsigned char secret[16];

    if (!pool || threads < 1 || threads > MOST_THREADS)
        abort();
    randombytes_buf(secret, sizeof secret);
    if (crypto_pwhash_str(
            pool->nobody, (const char *)secret, sizeof secret, PASSES, MEMORY))
        abort();
    pool->last = &pool->first;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->added, NULL);
    for (int i = 0; i < threads; i++)
        if (pthread_create(&pool->threads[i], NULL, check_forever, pool))
            abort();
    pool->thread_count = threads;
    return pool;
}

void password_pool_free(struct password_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    pthread_cond_broadcast(&pool->added);
    pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < pool->thread_count; i++)
        pthread_join(pool->threads[i], NULL);
    pthread_cond_destroy(&pool->added);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

struct error *
password_hash(struct arena *arena, const char *password, const char **stored)
{
    size_t length = strlen(password);
    char *text = arena_alloc(arena, crypto_pwhash_STRBYTES);

    if (length < SHORTEST || length > LONGEST)
        return error_make(
            arena, ERROR_INVALID, "password_length", "密码应为 %d 至 %d 个字符。",
            SHORTEST, LONGEST);
    if (crypto_pwhash_str(text, password, length, PASSES, MEMORY))
        abort(); /* out of memory */
    *stored = text;
    return NULL;
}

struct error *password_check_later(
    struct password_pool *pool, struct password_check *check, handler *answer)
{
    struct request *request = check->request;

    request->context = check;
    request_suspend(request, answer);
    pthread_mutex_lock(&pool->lock);
    bool refused = pool->waiting >= MOST_WAITING || pool->closing;
    if (!refused) {
        check->next = NULL;
        *pool->last = check;
        pool->last = &check->next;
        pool->waiting++;
        pthread_cond_signal(&pool->added);
    }
    pthread_mutex_unlock(&pool->lock);
    return refused ? error_new(
                         request->arena, ERROR_UNAVAILABLE, "login_busy",
                         "登录的人太多，请几秒后再试。")
                   : NULL;
}
