/// The batches that earn most for what they cost, given what the riders pay.
///
/// Every (day, pick-ups, drop-offs, pool) is looked at. A batch is filled with those who pay most a seat, the
/// last of them in part, which is at least what any real load earns (Dantzig 1957). Where that would part a
/// unit, and the batch might be the best, it is filled with whole ones.
#pragma once

#include <vector>

#include "../arrays.h"
#include "knapsack.h"

namespace returnplan::bounding {

/// A market as the bound sees it: riders by stops, the sets of stops that one batch may visit, what a batch
/// costs.
///
/// An item is a set of riders that are alike to a batch; a set of stops has a bit for each of them.
struct Market {
    View<const Index> pickup;     ///< by item
    View<const Index> dropoff;    ///< by item
    View<const Index> seats;      ///< by item, of all its groups
    View<const Index> num_groups; ///< by item
    View<const Index> num_units;  ///< by item: its groups, or its seats where parties may be parted
    View<const Index> earliest;   ///< by item
    View<const Index> latest;     ///< by item
    View<const Index> price_of;   ///< by item: which price it pays
    View<const Index> pick_bits;
    View<const Index> drop_bits;
    View<const Index> usable;          ///< seats by pool, ascending
    Matrix<const double> vehicle_yuan; ///< by pool and day
    Matrix<const double> pickup_km;    ///< from pick-up to pick-up; without rows their sets are listed
    Matrix<const double> to_drop_km;   ///< through a set of pick-ups to a drop-off
    Matrix<const double> from_drop_km; ///< from a drop-off through a set of them
    View<const double> per_km_yuan;    ///< by pool
    double stop_cost_yuan;
    bool has_all_sets; ///< a set without a stop is a set, too
};

/// What riders pay, and who of them may leave when.
struct Fares {
    std::vector<std::vector<Index>> riders; ///< by day: items that may leave, those who pay most a seat first
    View<const double> paid;                ///< by item, of all its groups
    Matrix<const double> leaving_yuan;      ///< by pool and day, what a batch earns besides its riders
};

/// The batch with the highest ratio of earnings to cost among those of a day that board at a stop.
struct Best {
    double ratio;
    Index picks;
    Index drops;
    Index pool;
};

/// Offer the units of an item.
void offer(Knapsack &knapsack, const Market &market, const Fares &fares, Index item);

/// Return who may leave when; who pays nothing is left out.
Fares fares_of(const Market &market, View<const double> paid, Matrix<const double> leaving_yuan);

/// Return the shortest way through a set of pick-ups and one of drop-offs.
double road_km(const Market &market, Index picks, Index drops);

/// Return how many stops the sets have bits for.
Index num_stops(View<const Index> sets);

/// Replace batches by better ones; ``best`` by day and stop.
void find_best_batches(const Market &market, const Fares &fares, Matrix<Best> best);

/// Fills batches so that they earn most.
class Loading {
public:
    Loading(const Market &market, const Fares &fares);

    /// Write how many units of each item are on board of a batch.
    void load(Index day, Index picks, Index drops, Index pool, View<Index> units);

private:
    const Market &market_;
    const Fares &fares_;
    Knapsack knapsack_;
};

} // namespace returnplan::bounding
