/* Drawing questions by a blueprint line. The order comes from a published seed and the
 * names of the questions alone, so that anyone can draw again and get the same. */
#include <stdlib.h>
#include <string.h>

#include "base/token.h"
#include "quiz/paper_build.h"

struct candidate {
    const struct moodle_question *question;
    unsigned char digest[TOKEN_DIGEST];
};

/* What a line asks for; NULL: anything. */
struct blueprint {
    const char *courses; /* words between spaces, as the next two */
    const char *types;
    const char *lessons;
    const char *point;
    int easiest;
    int hardest;
};

static bool has_word(const char *words, const char *word)
{
    static const char white[] = " \t\n\r";
    size_t size = strlen(word);

    if (!words)
        return true;
    for (words += strspn(words, white); *words; words += strspn(words, white)) {
        size_t next = strcspn(words, white);
        if (next == size && strncmp(words, word, size) == 0)
            return true;
        words += next;
    }
    return false;
}

static struct blueprint read_blueprint(struct arena *arena, struct xml_node *node)
{
    const char *difficulty = xml_attribute(arena, node, "difficulty");
    struct blueprint blueprint = {
        .courses = xml_attribute(arena, node, "course"),
        .types = xml_attribute(arena, node, "type"),
        .lessons = xml_attribute(arena, node, "lesson"),
        .point = xml_attribute(arena, node, "point"),
        .easiest = 1,
        .hardest = 5,
    };

    /* "3" or "2-4", as the schema has it. */
    if (difficulty) {
        blueprint.easiest = difficulty[0] - '0';
        blueprint.hardest = difficulty[strlen(difficulty) - 1] - '0';
    }
    return blueprint;
}

static bool
matches(const struct blueprint *blueprint, const struct paper_question *question)
{
    return paper_type_is_automatic(question->type) && *question->case_id == '\0' &&
           has_word(blueprint->courses, question->course) &&
           has_word(blueprint->types, paper_type_name(question->type)) &&
           has_word(blueprint->lessons, question->lesson) &&
           (!blueprint->point || strcmp(blueprint->point, question->point) == 0) &&
           question->difficulty >= blueprint->easiest &&
           question->difficulty <= blueprint->hardest;
}

static int compare_digests(const void *left, const void *right)
{
    const struct candidate *a = left;
    const struct candidate *b = right;

    return memcmp(a->digest, b->digest, TOKEN_DIGEST);
}

/* All that match and are not in the paper yet, in the order of the draw. */
static size_t find_candidates(
    struct building *building, const struct blueprint *blueprint,
    struct candidate *candidates)
{
    size_t count = 0;

    for (size_t b = 0; b < building->bank_count; b++) {
        const struct moodle_bank *bank = &building->banks[b].questions;
        for (size_t i = 0; i < bank->count; i++) {
            const struct paper_question *question = &bank->questions[i].question;
            if (!matches(blueprint, question) ||
                paper_find(&building->paper, question->id))
                continue;
            const char *ticket = arena_format(
                building->arena, "%s|%s", building->paper.seed, question->id);
            struct candidate *candidate = &candidates[count++];
            candidate->question = &bank->questions[i];
            token_sha256(ticket, strlen(ticket), candidate->digest);
        }
    }
    qsort(candidates, count, sizeof candidates[0], compare_digests);
    return count;
}

void building_draw(
    struct building *building, struct xml_node *node, struct paper_part *part)
{
    struct blueprint blueprint = read_blueprint(building->arena, node);
    size_t wanted =
        (size_t)strtoul(xml_attribute(building->arena, node, "count"), NULL, 10);
    int64_t worth = building_points(building, node, "points");
    struct candidate *candidates = arena_alloc(
        building->arena, (building_count(building) + 1) * sizeof *candidates);

    if (*building->paper.seed == '\0') {
        building_refuse(
            building, xml_line(node), "抽题（draw）要在试卷里写明种子 <seed>。");
        return;
    }
    if (blueprint.easiest > blueprint.hardest)
        building_refuse(
            building, xml_line(node), "难度范围应从小到大，例如 difficulty=\"1-3\"。");
    size_t found = find_candidates(building, &blueprint, candidates);
    if (found < wanted) {
        building_refuse(
            building, xml_line(node),
            "要抽 %zu 道题，符合条件又没有用过的只有 %zu 道。", wanted, found);
        return;
    }
    for (size_t i = 0; i < wanted && worth > 0; i++)
        building_add(building, part, candidates[i].question, worth, xml_line(node));
}
