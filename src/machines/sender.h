/* sender.h - the thread that tells webhooks of published rankings (libcurl). It looks
 * for what is due, sends one delivery after the other and has the writer note what came
 * of it; nobody waits for it but itself. */
#ifndef MACHINES_SENDER_H
#define MACHINES_SENDER_H

#include "store/store.h"

enum {
    SENDER_SECONDS = 10,        /* for the whole of a delivery */
    SENDER_RESPONSE = 4 * 1024, /* bytes of the response that are read */
};

struct sender;

/* Errors: store_reader_open()'s. */
struct error *
sender_new(struct store *store, struct arena *arena, struct sender **result) MUST_CHECK;

/* Breaks off a delivery that is on its way: it is due again. Before store_close(). */
void sender_free(struct sender *sender);

#endif
