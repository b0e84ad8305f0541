#include "sketch.h"

#include <algorithm>

#include "vehicle_choice.h"

namespace returnplan {

Sketch::Sketch(State &state)
    : state_(state), pick_places_(1, state.picks.num_columns()), pick_persons_(pick_places_),
      drop_places_(1, state.drops.num_columns()), drop_persons_(drop_places_) {}

void Sketch::copy(Index batch) {
    const Batch &b = state_.batches[batch];
    batch_ = batch;
    num_picks_ = b.num_picks;
    num_drops_ = b.num_drops;
    persons_ = b.persons;
    seats_ = b.seats;
    weight_ = b.weight;
    std::copy_n(state_.picks.row(batch).begin(), num_picks_, pick_places_.row(0).begin());
    std::copy_n(state_.picks_persons.row(batch).begin(), num_picks_, pick_persons_.row(0).begin());
    std::copy_n(state_.drops.row(batch).begin(), num_drops_, drop_places_.row(0).begin());
    std::copy_n(state_.drops_persons.row(batch).begin(), num_drops_, drop_persons_.row(0).begin());
}

void Sketch::let_off(const std::vector<Index> &units) {
    for (std::size_t first = 0, end = 0; first < units.size(); first = end) {
        const Index cell = run_of_cell(units, first, end);
        const Cell &c = state_.market.cells[cell];
        const Index num = static_cast<Index>(end - first);
        count(c, -num);
        pickups().skip(c.pickup, num * c.persons);
        for (Index i = c.drop_first; i < c.drop_end; ++i)
            dropoffs().skip(state_.market.drops[i].place, num * state_.market.drops[i].persons);
    }
}

bool Sketch::let_on(const std::vector<Index> &units, Index at) {
    for (std::size_t first = 0, end = 0; first < units.size(); first = end) {
        const Index cell = run_of_cell(units, first, end);
        const Cell &c = state_.market.cells[cell];
        const Index num = static_cast<Index>(end - first);
        count(c, num);
        if (!board(c.pickup, num * c.persons, at))
            return false;
        for (Index i = c.drop_first; i < c.drop_end; ++i)
            if (!alight(state_.market.drops[i].place, num * state_.market.drops[i].persons))
                return false;
    }
    return true;
}

/// Return the cell of the unit at ``first``, and set ``end`` behind those of the same cell that follow it.
Index Sketch::run_of_cell(const std::vector<Index> &units, std::size_t first, std::size_t &end) const {
    const Index cell = state_.market.unit_cell[units[first]];
    for (end = first + 1; end < units.size() && state_.market.unit_cell[units[end]] == cell; ++end) {
    }
    return cell;
}

void Sketch::count(const Cell &c, Index num) {
    persons_ += num * c.persons;
    seats_ += num * c.seats;
    weight_ += static_cast<double>(num) * c.weight;
}

/// Let people board; a new stop comes at ``at``, and the next one after it.
bool Sketch::board(Index place, Index persons, Index &at) {
    Stops stops = pickups();
    const Index found = stops.find(place);
    if (found != NONE)
        stops.add_persons(found, persons);
    else if (stops.size() < state_.market.limits.max_pickups)
        stops.call_at(place, at++, persons);
    else
        return false;
    return true;
}

bool Sketch::alight(Index place, Index persons) {
    Stops stops = dropoffs();
    const Roads roads = state_.market.roads(state_.batches[batch_].day);
    const Index found = stops.find(place);
    if (found != NONE)
        stops.add_persons(found, persons);
    else if (stops.size() < state_.market.limits.max_dropoffs)
        stops.call_at(place, stops.best_gap(roads, place, {pickups().last(), NONE}, IMPOSSIBLE).at, persons);
    else
        return false;
    return true;
}

double Sketch::yuan() {
    const Limits &limits = state_.market.limits;
    const Batch &b = state_.batches[batch_];
    if (num_picks_ == 0)
        return 0.0;
    const Roads roads = state_.market.roads(b.day);
    const double pick_km = pickups().along(roads), drop_km = dropoffs().along(roads);
    if (pick_km > limits.max_pickup_km + ROUNDING || drop_km > limits.max_dropoff_km + ROUNDING)
        return IMPOSSIBLE;
    const Index regime = state_.regime_of(batch_, b.day); // that of its riders before the move
    const double km = pick_km + roads(pickups().last(), dropoffs().first()) + drop_km;
    return cheapest_pool(state_, batch_, {b.day, km, persons_, seats_, weight_, b.prefecture, b.goal, regime})
               .yuan
           + limits.stop_cost_yuan * static_cast<double>(num_picks_ + num_drops_ - 2);
}

void Sketch::draw() {
    const Batch &b = state_.batches[batch_];
    if (b.num_picks != num_picks_ || b.num_drops != num_drops_)
        return;
    std::copy_n(pick_places_.row(0).begin(), num_picks_, state_.picks.row(batch_).begin());
    std::copy_n(pick_persons_.row(0).begin(), num_picks_, state_.picks_persons.row(batch_).begin());
    std::copy_n(drop_places_.row(0).begin(), num_drops_, state_.drops.row(batch_).begin());
    std::copy_n(drop_persons_.row(0).begin(), num_drops_, state_.drops_persons.row(batch_).begin());
}

} // namespace returnplan
