#include "check/phrase.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "quiz/normalise.h"

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What normalise() leaves of punctuation beyond ASCII. */
static bool is_other_mark(uint32_t c)
{
    return c == 0xa5 || c == 0xb7 || (c >= 0x2000 && c <= 0x206f) ||
           (c >= 0x3000 && c <= 0x3020 && c != 0x3007);
}

/* 3.5 and 2/3 are other numbers than 35 and 23. */
static bool joins_digits(uint32_t before, uint32_t c, const char *next)
{
    return (c == '.' || c == '/') && is_digit(before) &&
           is_digit((unsigned char)next[0]);
}

static int compare_pairs(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a;
    uint64_t right = *(const uint64_t *)b;

    return (left > right) - (left < right);
}

static void add_pairs(struct arena *arena, struct phrase *phrase)
{
    if (phrase->count < 2)
        return;
    uint64_t *pairs = arena_alloc(arena, (phrase->count - 1) * sizeof pairs[0]);
    for (size_t i = 0; i + 1 < phrase->count; i++)
        pairs[i] = (uint64_t)phrase->characters[i] << 32 | phrase->characters[i + 1];
    qsort(pairs, phrase->count - 1, sizeof pairs[0], compare_pairs);
    phrase->pairs = pairs;
    phrase->pair_count = phrase->count - 1;
}

struct phrase phrase_of(struct arena *arena, const char *text)
{
    const struct normalise_options options = {
        .case_sensitive = false, .keep_quotes = false};
    const char *even;
    struct phrase phrase = {0};
    uint32_t before = 0;
    uint32_t c;
    size_t step;

    if (normalise(arena, text, options, &even) != NULL)
        return phrase;
    size_t size = strlen(even);
    uint32_t *characters = arena_alloc(arena, (size + 1) * sizeof characters[0]);
    for (size_t at = 0; at < size; at += step) {
        step = utf8_decode(even + at, size - at, &c);
        bool is_kept = is_digit(c) || is_letter(c) ||
                       (c >= 0x80 && !is_other_mark(c)) ||
                       joins_digits(before, c, even + at + step);
        if (is_kept)
            characters[phrase.count++] = c;
        before = c;
    }
    phrase.characters = characters;
    add_pairs(arena, &phrase);
    return phrase;
}

bool phrase_is_equal(const struct phrase *a, const struct phrase *b)
{
    return a->count == b->count &&
           (a->count == 0 ||
            memcmp(a->characters, b->characters, a->count * sizeof a->characters[0]) ==
                0);
}

static bool is_one_of(uint32_t c, const char *characters)
{
    char bytes[5] = "";

    return utf8_encode(c, bytes) > 0 && strstr(characters, bytes);
}

static bool is_numeral(uint32_t c)
{
    return is_one_of(c, "0123456789一二三四五六七八九十百千万两");
}

static bool cuts_number(const struct phrase *whole, size_t at, size_t count)
{
    const uint32_t *c = whole->characters;

    return (at > 0 && is_numeral(c[at]) && is_numeral(c[at - 1])) ||
           (at + count < whole->count && is_numeral(c[at + count - 1]) &&
            is_numeral(c[at + count]));
}

/* 不应当 says the opposite of 应当. */
static bool is_negated(const struct phrase *whole, size_t at)
{
    return at > 0 && is_one_of(whole->characters[at - 1], "不未无非没");
}

bool phrase_contains(const struct phrase *whole, const struct phrase *part)
{
    size_t size = part->count * sizeof part->characters[0];

    for (size_t at = 0; part->count > 0 && at + part->count <= whole->count; at++) {
        if (memcmp(whole->characters + at, part->characters, size) == 0 &&
            !cuts_number(whole, at, part->count) && !is_negated(whole, at))
            return true;
    }
    return false;
}

size_t phrase_shared(const struct phrase *a, const struct phrase *b)
{
    size_t shared = 0;
    size_t i = 0;
    size_t j = 0;

    while (i < a->pair_count && j < b->pair_count) {
        if (a->pairs[i] == b->pairs[j])
            shared++;
        bool steps_left = a->pairs[i] <= b->pairs[j];
        bool steps_right = b->pairs[j] <= a->pairs[i];
        i += steps_left;
        j += steps_right;
    }
    return shared;
}

bool phrase_is_near(const struct phrase *a, const struct phrase *b, unsigned percent)
{
    size_t both = a->pair_count + b->pair_count;
    size_t fewer = a->pair_count < b->pair_count ? a->pair_count : b->pair_count;

    if (both == 0)
        return phrase_is_equal(a, b);
    /* Most pairs of questions differ in length so much that counting is idle. */
    if (2 * fewer * 100 < percent * both)
        return false;
    return 2 * phrase_shared(a, b) * 100 >= percent * both;
}

bool phrase_is_number(const struct phrase *phrase)
{
    static const char signs[] = "0123456789./一二三四五六七八九十百千万亿两零〇分之"
                                "年月日天个人户次元平方米小时";

    for (size_t i = 0; i < phrase->count; i++) {
        if (!is_one_of(phrase->characters[i], signs))
            return false;
    }
    return true;
}

static bool is_chinese(uint32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF) ||
           c == 0x3007;
}

size_t phrase_chinese(const char *text)
{
    size_t size = strlen(text);
    size_t count = 0;
    uint32_t c;
    size_t step;

    for (size_t at = 0; (step = utf8_decode(text + at, size - at, &c)) > 0; at += step)
        count += is_chinese(c);
    return count;
}

size_t phrase_width(const char *text)
{
    size_t size = strlen(text);
    size_t count = 0;
    uint32_t c;
    size_t step;

    for (size_t at = 0; (step = utf8_decode(text + at, size - at, &c)) > 0; at += step)
        count += c > ' ' && c != 0x3000;
    return count;
}
