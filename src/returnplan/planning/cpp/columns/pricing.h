/// The batches that are worth most at given prices of their riders, each with a load that no rule forbids.
///
/// Every (day, pick-ups, drop-offs, vehicle) is looked at. Who is worth most a seat boards first; who is
/// worth less than nothing boards only where the least load asks for it.
#pragma once

#include <vector>

#include "../arrays.h"

namespace returnplan::columns {

/// Riders in cells, the sets of stops that one batch may visit, and vehicles. A set has a bit for each stop.
struct Market {
    View<const Index> pickup;  ///< by cell
    View<const Index> alights; ///< by cell, the set of its drop-offs
    View<const Index> persons; ///< by cell, of one group
    View<const Index> seats;   ///< by cell, of one group
    View<const Index> num_groups;
    View<const Index> earliest;
    View<const Index> latest;
    View<const Index> pick_bits;
    View<const Index> drop_bits;
    View<const Index> usable;     ///< seats by pool
    Cube<const Index> least;      ///< riders by pool, set of pick-ups and set of drop-offs; many: not allowed
    Cube<const double> road_yuan; ///< by pool, set of pick-ups and set of drop-offs
};

/// What a batch is worth: its riders' worth less what it costs.
struct Prices {
    Matrix<const double> worth;   ///< by day and cell, of one group
    Matrix<const double> vehicle; ///< by pool and day (infinite: none)
    double a_yuan;                ///< of the road
};

struct Column {
    double worth;
    Index day;
    Index picks;
    Index drops;
    Index pool;
};

/// Return the best batch of each day and set of pick-ups, as far as it is worth more than ``floor``; best
/// first, at most ``most``.
std::vector<Column> best_columns(const Market &market, const Prices &prices, double floor, Index most);

/// Write how many groups of each cell the batch loads.
void load(const Market &market, const Prices &prices, const Column &column, View<Index> groups);

} // namespace returnplan::columns
