#include "journal.h"

#include <algorithm>

#include "capacity.h"

namespace returnplan {

namespace {

template <class T> void copy_row(Table<T> &table, Index source, Index target, Index size) {
    std::copy_n(table.row(source).begin(), size, table.row(target).begin());
}

void copy_batch(State &state, Index source, Index target) {
    const Batch &b = state.batches[target] = state.batches[source];
    copy_row(state.picks, source, target, b.num_picks);
    copy_row(state.picks_persons, source, target, b.num_picks);
    copy_row(state.drops, source, target, b.num_drops);
    copy_row(state.drops_persons, source, target, b.num_drops);
    copy_row(state.members, source, target, b.num_members);
    copy_row(state.late_days, source, target, state.late_days.num_columns());
}

/// Return the batch that keeps what the touched batch number ``i`` was.
Index spare(const State &state, Index i) { return state.num_batches + i; }

Index num_touched(const State &state) { return static_cast<Index>(state.touched.size()); }

void let_everybody_off(State &state, Index batch) {
    release(state, batch);
    while (state.batches[batch].num_members > 0)
        state.move_to_list(state.members(batch, state.batches[batch].num_members - 1), NONE);
}

} // namespace

bool touch(State &state, Index batch) {
    if (state.batches[batch].is_touched)
        return true;
    if (num_touched(state) == MOST_TOUCHED)
        return false;
    copy_batch(state, batch, spare(state, num_touched(state)));
    state.touched.push_back(batch);
    state.batches[batch].is_touched = true;
    return true;
}

double value_gained(const State &state) {
    double gained = 0.0;
    for (Index i = 0; i < num_touched(state); ++i)
        gained += state.batches[state.touched[i]].value - state.batches[spare(state, i)].value;
    return gained;
}

void keep(State &state) {
    for (const Index batch : state.touched)
        state.batches[batch].is_touched = false;
    state.touched.clear();
}

void undo(State &state) {
    for (const Index batch : state.touched)
        let_everybody_off(state, batch);
    for (Index i = 0; i < num_touched(state); ++i) {
        const Index batch = state.touched[i], before = spare(state, i);
        const Index num_members = state.batches[before].num_members;
        state.batches[before].num_members = 0;
        copy_batch(state, before, batch);
        for (Index j = 0; j < num_members; ++j)
            state.move_to_list(state.members(before, j), batch);
        state.batches[batch].is_held = false;
        hold(state, batch);
    }
    keep(state);
}

} // namespace returnplan
