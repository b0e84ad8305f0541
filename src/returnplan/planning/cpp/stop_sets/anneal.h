/// A search over the stops of so many vehicles, accepted by annealing (Kirkpatrick, Gelatt and Vecchi 1983).
///
/// Where stops bind before seats do, a rider costs nothing once a vehicle calls for them, and how many
/// vehicles there are is a question of packing stops. So there are a given number, people may be absent, and
/// what they cost rises (the fleet minimisation of Christiaens and Vanden Berghe 2020, "Slack induction by
/// string removals", where absent customers guide the search).
#pragma once

#include "../random.h"
#include "../watch.h"
#include "fleet.h"

namespace returnplan::stop_sets {

/// How far a search goes, in moves, and its temperatures and prices of an absent person, first and last.
struct Stint {
    Index num_moves;
    double hot_yuan;
    double cold_yuan;
    double first_person_yuan;
    double last_person_yuan;
    double late_days_per_person; ///< so many weigh as much as one absent person where the office set no price
    bool ends_when_all_ride;
};

/// Improve the fleet by so many moves, or until the time is over, or perhaps nobody is absent.
void anneal(Fleet &fleet, const Stint &stint, Random &random, Watch &watch);

} // namespace returnplan::stop_sets
