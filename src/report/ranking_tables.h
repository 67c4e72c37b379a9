/* ranking_tables.h - a ranking as tables, the same ones for every kind of file. */
#ifndef REPORT_RANKING_TABLES_H
#define REPORT_RANKING_TABLES_H

#include "report/export.h"
#include "report/ranking.h"
#include "report/table.h"

/* The tables of people are made row by row: `ranking` must outlive them. */

/* 个人排名: one row a person. `eyes`: without staff numbers for the public. */
void ranking_tables_people(
    struct table *table, struct arena *arena, const struct ranking *ranking,
    enum ranking_eyes eyes);

/* 街道汇总: one row a street. */
void ranking_tables_branches(
    struct table *table, struct arena *arena, const struct ranking *ranking);

/* 未参加名单: who is absent, deferred or voided. */
void ranking_tables_missing(
    struct table *table, struct arena *arena, const struct ranking *ranking);

/* 说明: formula, rules, versions, the record. */
void ranking_tables_notes(
    struct table *table, struct arena *arena, const struct ranking *ranking,
    const struct export_about *about);

#endif
