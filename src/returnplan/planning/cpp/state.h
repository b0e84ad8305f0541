/// All batches of a market as they stand at one moment of the search.
#pragma once

#include <vector>

#include "arrays.h"
#include "market.h"
#include "stops.h"

namespace returnplan {

constexpr Index MOST_TOUCHED = 32; ///< batches that one move may change

/// A batch: who rides, in which vehicle, on which day. One without riders is free to be opened.
struct Batch {
    Index day;
    Index first; ///< the days on which all its riders can leave, from the first to the last
    Index last;
    Index pool;
    Index prefecture;
    Index goal;
    Index county;
    Index city_group;
    Index city;
    Index persons;
    Index seats;
    Index num_picks;
    Index num_drops;
    Index num_members;
    bool is_touched; ///< the present move has changed it
    bool is_held;    ///< its vehicle and people are counted in what all batches use
    double km;
    double pick_km;
    double drop_km;
    double drive_minutes; ///< at the wheel by day
    double weight;
    double move_yuan;    ///< what it costs that some riders were on another batch in the last plan
    double vehicle_yuan; ///< what its vehicle costs; a load below the least one as ``vehicle_yuan()`` says
    double value;        ///< what the search makes small: yuan, and what missing, late and moved people cost
};

/// What the goals that may stand above money cost, in yuan, at this moment of the search.
struct Prices {
    double person = 0.0;   ///< who is not planned, for a weight of 1
    double late_day = 0.0; ///< a day after the resume date, for one person
    double idle_share =
        0.5; ///< of a person's price that is saved by riders of a batch just below its least load
};

class State {
public:
    /// Make so many empty batches, with all units on the bench.
    State(const Market &market, Index num_batches);

    const Market &market;
    const Index num_batches;
    Index num_active = 0;       ///< batches that ever had riders; all others come after them
    std::vector<Batch> batches; ///< the last ones are spare: each keeps what a touched batch was before
    Table<Index> picks;         ///< by batch; how many people board at each
    Table<Index> picks_persons;
    Table<Index> drops; ///< by batch; how many people alight at each
    Table<Index> drops_persons;
    Table<Index> members;    ///< by batch, its units
    Table<double> late_days; ///< by batch and day, of all its riders; no columns where nobody is ever late
    std::vector<Index> batch_of; ///< by unit; ``NONE`` on the bench
    std::vector<Index> slot_of;  ///< by unit, where it stands in the list of its batch or on the bench
    std::vector<Index> bench;    ///< units that are on no batch
    double bench_weight = 0.0;
    Table<Index> used;          ///< vehicles by pool and day
    Table<Index> departures;    ///< people by prefecture and day
    Table<Index> arrivals;      ///< people by city and day
    std::vector<Index> touched; ///< batches that the present move has changed
    Prices prices;

    Stops pickups(Index batch) {
        return {picks.row(batch), picks_persons.row(batch), batches[batch].num_picks};
    }
    Stops dropoffs(Index batch) {
        return {drops.row(batch), drops_persons.row(batch), batches[batch].num_drops};
    }

    /// Return the batch's pool. In the middle of a move there may be no vehicle for a batch: then it goes by
    /// the last pool, until the move is refused.
    Index pool_number(const Batch &b) const { return b.pool != NONE ? b.pool : market.pools.size() - 1; }
    const Pool &pool_of(const Batch &b) const { return market.pools[pool_number(b)]; }

    /// Return the strictest dated rules of those that hold for its riders if the batch leaves on ``day``.
    Index regime_of(Index batch, Index day) const {
        Index strictest = 0;
        if (market.join.num_rows() > 1)
            for (Index i = 0; i < batches[batch].num_members; ++i)
                strictest = market.join(strictest, market.regime(unit_cell(batch, i), day));
        return strictest;
    }

    /// Return the fewest riders with whom the batch may run.
    Index least_load(Index batch) const {
        const Batch &b = batches[batch];
        return market.least(regime_of(batch, b.day), pool_number(b));
    }

    Index unit_cell(Index batch, Index i) const { return market.unit_cell[members(batch, i)]; }
    bool is_on_bench(Index unit) const { return batch_of[unit] == NONE; }
    Index num_on_bench() const { return static_cast<Index>(bench.size()); }

    /// Move a unit from the list where it stands to that of a batch, or to the bench (``NONE``).
    void move_to_list(Index unit, Index batch);
};

} // namespace returnplan
