#include "ruin.h"

#include "boarding.h"
#include "capacity.h"
#include "journal.h"
#include "portions.h"
#include "vehicle_choice.h"

namespace returnplan {

Index Ruin::stranded(Index unit) {
    if (state_.num_on_bench() > 0 && random_.happens(0.5))
        return state_.bench[random_.below(state_.num_on_bench())];
    const Index num = state_.num_active, start = random_.below(num);
    for (Index i = 0; i < num; ++i) {
        const Index batch = (start + i) % num;
        const Batch &b = state_.batches[batch];
        if (b.persons > 0 && b.persons < state_.least_load(batch))
            return state_.members(batch, random_.below(b.num_members));
    }
    return unit;
}

Index Ruin::rival(Index unit) {
    const Cell &c = state_.market.cell_of(unit);
    const Index num = state_.num_active, start = random_.below(num);
    for (Index i = 0; i < num; ++i) {
        const Index batch = (start + i) % num;
        const Batch &b = state_.batches[batch];
        if (b.num_members > 0 && c.earliest <= b.day && b.day <= c.latest)
            return state_.members(batch, 0);
    }
    return unit;
}

void Ruin::take_some_out(Index unit, std::vector<Index> &taken) {
    const Index batch = state_.batch_of[unit];
    if (batch == NONE)
        return;
    const Index num_members = state_.batches[batch].num_members;
    if (static_cast<Index>(taken.size()) + num_members > params_.most_moved || !touch(state_, batch))
        return;
    if (random_.happens(params_.chance_of_whole_batch)) {
        portion_.assign(state_.members.row(batch).begin(), state_.members.row(batch).begin() + num_members);
    } else {
        const Kind kind = random_.happens(0.5) ? Kind::SAME_PICKUP : Kind::SAME_DROPOFF;
        list_portion(state_, unit, kind, state_.market.limits.most_usable, portion_);
    }
    release(state_, batch);
    for (const Index rider : portion_) {
        take_out(state_, rider);
        taken.push_back(rider);
    }
    settle(state_, batch);
    choose_vehicle(state_, batch);
    hold(state_, batch);
}

void Ruin::add_who_wait_nearby(Index cell, std::vector<Index> &taken) const {
    const Market &market = state_.market;
    // the riders just taken out stand last on the bench
    const Index first_taken = state_.num_on_bench() - static_cast<Index>(taken.size());
    for (const Index neighbour : market.near.row(cell)) {
        const Cell &c = market.cells[neighbour];
        for (Index unit = c.first_unit; unit < c.end_unit; ++unit) {
            const bool waits = state_.is_on_bench(unit) && state_.slot_of[unit] < first_taken;
            if (waits && static_cast<Index>(taken.size()) < params_.most_moved)
                taken.push_back(unit);
        }
    }
}

} // namespace returnplan
