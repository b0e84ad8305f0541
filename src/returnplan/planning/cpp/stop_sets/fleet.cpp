#include "fleet.h"

#include <algorithm>

namespace returnplan::stop_sets {

namespace {

/// Return whether cells may ride in the same vehicles.
bool are_of_a_kind(const Limits &limits, const Cell &one, const Cell &other) {
    return one.city_group == other.city_group && (limits.mix_counties || one.county == other.county)
           && one.prefecture == other.prefecture && one.goal == other.goal;
}

/// Return whether a vehicle that leaves on the day calls at all drop-offs of a cell.
bool calls_for(const Market &market, const Cell &c, Index day, const StopSet &dropoffs) {
    if (day < c.earliest || day > c.latest)
        return false;
    for (Index i = c.drop_first; i < c.drop_end; ++i)
        if (!dropoffs.has(market.drops[i].place))
            return false;
    return true;
}

} // namespace

Fleet::Fleet(const Market &market, Index num_vehicles)
    : market(market), loops_(market), vehicles_(num_vehicles), riders_(num_vehicles, market.cells.size()),
      called_for_by_(market.cells.size()), cells_at_(market.km[0].num_rows()), kind_(market.cells.size()),
      absent_(market.cells.size()), slot_(market.cells.size()), is_touched_(num_vehicles),
      stamp_(market.cells.size()), step_(num_vehicles), seen_(num_vehicles) {
    for (Index cell = 0; cell < market.cells.size(); ++cell) {
        const Cell &c = market.cells[cell];
        const auto is_like = [&](Index other) {
            return are_of_a_kind(market.limits, c, market.cells[other]);
        };
        kind_[cell] = std::find_if(like_.begin(), like_.end(), is_like) - like_.begin();
        if (kind_[cell] == static_cast<Index>(like_.size()))
            like_.push_back(cell);
        cells_at_[c.pickup].push_back(cell);
        absent_[cell] = c.end_unit - c.first_unit;
        slot_[cell] = cell;
        absent_cells_.push_back(cell);
        absent_persons_ += absent_[cell] * c.persons;
    }
    for (const Index cell : like_) {
        Index most = 0;
        for (Index pool = 0; pool < market.pools.size(); ++pool)
            if (serves(market.pools[pool], market.cells[cell].prefecture, market.cells[cell].goal))
                most = std::max(most, market.pools[pool].usable);
        room_.push_back(most);
    }
    keep();
}

void Fleet::touch(Index number) {
    if (is_touched_[number])
        return;
    is_touched_[number] = true;
    before_.push_back({number, vehicles_[number]});
}

/// Seat so many units of a cell in a vehicle; a negative number lets them get off.
void Fleet::count(Index number, Index cell, Index units) {
    const Cell &c = market.cells[cell];
    Vehicle &v = vehicles_[number];
    riders_(number, cell) += units;
    v.persons += units * c.persons;
    v.seats += units * c.seats;
    if (market.late_days.num_columns() > 0)
        v.late_days += static_cast<double>(units) * market.late_days(cell, v.day);
    if (absent_[cell] == 0) {
        slot_[cell] = static_cast<Index>(absent_cells_.size());
        absent_cells_.push_back(cell);
    }
    absent_[cell] -= units;
    absent_persons_ -= units * c.persons;
    if (absent_[cell] == 0) {
        const Index last = absent_cells_.back();
        absent_cells_[slot_[cell]] = last;
        slot_[last] = slot_[cell];
        absent_cells_.pop_back();
    }
}

void Fleet::board(Index number, Index cell, Index units) {
    touch(number);
    count(number, cell, units);
    changes_.push_back({number, cell, units});
}

void Fleet::list_cells(Index day, Index kind, const StopSet &pickups, const StopSet &dropoffs) {
    cells_.clear();
    for (const Index place : pickups)
        for (const Index cell : cells_at_[place])
            if (kind_[cell] == kind && calls_for(market, market.cells[cell], day, dropoffs))
                cells_.push_back(cell);
}

/// Let the vehicle call for other cells.
void Fleet::set_cells(Index number, const std::vector<Index> &cells) {
    std::vector<Index> &own = vehicles_[number].cells;
    for (const Index cell : own) {
        std::vector<Index> &by = called_for_by_[cell];
        by.erase(std::find(by.begin(), by.end(), number));
    }
    own = cells;
    for (const Index cell : own)
        called_for_by_[cell].push_back(number);
}

void Fleet::call_at(Index number, Index day, Index kind, const StopSet &pickups, const StopSet &dropoffs) {
    touch(number);
    list_cells(day, kind, pickups, dropoffs);
    ++num_lists_;
    for (const Index cell : cells_)
        stamp_[cell] = num_lists_;
    Vehicle &v = vehicles_[number];
    for (const Index cell : v.cells)
        if (riders_(number, cell) > 0 && (stamp_[cell] != num_lists_ || day != v.day))
            board(number, cell, -riders_(number, cell));
    set_cells(number, cells_);
    v.day = day;
    v.kind = kind;
    v.pickups = pickups;
    v.dropoffs = dropoffs;
    v.km = v.is_at_home() ? 0.0 : loops_.km(day, pickups, dropoffs);
}

/// Seat some absent units of a cell; false where no chain of changes leads to a free seat.
bool Fleet::seat_some(Index cell) {
    ++num_searches_;
    queue_.clear();
    const auto come_to = [&](Index number, Step step) {
        seen_[number] = num_searches_;
        step_[number] = step;
        queue_.push_back(number);
    };
    for (const Index number : called_for_by_[cell])
        come_to(number, {NONE, cell});
    for (std::size_t i = 0; i < queue_.size(); ++i) {
        const Index number = queue_[i];
        const Vehicle &v = vehicles_[number];
        const Index coming = market.cells[step_[number].cell].seats;
        const Index room = (room_[v.kind] - v.seats) / coming;
        if (room > 0) {
            Index units = std::min(room, absent_[cell]);
            for (Index at = number; step_[at].from != NONE; at = step_[at].from)
                units = std::min(units, riders_(step_[at].from, step_[at].cell));
            for (Index at = number; at != NONE; at = step_[at].from) {
                if (step_[at].from != NONE)
                    board(step_[at].from, step_[at].cell, -units);
                board(at, step_[at].cell, units);
            }
            return true;
        }
        for (const Index other : v.cells) {
            if (riders_(number, other) == 0 || market.cells[other].seats != coming)
                continue;
            for (const Index next : called_for_by_[other])
                if (seen_[next] != num_searches_)
                    come_to(next, {number, other});
        }
    }
    return false;
}

void Fleet::seat_absent() {
    for (Index i = static_cast<Index>(absent_cells_.size()) - 1; i >= 0; --i) {
        const Index cell = absent_cells_[i];
        while (absent_[cell] > 0 && !called_for_by_[cell].empty() && seat_some(cell)) {
        }
    }
}

double Fleet::yuan(const Vehicle &v) const {
    if (v.is_at_home())
        return 0.0;
    if (v.km == IMPOSSIBLE)
        return IMPOSSIBLE;
    const Cell &like = market.cells[like_[v.kind]];
    double least = IMPOSSIBLE;
    for (const Pool &pool : market.pools) {
        if (pool.usable < v.seats || !serves(pool, like.prefecture, like.goal))
            continue;
        double yuan = pool.fixed_yuan + pool.per_km_yuan * v.km;
        if (v.persons < pool.min_load)
            yuan += prices.person * static_cast<double>(v.persons);
        least = std::min(least, yuan);
    }
    return least + prices.late_day * v.late_days
           + market.limits.stop_cost_yuan * static_cast<double>(v.pickups.size() + v.dropoffs.size() - 2);
}

double Fleet::value_gained() const {
    double gained = prices.person * static_cast<double>(absent_persons_ - absent_persons_before_);
    for (const Before &before : before_)
        gained += yuan(vehicles_[before.number]) - yuan(before.vehicle);
    return gained;
}

void Fleet::keep() {
    for (const Before &before : before_)
        is_touched_[before.number] = false;
    before_.clear();
    changes_.clear();
    absent_persons_before_ = absent_persons_;
}

void Fleet::undo() {
    for (std::size_t i = changes_.size(); i-- > 0;)
        count(changes_[i].vehicle, changes_[i].cell, -changes_[i].units);
    for (Before &before : before_) {
        set_cells(before.number, before.vehicle.cells);
        vehicles_[before.number] = std::move(before.vehicle);
    }
    keep();
}

} // namespace returnplan::stop_sets
