#include "journal.h"

#include <algorithm>
#include <utility>

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

/// Return whether nobody was on the bench before the move.
bool was_bench_empty(const State &state) {
    Index num_more = state.num_on_bench();
    for (Index i = 0; i < num_touched(state); ++i)
        num_more += state.batches[state.touched[i]].num_members - state.batches[spare(state, i)].num_members;
    return num_more == 0;
}

/// Put everybody back where they were, if nobody was on the bench.
void seat_all_again(State &state) {
    for (const Index batch : state.touched)
        release(state, batch);
    for (const Index unit : state.bench)
        state.bench_weight -= state.market.cell_of(unit).weight;
    state.bench.clear();
    for (Index i = 0; i < num_touched(state); ++i) {
        const Index batch = state.touched[i];
        copy_batch(state, spare(state, i), batch);
        const View<const Index> members = std::as_const(state.members).row(batch);
        for (Index slot = 0; slot < state.batches[batch].num_members; ++slot) {
            state.batch_of[members[slot]] = batch;
            state.slot_of[members[slot]] = slot;
        }
    }
}

/// Put everybody back where they were, those on the bench in the order in which they leave it.
void seat_one_by_one_again(State &state) {
    for (const Index batch : state.touched)
        let_everybody_off(state, batch);
    for (Index i = 0; i < num_touched(state); ++i) {
        const Index batch = state.touched[i], before = spare(state, i);
        const Index num_members = state.batches[before].num_members;
        state.batches[before].num_members = 0;
        copy_batch(state, before, batch);
        for (Index j = 0; j < num_members; ++j)
            state.move_to_list(state.members(before, j), batch);
    }
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
    if (was_bench_empty(state))
        seat_all_again(state);
    else
        seat_one_by_one_again(state);
    for (const Index batch : state.touched) {
        state.batches[batch].is_held = false;
        hold(state, batch);
    }
    keep(state);
}

} // namespace returnplan
