/// How the search of a market goes: ``SearchParams`` in planning/params.py says what each of them means.
#pragma once

#include "arrays.h"

namespace returnplan {

struct SearchParams {
    double hot_yuan;
    double cold_yuan;
    double share_of_rebuilds;
    double share_of_swaps;
    double share_of_reorders;
    Index work_to_insert;
    Index most_unchecked;
    Index work_between_looks;

    double cheap_share;
    double first_person_yuan;
    double last_person_yuan;
    double late_days_per_person;
    double idle_share;

    double fill_yuan_per_km;
    double fill_yuan_per_day;

    double chance_of_blink;
    Index most_seen;
    Index draws_per_cell;

    double chance_of_new_batch;
    double chance_of_swap;
    Index many_alike;
    double chance_of_shift;

    Index most_moved;
    Index most_ruined;
    double chance_of_whole_batch;
    double chance_for_stranded;
    double chance_for_rival;
    double chance_of_fill_up;
    Index most_asked;
    double chance_of_skip;
};

} // namespace returnplan
