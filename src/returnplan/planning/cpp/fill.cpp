#include "fill.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <vector>

#include "boarding.h"
#include "insertion.h"
#include "journal.h"

namespace returnplan {

namespace {

/// Return for each cell the number of its journey: cells of one journey board and alight at the same places.
std::vector<Index> journeys(const Market &market) {
    std::map<std::vector<Index>, Index> number;
    std::vector<Index> of_cell;
    for (const Cell &c : market.cells) {
        std::vector<Index> places{c.pickup};
        for (Index i = c.drop_first; i < c.drop_end; ++i)
            places.push_back(market.drops[i].place);
        of_cell.push_back(number.try_emplace(places, static_cast<Index>(number.size())).first->second);
    }
    return of_cell;
}

/// Fills batches one after the other.
class Filling {
public:
    Filling(State &state, const SearchParams &params)
        : state_(state), params_(params), journey_of_(journeys(state.market)) {
        for (const Cell &c : state.market.cells)
            waiting_.push_back(c.end_unit - c.first_unit);
        if (!journey_of_.empty())
            detour_yuan_.resize(1 + *std::max_element(journey_of_.begin(), journey_of_.end()));
    }

    /// Fill batches until no unit of the cell waits that a new one could take; false when no batch is left.
    bool seat_all_of(Index seed) {
        while (waiting_[seed] > 0) {
            const Index batch = empty_batch(state_, seed);
            if (batch == NONE)
                return false;
            fill(batch, seed);
            keep(state_);
            for (Index &num : waiting_)
                num = std::abs(num);
        }
        return true;
    }

private:
    /// Fill a batch that the seed opens; cells that it cannot take wait with a negative number.
    void fill(Index batch, Index seed) {
        for (Index cell = seed; cell != NONE; cell = best_cell(batch)) {
            while (seat_one_of(cell, batch) && waiting_[cell] > 0 && may_share(state_, batch, cell)) {
            }
            if (state_.batches[batch].num_members == 0) {
                waiting_[seed] = 0; // no vehicle at all takes it
                return;
            }
        }
    }

    /// Put a unit of the cell into the batch; if it is refused, let the cell wait for another batch.
    bool seat_one_of(Index cell, Index batch) {
        const Index unit = next_unit(cell);
        if (unit != NONE && add(state_, batch, unit)) {
            --waiting_[cell];
            keep(state_);
            return true;
        }
        waiting_[cell] = -waiting_[cell];
        return false;
    }

    /// Return the first unit of the cell on the bench.
    Index next_unit(Index cell) const {
        const Cell &c = state_.market.cells[cell];
        for (Index unit = c.first_unit; unit < c.end_unit; ++unit)
            if (state_.is_on_bench(unit))
                return unit;
        return NONE;
    }

    /// Return the waiting cell that fills the batch best.
    Index best_cell(Index batch) {
        const Market &market = state_.market;
        std::fill(detour_yuan_.begin(), detour_yuan_.end(), UNKNOWN);
        Index best = NONE;
        double best_yuan = IMPOSSIBLE;
        for (Index cell = 0; cell < market.cells.size(); ++cell) {
            if (waiting_[cell] <= 0 || !may_share(state_, batch, cell))
                continue;
            double &way_yuan = detour_yuan_[journey_of_[cell]];
            if (way_yuan == UNKNOWN) {
                const Detour more = detour(state_, batch, cell);
                way_yuan = params_.fill_yuan_per_km * more.km
                           + market.limits.stop_cost_yuan * static_cast<double>(more.num_stops);
            }
            const Index days_left = market.cells[cell].latest - state_.batches[batch].first;
            const double yuan = way_yuan + params_.fill_yuan_per_day * static_cast<double>(days_left);
            if (yuan < best_yuan) {
                best = cell;
                best_yuan = yuan;
            }
        }
        return best;
    }

    static constexpr double UNKNOWN = -IMPOSSIBLE;

    State &state_;
    const SearchParams &params_;
    std::vector<Index> waiting_;      ///< units by cell
    std::vector<Index> journey_of_;   ///< by cell
    std::vector<double> detour_yuan_; ///< by journey, of the batch that is being filled
};

} // namespace

void fill(State &state, const SearchParams &params, View<const Index> order) {
    Filling filling(state, params);
    for (const Index cell : order)
        if (!filling.seat_all_of(cell))
            return;
}

void open_as(State &state, Matrix<const Index> start) {
    for (Index i = 0; i < start.num_rows(); ++i) {
        const Index unit = start(i, 0), batch = start(i, 1);
        if (batch >= state.num_batches)
            continue;
        state.num_active = std::max(state.num_active, batch + 1);
        if (may_share(state, batch, state.market.unit_cell[unit])) {
            add(state, batch, unit);
            keep(state);
        }
    }
}

} // namespace returnplan
