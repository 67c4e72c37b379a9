#include "contest/rank.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { LEVEL = -1 };

struct slot {
    struct rank_entry *entry;
    size_t input;    /* where it stood in the input */
    int64_t wins;    /* against the others of the span being ordered by pairs */
    int64_t balance; /* wins minus losses there */
};

/* The list while it is being ordered. */
struct list {
    const struct rank_rule *rule;
    struct slot *slots;
    int *separated_by; /* by position: the key that separates it from the one before, or
                        * LEVEL */
};

/* A part of the list: slots[from] up to but without slots[to]. */
struct span {
    size_t from;
    size_t to;
};

struct sorting {
    const struct list *list;
    size_t key;
};

/* Below 0: a stands first. Both have the key. */
static int compare_key(
    const struct rank_rule *rule, const struct rank_entry *a,
    const struct rank_entry *b, size_t key)
{
    int order = rational_compare(a->keys[key].value, b->keys[key].value);

    return rule->ascending[key] ? order : -order;
}

/* By the first key that both have and in which they differ; *key is its index. */
static int compare_pair(
    const struct rank_rule *rule, const struct rank_entry *a,
    const struct rank_entry *b, size_t *key)
{
    for (*key = 0; *key < rule->key_count; ++*key) {
        if (!a->keys[*key].present || !b->keys[*key].present)
            continue;
        int order = compare_key(rule, a, b, *key);
        if (order)
            return order;
    }
    return 0;
}

static int by_key(const void *left, const void *right, void *context)
{
    const struct slot *a = left;
    const struct slot *b = right;
    const struct sorting *sorting = context;

    return compare_key(sorting->list->rule, a->entry, b->entry, sorting->key);
}

static int by_balance(const void *left, const void *right)
{
    int64_t a = ((const struct slot *)left)->balance;
    int64_t b = ((const struct slot *)right)->balance;

    return (a < b) - (a > b);
}

/* Those who have the key first. */
static int by_presence(const void *left, const void *right, void *context)
{
    const struct slot *a = left;
    const struct slot *b = right;
    const struct sorting *sorting = context;

    return b->entry->keys[sorting->key].present - a->entry->keys[sorting->key].present;
}

static int by_input(const void *left, const void *right)
{
    size_t a = ((const struct slot *)left)->input;
    size_t b = ((const struct slot *)right)->input;

    return (a > b) - (a < b);
}

static size_t count_with_key(const struct list *list, struct span span, size_t key)
{
    size_t count = 0;

    for (size_t i = span.from; i < span.to; i++)
        count += list->slots[i].entry->keys[key].present;
    return count;
}

/* Nothing separates these: they share, and stand as they came. */
static void leave_level(struct list *list, struct span span)
{
    qsort(list->slots + span.from, span.to - span.from, sizeof *list->slots, by_input);
}

static void order_span(struct list *list, struct span span, size_t key);

/* Everybody in the span has the key. */
static void split_by_key(struct list *list, struct span span, size_t key)
{
    struct sorting sorting = {list, key};
    struct slot *slots = list->slots;
    struct span run = {span.from, span.from};

    qsort_r(slots + span.from, span.to - span.from, sizeof *slots, by_key, &sorting);
    while (run.from < span.to) {
        run.to = run.from + 1;
        while (run.to < span.to &&
               by_key(&slots[run.from], &slots[run.to], &sorting) == 0)
            run.to++;
        if (run.from > span.from)
            list->separated_by[run.from] = (int)key;
        order_span(list, run, key + 1);
        run.from = run.to;
    }
}

/* A circle exists only where some have a key that others lack: if all had the same
 * keys, comparing them would be a plain lexicographic order. */
static void break_circle(struct list *list, struct span span, size_t key)
{
    struct sorting sorting = {list, key};
    size_t size = span.to - span.from;
    size_t having = count_with_key(list, span, sorting.key);

    while (having == 0 || having == size) {
        sorting.key++;
        assert(sorting.key < list->rule->key_count);
        having = count_with_key(list, span, sorting.key);
    }
    size_t middle = span.from + having;
    qsort_r(list->slots + span.from, size, sizeof *list->slots, by_presence, &sorting);
    list->separated_by[middle] = (int)sorting.key;
    order_span(list, (struct span){span.from, middle}, key);
    order_span(list, (struct span){middle, span.to}, key);
}

static void count_wins(struct list *list, struct span span)
{
    size_t key;

    for (size_t i = span.from; i < span.to; i++)
        list->slots[i].wins = list->slots[i].balance = 0;
    for (size_t i = span.from; i < span.to; i++)
        for (size_t j = i + 1; j < span.to; j++) {
            struct slot *a = &list->slots[i];
            struct slot *b = &list->slots[j];
            int order = compare_pair(list->rule, a->entry, b->entry, &key);
            a->wins += order < 0;
            b->wins += order > 0;
            a->balance -= order;
            b->balance += order;
        }
}

/* Orders one component found by split_by_pairs(), in which `behind` entries of the span
 * come after it. */
static void
order_component(struct list *list, struct span component, size_t behind, size_t key)
{
    bool circle = false;

    for (size_t i = component.from; i < component.to; i++)
        circle = circle || list->slots[i].wins > (int64_t)behind;
    if (circle)
        break_circle(list, component, key);
    else
        leave_level(list, component);
}

/* The latest key needed between the groups that end and begin at `border`. The pairs of
 * their members may be separated by different keys. */
static int separating_key(const struct list *list, struct span span, size_t border)
{
    size_t first = border - 1;
    size_t end = border + 1;
    size_t latest = 0;
    size_t key;

    while (first > span.from && list->separated_by[first] == LEVEL)
        first--;
    while (end < span.to && list->separated_by[end] == LEVEL)
        end++;
    for (size_t i = first; i < border; i++)
        for (size_t j = border; j < end; j++) {
            (void)compare_pair(
                list->rule, list->slots[i].entry, list->slots[j].entry, &key);
            latest = key > latest ? key : latest;
        }
    return (int)latest;
}

/* Some have the key and some lack it. A group of entries of which each beats everybody
 * outside has the largest balances, and those add up to its size times the number of
 * those outside (inside, wins and losses cancel out): so one pass over the sorted
 * balances finds the smallest groups that the comparison puts in order. */
static void split_by_pairs(struct list *list, struct span span, size_t key)
{
    int64_t sum = 0;
    struct span component = {span.from, span.from};

    count_wins(list, span);
    qsort(
        list->slots + span.from, span.to - span.from, sizeof *list->slots, by_balance);
    while (component.from < span.to) {
        sum += list->slots[component.to].balance;
        component.to++;
        int64_t before = (int64_t)(component.to - span.from);
        int64_t behind = (int64_t)(span.to - component.to);
        if (sum != before * behind)
            continue;
        order_component(list, component, (size_t)behind, key);
        if (component.from > span.from)
            list->separated_by[component.from] = separating_key(
                list, (struct span){span.from, component.to}, component.from);
        component.from = component.to;
    }
}

/* In the span all keys before `key` are level, or nobody or not everybody has them and
 * they separated nobody. */
static void order_span(struct list *list, struct span span, size_t key)
{
    size_t size = span.to - span.from;
    size_t having = 0;

    while (key < list->rule->key_count && having == 0) {
        having = count_with_key(list, span, key);
        key += having == 0;
    }
    if (size < 2 || key == list->rule->key_count)
        leave_level(list, span);
    else if (having == size)
        split_by_key(list, span, key);
    else
        split_by_pairs(list, span, key);
}

/* Twice the rank of the entry at `place` (from 0) in a group of level entries. */
static int64_t
rank_of(enum rank_style style, size_t place, struct span group, size_t group_number)
{
    switch (style) {
    case RANK_COMPETITION:
        return 2 * ((int64_t)group.from + 1);
    case RANK_DENSE:
        return 2 * ((int64_t)group_number + 1);
    case RANK_MODIFIED:
        return 2 * (int64_t)group.to;
    case RANK_ORDINAL:
        return 2 * ((int64_t)place + 1);
    case RANK_FRACTIONAL:
        return (int64_t)(group.from + 1 + group.to);
    }
    return 0;
}

/* The later of the keys that separate a group from its neighbours: all keys up to that
 * one were needed to find its place. */
static int decided_by(const struct list *list, struct span group, size_t count)
{
    int above = group.from > 0 ? list->separated_by[group.from] : 0;
    int below = group.to < count ? list->separated_by[group.to] : 0;
    int key = above > below ? above : below;

    return key > 0 ? key : RANK_UNDECIDED;
}

static void write_results(const struct list *list, size_t count)
{
    struct span group = {0, 0};

    for (size_t number = 0; group.from < count; number++) {
        group.to = group.from + 1;
        while (group.to < count && list->separated_by[group.to] == LEVEL)
            group.to++;
        for (size_t place = group.from; place < group.to; place++) {
            struct rank_entry *entry = list->slots[place].entry;
            entry->place = place;
            entry->rank_twice = rank_of(list->rule->style, place, group, number);
            entry->decided_by = decided_by(list, group, count);
        }
        group.from = group.to;
    }
}

void rank_compute(
    struct arena *arena, const struct rank_rule *rule, struct rank_entry *entries,
    size_t count)
{
    struct list list = {
        .rule = rule,
        .slots = arena_alloc(arena, (count + 1) * sizeof *list.slots),
        .separated_by = arena_alloc(arena, (count + 1) * sizeof *list.separated_by),
    };

    for (size_t i = 0; i < count; i++) {
        list.slots[i] = (struct slot){.entry = &entries[i], .input = i};
        list.separated_by[i] = LEVEL;
    }
    order_span(&list, (struct span){0, count}, 0);
    write_results(&list, count);
}

bool rank_style_find(const char *name, enum rank_style *style)
{
    static const char *const names[] = {
        [RANK_COMPETITION] = "1224",      [RANK_DENSE] = "1223",
        [RANK_MODIFIED] = "1334",         [RANK_ORDINAL] = "ordinal",
        [RANK_FRACTIONAL] = "fractional",
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0) {
            *style = (enum rank_style)i;
            return true;
        }
    return false;
}
