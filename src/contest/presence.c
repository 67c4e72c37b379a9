#include "contest/presence.h"

#include <pthread.h>
#include <stdlib.h>

enum { CHAIRS = 1024 };

struct chair {
    int64_t contest; /* 0: empty */
    int64_t judge;
    int64_t at;
    int64_t unsent;
};

struct presence {
    pthread_mutex_t lock; /* guards the chairs */
    struct chair chairs[CHAIRS];
};

struct presence *presence_new(void)
{
    struct presence *presence = calloc(1, sizeof *presence);

    if (!presence)
        abort();
    pthread_mutex_init(&presence->lock, NULL);
    return presence;
}

void presence_free(struct presence *presence)
{
    pthread_mutex_destroy(&presence->lock);
    free(presence);
}

/* The judge's chair, or the one whose judge was silent for longest. */
static struct chair *chair_of(struct presence *presence, int64_t contest, int64_t judge)
{
    struct chair *oldest = &presence->chairs[0];

    for (size_t i = 0; i < CHAIRS; i++) {
        struct chair *chair = &presence->chairs[i];
        if (chair->contest == contest && chair->judge == judge)
            return chair;
        if (chair->at < oldest->at)
            oldest = chair;
    }
    return oldest;
}

void presence_note(
    struct presence *presence, int64_t contest, int64_t judge, int64_t at,
    int64_t unsent)
{
    pthread_mutex_lock(&presence->lock);
    *chair_of(presence, contest, judge) = (struct chair){contest, judge, at, unsent};
    pthread_mutex_unlock(&presence->lock);
}

bool presence_last(
    struct presence *presence, int64_t contest, int64_t judge, int64_t *at,
    int64_t *unsent)
{
    pthread_mutex_lock(&presence->lock);
    const struct chair *chair = chair_of(presence, contest, judge);
    bool found = chair->contest == contest && chair->judge == judge;
    *at = chair->at;
    *unsent = chair->unsent;
    pthread_mutex_unlock(&presence->lock);
    return found;
}
