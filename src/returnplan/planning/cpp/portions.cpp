#include "portions.h"

namespace returnplan {

namespace {

bool are_alike(const Market &market, Index one, Index other, Kind kind) {
    const Cell &a = market.cells[one], &b = market.cells[other];
    switch (kind) {
    case Kind::SAME_UNIT:
        return false;
    case Kind::SAME_CELL:
        return one == other;
    case Kind::SAME_PICKUP:
        return a.pickup == b.pickup;
    case Kind::SAME_DROPOFF:
        return market.drops[a.drop_first].place == market.drops[b.drop_first].place;
    case Kind::WHOLE_BATCH:
        return true;
    }
    return false;
}

} // namespace

Kind random_kind(Random &random) {
    const double draw = random.uniform();
    if (draw < 0.25)
        return Kind::SAME_UNIT;
    if (draw < 0.5)
        return Kind::SAME_CELL;
    if (draw < 0.75)
        return Kind::SAME_PICKUP;
    return draw < 0.93 ? Kind::SAME_DROPOFF : Kind::WHOLE_BATCH;
}

Index list_portion(const State &state, Index unit, Kind kind, Index most_seats, std::vector<Index> &portion) {
    const Market &market = state.market;
    const Index cell = market.unit_cell[unit], batch = state.batch_of[unit];
    Index seats = market.cells[cell].seats;
    portion.assign(1, unit);
    if (kind == Kind::SAME_UNIT || batch == NONE)
        return seats;
    for (Index i = 0; i < state.batches[batch].num_members; ++i) {
        const Index other = state.members(batch, i);
        const Index more = market.cell_of(other).seats;
        if (other == unit || seats + more > most_seats
            || !are_alike(market, cell, market.unit_cell[other], kind))
            continue;
        portion.push_back(other);
        seats += more;
    }
    return seats;
}

} // namespace returnplan
