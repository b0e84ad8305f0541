#include "memory.h"

#include <algorithm>

#include "vehicle_choice.h"

namespace returnplan {

namespace {

/// Return a number that stands for another one and looks like none (the finalizer of splitmix64).
std::uint64_t scatter(Index number) {
    std::uint64_t x = static_cast<std::uint64_t>(number) + 0x9e3779b97f4a7c15U;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}

} // namespace

void Memory::remember(State &state) {
    for (Index batch = 0; batch < state.num_active; ++batch) {
        const Batch &b = state.batches[batch];
        if (b.num_members > 0 && b.pool != NONE && is_worth_running(state, batch))
            keep(state, batch);
    }
}

void Memory::keep(State &state, Index batch) {
    const Batch &b = state.batches[batch];
    std::uint64_t key = scatter(-1 - b.day) + 3 * scatter(-1 - b.pool);
    for (Index i = 0; i < b.num_members; ++i)
        key += scatter(state.market.unit_cell[state.members(batch, i)]);
    const double yuan = batch_yuan(state, batch) + late_yuan(state, batch, b.day);
    const auto [found, is_new] = number_.try_emplace(key, static_cast<Index>(batches_.size()));
    if (!is_new) {
        Seen &seen = batches_[found->second];
        if (yuan >= seen.yuan - ROUNDING)
            return;
        seen.yuan = yuan;
        std::copy_n(state.picks.row(batch).begin(), b.num_picks, stops_.begin() + seen.first_stop);
        std::copy_n(state.drops.row(batch).begin(), b.num_drops,
                    stops_.begin() + seen.first_stop + b.num_picks);
        return;
    }
    if (static_cast<Index>(batches_.size()) == most_) {
        number_.erase(found);
        return;
    }
    const Index first_member = static_cast<Index>(members_.size());
    batches_.push_back({b.day, b.pool, b.num_picks, b.num_drops, b.num_members,
                        static_cast<Index>(stops_.size()), first_member, yuan});
    for (Index i = 0; i < b.num_picks; ++i)
        stops_.push_back(state.picks(batch, i));
    for (Index i = 0; i < b.num_drops; ++i)
        stops_.push_back(state.drops(batch, i));
    for (Index i = 0; i < b.num_members; ++i)
        members_.push_back(state.market.unit_cell[state.members(batch, i)]);
    std::sort(members_.begin() + first_member, members_.end());
}

} // namespace returnplan
