#include "exchange.h"

#include <algorithm>

#include "boarding.h"
#include "capacity.h"
#include "insertion.h"
#include "journal.h"
#include "portions.h"
#include "vehicle_choice.h"

namespace returnplan {

bool Exchange::try_one() {
    const Market &market = state_.market;
    const Index unit = market.newcomers[random_.below(market.newcomers.size())];
    const Index from = state_.batch_of[unit], cell = market.unit_cell[unit];
    const bool opens = random_.happens(params_.chance_of_new_batch);
    const Index other = opens ? NONE : random_neighbour(market, cell, random_);
    const Index to = opens ? empty_batch(state_, cell) : state_.batch_of[other];
    if (to == from || to == NONE || !same_way(state_, to, cell))
        return false;

    const Index most_usable = market.limits.most_usable;
    const Kind kind = random_kind(random_);
    Index seats = list_portion(state_, unit, kind, most_usable, going_);
    if (kind == Kind::SAME_CELL && static_cast<Index>(going_.size()) > params_.many_alike) {
        going_.resize(1 + random_.below(going_.size())); // any number of them may be the right one
        seats = static_cast<Index>(going_.size()) * market.cells[cell].seats;
    }
    Index room = most_usable - state_.batches[to].seats;
    coming_.clear();
    if (!opens && (seats > room || random_.happens(params_.chance_of_swap)))
        room += list_portion(state_, other, random_kind(random_), std::max<Index>(seats, 1), coming_);
    while (going_.size() > 1 && seats > room) {
        seats -= market.cell_of(going_.back()).seats;
        going_.pop_back();
    }
    if (seats > room || !touch(state_, to) || (from != NONE && !touch(state_, from)))
        return false;
    return move(from, to);
}

/// Take both portions out, then put each in on the other side.
bool Exchange::move(Index from, Index to) {
    const bool has_from = from != NONE;
    release(state_, to);
    if (has_from) {
        release(state_, from);
        for (const Index unit : going_)
            take_out(state_, unit);
    }
    for (const Index unit : coming_)
        take_out(state_, unit);
    return refill(to, going_) && (!has_from || refill(from, coming_)) && choose_vehicle_and_hold(to)
           && (!has_from || choose_vehicle_and_hold(from));
}

bool Exchange::refill(Index batch, const std::vector<Index> &units) {
    settle(state_, batch);
    return std::all_of(units.begin(), units.end(), [&](Index unit) {
        return may_share(state_, batch, state_.market.unit_cell[unit]) && put_in(state_, batch, unit);
    });
}

bool Exchange::choose_vehicle_and_hold(Index batch) {
    if (choose_vehicle(state_, batch) == IMPOSSIBLE)
        return false;
    hold(state_, batch);
    return true;
}

} // namespace returnplan
