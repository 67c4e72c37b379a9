#include "cli/demo_names.h"

#include <assert.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

enum { BYTES_OF_CHARACTER = 3, SPECIAL_EVERY = 19, SPECIAL_FIRST = 7 };

const char *const demo_branch_names[DEMO_BRANCHES] = {
    "米市巷街道", "湖墅街道", "小河街道", "和睦街道", "拱宸桥街道",
    "大关街道",   "上塘街道", "祥符街道", "康桥街道", "半山街道",
};

/* Two characters each. */
static const char communities[] =
    "青穗槐序棠影桐荫榆光柳笛杉月枫汀梧声荷屿芦汀菱歌苇岸萍舟蓼风芷汀兰皋蕙风菊径松屏"
    "竹笺梅砚杏帘橘径柚香樟影栎园榕荫桦林椿庭萱堂云笈云岫霁月朝露晚照晴岚烟屿雨歇雪霁"
    "霜林星渚月汀晨钟暮鼓渔火灯市书巷墨池砚田琴台棋亭画桥茶垄药圃米桥布市油坊磨坊染坊"
    "纸坊瓷街铁铺船坞码埠粮埠盐埠柴埠鱼埠鹭汀鸥渚雁塘鹤皋莺巷燕浦鸽岭蝉林萤圃鲤塘鳜溪"
    "虾滩蟹浦牛埭羊坡鹿苑马埠驿桥渡头堰头闸西埭上圩东浜南漾里港西";

static const char compound_first[] = "景澜沁怡翠朗逸瑞和嘉颐馨恬澄芳榕璟泓御悦铭晖畅旭";
static const char compound_second[] =
    "泽庐汀庭岸湾岭畔园洲台阁轩谷原川林舍塘桥堤丘坞岚";
static const char *const compound_kinds[] = {
    "苑", "公寓", "新村", "家园", "里", "花园", "雅居", "坊", "名庭", "小筑", "小区",
};

static const char surnames[] =
    "王陈沈张徐李吴周朱俞金章胡何方潘郑叶蒋陆许施余范郭汪姚钱傅戴冯董顾赵孙谢倪裘楼"
    "宣祝童屠毛韩洪杜程褚郦瞿阮缪骆王陈沈张徐李吴周朱俞王陈沈张徐李";
static const char single[] = "芸昕蓓颖茜璐晔淼喆翀彧骁锴炜煜铖曦琰恺桢钰岚菁萱韬睿桦弢";
static const char first[] =
    "晓雅文佳思志建丽秀玉春海永亚嘉雨梦俊宇浩明慧红小美静淑立成松卫维金月彩爱凤晨";
static const char second[] =
    "萍芳娟敏燕华峰飞琴英霞梅芬珍玲莉怡琪涵轩豪辉健根祥林江清源婷雯妍悦宁帆远航翔";

static const char *const special[] = {
    "欧阳予凌",
    "阿依古丽·麦麦提",
    "沈㛃",
    "诸葛晏清",
    "巴特尔·孟和",
    "俞喆犇",
    "古丽米热·艾尼瓦尔江",
    "李䶮",
    "上官若溪",
    "扎西·多吉次仁",
    "章煊堃",
    "王𬱖",
    "迪丽拜尔·阿卜杜热合曼",
    "朱旻昱",
    "司徒鹤龄",
    "金翀翯",
};

static size_t characters(const char *pool)
{
    return strlen(pool) / BYTES_OF_CHARACTER;
}

/* `count` characters of a pool of three-byte ones. */
static char *pick(struct arena *arena, const char *pool, size_t index, size_t count)
{
    return arena_copy_bytes(
        arena, pool + index * BYTES_OF_CHARACTER, count * BYTES_OF_CHARACTER);
}

static char *draw(struct demo_names *names, const char *pool)
{
    int64_t count = (int64_t)characters(pool);

    return pick(
        names->arena, pool, (size_t)demo_random_below(&names->random, count), 1);
}

char *demo_community_name(struct arena *arena, size_t index)
{
    assert(characters(communities) == 2 * (size_t)DEMO_COMMUNITIES);
    return arena_format(arena, "%s社区", pick(arena, communities, 2 * index, 2));
}

char *demo_compound_name(struct arena *arena, size_t index)
{
    size_t seconds = characters(compound_second);
    size_t row = index / seconds;
    size_t column = (index + 5 * row) % seconds;
    size_t name_first = (row + 7 * column) % characters(compound_first);

    return arena_format(
        arena, "%s%s%s", pick(arena, compound_first, name_first, 1),
        pick(arena, compound_second, column, 1),
        compound_kinds[index % COUNT_OF(compound_kinds)]);
}

static const char *invent(struct demo_names *names)
{
    const char *surname = draw(names, surnames);

    if (demo_random_chance(&names->random, 22))
        return arena_format(names->arena, "%s%s", surname, draw(names, single));
    const char *middle = draw(names, first);
    return arena_format(names->arena, "%s%s%s", surname, middle, draw(names, second));
}

static bool is_given(const struct demo_names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->given[i], name) == 0)
            return true;
    return false;
}

const char *demo_names_next(struct demo_names *names)
{
    size_t turn = names->count / SPECIAL_EVERY;
    bool is_special =
        names->count % SPECIAL_EVERY == SPECIAL_FIRST && turn < COUNT_OF(special);
    const char *name = is_special ? special[turn] : invent(names);

    assert(names->count < DEMO_NAMES);
    while (is_given(names, name))
        name = invent(names);
    return names->given[names->count++] = name;
}
