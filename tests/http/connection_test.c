/* One FastCGI connection over a socket pair, byte by byte: what fcgi2 and the fields of
 * it that we touch do. */
#include "http/connection.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"

enum { BEGIN = 1, PARAMS = 4, STDIN = 5, END = 3, STDOUT = 6, RESPONDER = 1, KEEP = 1 };

struct fixture {
    struct serve_connection connection;
    int peer; /* nginx's end */
};

static int open_fixture(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    int sockets[2];

    assert_int_equal(FCGX_Init(), 0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets), 0);
    fixture->connection.arena = arena_new();
    connection_adopt(&fixture->connection, sockets[0]);
    fixture->peer = sockets[1];
    *state = fixture;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *fixture = *state;

    if (connection_socket(&fixture->connection) >= 0)
        connection_drop(&fixture->connection);
    assert_int_equal(close(fixture->peer), 0);
    arena_free(fixture->connection.arena);
    free(fixture);
    return 0;
}

struct bytes {
    unsigned char all[64 * 1024];
    size_t size;
};

static void add_record(struct bytes *bytes, int type, const void *content, size_t size)
{
    unsigned char header[8] = {1, (unsigned char)type,        0,
                               1, (unsigned char)(size >> 8), (unsigned char)size};

    memcpy(bytes->all + bytes->size, header, sizeof header);
    if (size)
        memcpy(bytes->all + bytes->size + sizeof header, content, size);
    bytes->size += sizeof header + size;
}

static size_t add_pair(char *to, const char *name, const char *value)
{
    to[0] = (char)strlen(name);
    to[1] = (char)strlen(value);
    memcpy(to + 2, name, strlen(name));
    memcpy(to + 2 + strlen(name), value, strlen(value));
    return 2 + strlen(name) + strlen(value);
}

/* A request as nginx sends it; `length` is what it says of the body. */
static struct bytes
request_bytes(const char *path, const char *length, const char *body, size_t size)
{
    struct bytes bytes = {.size = 0};
    char pairs[512];
    size_t used = 0;
    const unsigned char begin[8] = {0, RESPONDER, KEEP};

    used += add_pair(pairs + used, "REQUEST_METHOD", "POST");
    used += add_pair(pairs + used, "XUNSAI_PATH", path);
    used += add_pair(pairs + used, "CONTENT_LENGTH", length);
    add_record(&bytes, BEGIN, begin, sizeof begin);
    add_record(&bytes, PARAMS, pairs, used);
    add_record(&bytes, PARAMS, NULL, 0);
    if (size)
        add_record(&bytes, STDIN, body, size);
    add_record(&bytes, STDIN, NULL, 0);
    return bytes;
}

static void send_bytes(struct fixture *fixture, const struct bytes *bytes)
{
    assert_int_equal(write(fixture->peer, bytes->all, bytes->size), bytes->size);
}

/* Sends a small reply; true when the connection stays. */
static bool answer(struct fixture *fixture)
{
    char reply[4096];

    fixture->connection.request.reply =
        (struct reply){.status = 200, .body = "fine", .body_size = 4};
    bool kept = connection_send(&fixture->connection);
    ssize_t size = read(fixture->peer, reply, sizeof reply);
    assert_true(size > 8);
    assert_int_equal(reply[1], STDOUT);
    return kept;
}

static void a_connection_serves_one_request_after_another(void **state)
{
    struct fixture *fixture = *state;
    struct error *error;

    assert_int_equal(connection_peek(&fixture->connection), 0);
    for (int i = 0; i < 3; i++) {
        struct bytes bytes = request_bytes("/api/x", "5", "hello", 5);
        send_bytes(fixture, &bytes);
        assert_int_equal(connection_peek(&fixture->connection), 1);
        assert_true(connection_read(&fixture->connection, &error));
        assert_null(error);
        assert_string_equal(fixture->connection.request.path, "/api/x");
        assert_string_equal(fixture->connection.request.body, "hello");
        assert_true(answer(fixture));
    }
}

static void a_forged_request_inside_a_body_is_only_a_body(void **state)
{
    struct fixture *fixture = *state;
    struct bytes forged = request_bytes("/api/forged", "0", NULL, 0);
    static char body[20000]; /* longer than fcgi2's buffer of 8 KB */
    struct error *error;

    memset(body, 'x', sizeof body);
    memcpy(body + 9000, forged.all, forged.size);
    struct bytes bytes = request_bytes("/api/real", "20000", body, sizeof body);
    send_bytes(fixture, &bytes);
    assert_true(connection_read(&fixture->connection, &error));
    assert_null(error);
    assert_int_equal(fixture->connection.request.body_size, sizeof body);
    assert_true(answer(fixture));
    assert_int_equal(connection_peek(&fixture->connection), 0);
}

static void a_body_that_is_not_as_announced_ends_the_connection(void **state)
{
    static const char *const lengths[] = {"3", "9", "-1", "x", "99999999999"};

    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        struct error *error;
        assert_int_equal(open_fixture(state), 0);
        struct fixture *fixture = *state;
        struct bytes bytes = request_bytes("/api/x", lengths[i], "hello", 5);
        send_bytes(fixture, &bytes);
        assert_true(connection_read(&fixture->connection, &error));
        assert_non_null(error);
        assert_false(answer(fixture));
        assert_int_equal(close_fixture(state), 0);
    }
}

static void a_peer_that_closed_is_noticed(void **state)
{
    struct fixture *fixture = *state;

    assert_int_equal(shutdown(fixture->peer, SHUT_WR), 0);
    assert_int_equal(connection_peek(&fixture->connection), -1);
}

static void half_a_request_is_no_request(void **state)
{
    struct fixture *fixture = *state;
    struct bytes bytes = request_bytes("/api/x", "5", "hello", 5);
    struct error *error;

    /* Cut between two parameters fcgi2 sees nothing wrong; the body's end is missing
     * then, and no handler may run with half of the headers. */
    bytes.size -= 16;
    send_bytes(fixture, &bytes);
    assert_int_equal(shutdown(fixture->peer, SHUT_WR), 0);
    assert_true(!connection_read(&fixture->connection, &error) || error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_connection_serves_one_request_after_another, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(
            a_forged_request_inside_a_body_is_only_a_body, open_fixture, close_fixture),
        cmocka_unit_test(a_body_that_is_not_as_announced_ends_the_connection),
        cmocka_unit_test_setup_teardown(
            a_peer_that_closed_is_noticed, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(
            half_a_request_is_no_request, open_fixture, close_fixture),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
