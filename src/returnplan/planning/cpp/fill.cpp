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

/// A cell of a journey, with what is asked of it most.
struct Waiting {
    Index cell;
    Index earliest;
    Index latest;
    Index seats;
};

/// Cells that board and alight at the same places, those with the fewest days left first; the same others may
/// ride along with all of them.
struct CellsOfJourney {
    Index city_group;
    Index county;
    std::vector<Waiting> waiting;
};

std::vector<CellsOfJourney> journeys(const Market &market) {
    std::map<std::vector<Index>, Index> number;
    std::vector<CellsOfJourney> found;
    for (Index cell = 0; cell < market.cells.size(); ++cell) {
        const Cell &c = market.cells[cell];
        std::vector<Index> alike{c.city_group, c.county, c.pickup};
        for (Index i = c.drop_first; i < c.drop_end; ++i)
            alike.push_back(market.drops[i].place);
        const auto [at, is_new] = number.try_emplace(alike, static_cast<Index>(found.size()));
        if (is_new)
            found.push_back({c.city_group, c.county, {}});
        found[at->second].waiting.push_back({cell, c.earliest, c.latest, c.seats});
    }
    for (CellsOfJourney &journey : found)
        std::stable_sort(journey.waiting.begin(), journey.waiting.end(),
                         [](const Waiting &one, const Waiting &other) { return one.latest < other.latest; });
    return found;
}

/// Fills batches one after the other.
class Filling {
public:
    Filling(State &state, const SearchParams &params)
        : state_(state), params_(params), journeys_(journeys(state.market)) {
        for (const Cell &c : state.market.cells)
            waiting_.push_back(c.end_unit - c.first_unit);
    }

    /// Fill batches until no unit of the cell waits that a new one could take; false when no batch is left.
    bool seat_all_of(Index seed) {
        while (waiting_[seed] > 0) {
            const Index batch = empty_batch(state_, seed);
            if (batch == NONE)
                return false;
            fill(batch, seed);
            keep(state_);
            for (const Index cell : refused_)
                waiting_[cell] = std::abs(waiting_[cell]);
            refused_.clear();
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
        refused_.push_back(cell);
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

    /// Return the waiting cell that fills the batch best; of several as good the first.
    Index best_cell(Index batch) {
        const Market &market = state_.market;
        Index best = NONE;
        double best_yuan = IMPOSSIBLE;
        for (CellsOfJourney &journey : journeys_) {
            const Index cell = first_to_share(journey, batch);
            if (cell == NONE)
                continue;
            const Detour more = detour(state_, batch, cell);
            const Index days_left = market.cells[cell].latest - state_.batches[batch].first;
            const double yuan = params_.fill_yuan_per_km * more.km
                                + market.limits.stop_cost_yuan * static_cast<double>(more.num_stops)
                                + params_.fill_yuan_per_day * static_cast<double>(days_left);
            if (yuan < best_yuan || (yuan == best_yuan && cell < best)) {
                best = cell;
                best_yuan = yuan;
            }
        }
        return best;
    }

    /// Return the cell of a journey that may share the batch and has the fewest days left; those whose units
    /// all have a seat leave the list.
    Index first_to_share(CellsOfJourney &journey, Index batch) {
        const Limits &limits = state_.market.limits;
        const Batch &b = state_.batches[batch];
        const Index room = limits.most_usable - b.seats;
        if (room <= 0 || journey.city_group != b.city_group
            || !(limits.mix_counties || journey.county == b.county))
            return NONE;
        auto at = std::lower_bound(journey.waiting.begin(), journey.waiting.end(), b.first,
                                   [](const Waiting &one, Index day) { return one.latest < day; });
        while (at != journey.waiting.end()) {
            if (waiting_[at->cell] == 0) {
                at = journey.waiting.erase(at);
                continue;
            }
            const bool fits = at->earliest <= b.last && at->seats <= room;
            if (fits && waiting_[at->cell] > 0 && may_share(state_, batch, at->cell))
                return at->cell;
            ++at;
        }
        return NONE;
    }

    State &state_;
    const SearchParams &params_;
    std::vector<Index> waiting_; ///< units by cell, negative where the batch refuses them
    std::vector<Index> refused_; ///< cells that the batch refuses
    std::vector<CellsOfJourney> journeys_;
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
