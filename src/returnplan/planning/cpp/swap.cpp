#include "swap.h"

#include <algorithm>

#include "boarding.h"
#include "capacity.h"
#include "insertion.h"
#include "journal.h"
#include "vehicle_choice.h"

namespace returnplan {

Swap::Swap(State &state, const SearchParams &params, Random &random)
    : state_(state), params_(params), random_(random), sketch_a_(state), sketch_b_(state) {
    for (const Index cell : state.market.unit_cell)
        pickup_of_unit_.push_back(state.market.cells[cell].pickup);
}

bool Swap::try_one(double most_loss) {
    const Market &market = state_.market;
    const Index a = random_.below(state_.num_active);
    if (state_.batches[a].num_members == 0)
        return false;
    const Stretch mine = random_stretch(a, random_.below(state_.batches[a].num_picks));
    const Index seats = list_riders(a, mine, going_);
    const Index cell = market.unit_cell[going_[0]];
    const Index other = random_neighbour(market, cell, random_), near = market.unit_cell[other];
    const Index b = state_.batch_of[other];
    if (b == NONE || b == a || !same_way(state_, b, cell) || !same_way(state_, a, near))
        return false;
    const Index beside = state_.pickups(b).find(market.cells[near].pickup) + random_.below(2);
    const bool is_one_sided = random_.happens(params_.chance_of_shift);
    const Stretch theirs = is_one_sided ? Stretch{beside, beside} : random_stretch(b, beside);
    const Index more = list_riders(b, theirs, coming_);
    if (market.limits.has_previous && (is_anybody_told(going_) || is_anybody_told(coming_)))
        return false; // they change one by one, if at all
    leave(going_, seats, market.limits.most_usable - state_.batches[b].seats + more);
    leave(coming_, more, market.limits.most_usable - state_.batches[a].seats + seats);
    if (going_.empty())
        return false;
    const double before = state_.batches[a].value + state_.batches[b].value;
    return sketch(a, b, mine, theirs) - before <= most_loss && touch(state_, a) && touch(state_, b)
           && change(a, b);
}

/// Return one pick-up most often, seldom all that come after it.
Swap::Stretch Swap::random_stretch(Index batch, Index first) {
    const Index left = state_.batches[batch].num_picks - first;
    const double draw = random_.uniform();
    const Index length = draw < 0.6 ? 1 : draw < 0.8 ? 2 : draw < 0.9 ? 3 : left;
    return {first, first + std::min(left, length)};
}

/// List the riders of a stretch, stop by stop, this way round or the other; return their seats.
Index Swap::list_riders(Index batch, Stretch stretch, std::vector<Index> &units) const {
    const View<Index> members = state_.members.row(batch);
    Index seats = 0;
    units.clear();
    for (Index i = stretch.first; i < stretch.end; ++i) {
        const Index place = state_.picks(batch, i);
        for (Index j = 0; j < state_.batches[batch].num_members; ++j) {
            if (pickup_of_unit_[members[j]] != place)
                continue;
            units.push_back(members[j]);
            seats += state_.market.cell_of(members[j]).seats;
        }
    }
    return seats;
}

bool Swap::is_anybody_told(const std::vector<Index> &units) const {
    return std::any_of(units.begin(), units.end(),
                       [&](Index unit) { return state_.market.cell_of(unit).previous != NONE; });
}

/// Let the last of the units stay for whom there is no seat; or the first: they are turned round at random.
void Swap::leave(std::vector<Index> &units, Index seats, Index most_seats) {
    if (random_.happens(0.5))
        std::reverse(units.begin(), units.end());
    while (seats > most_seats) {
        seats -= state_.market.cell_of(units.back()).seats;
        units.pop_back();
    }
}

/// Return about what both batches cost after the swap.
double Swap::sketch(Index a, Index b, Stretch mine, Stretch theirs) {
    sketch_a_.copy(a);
    sketch_b_.copy(b);
    sketch_a_.let_off(going_);
    sketch_b_.let_off(coming_);
    if (!sketch_a_.let_on(coming_, mine.first) || !sketch_b_.let_on(going_, theirs.first))
        return IMPOSSIBLE;
    return sketch_a_.yuan() + sketch_b_.yuan();
}

bool Swap::change(Index a, Index b) {
    release(state_, a);
    release(state_, b);
    for (const Index unit : going_)
        take_out(state_, unit);
    for (const Index unit : coming_)
        take_out(state_, unit);
    return put_all_in(b, going_) && put_all_in(a, coming_) && finish(a, sketch_a_) && finish(b, sketch_b_);
}

bool Swap::put_all_in(Index batch, const std::vector<Index> &units) {
    settle(state_, batch);
    return std::all_of(units.begin(), units.end(), [&](Index unit) {
        return may_share(state_, batch, state_.market.unit_cell[unit]) && put_in(state_, batch, unit);
    });
}

bool Swap::finish(Index batch, Sketch &sketch) {
    sketch.draw();
    if (choose_vehicle(state_, batch) == IMPOSSIBLE)
        return false;
    hold(state_, batch);
    return true;
}

} // namespace returnplan
