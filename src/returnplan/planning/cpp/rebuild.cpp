#include "rebuild.h"

namespace returnplan {

namespace {

/// Multiples of these, modulo 1, are spread evenly, and stand for random numbers that units of a cell share.
constexpr double GOLDEN = 0.6180339887498949;
constexpr double PLASTIC = 0.7548776662466927;

double spread(Index number, double ratio, double salt) {
    const double sum = static_cast<double>(number) * ratio + salt;
    return sum - static_cast<double>(static_cast<Index>(sum));
}

/// Sort few units by their keys, in place (insertion sort).
void sort_by_key(std::vector<Index> &units, std::vector<double> &keys) {
    for (std::size_t i = 1; i < units.size(); ++i) {
        const Index unit = units[i];
        const double key = keys[i];
        std::size_t j = i;
        for (; j > 0 && keys[j - 1] > key; --j) {
            units[j] = units[j - 1];
            keys[j] = keys[j - 1];
        }
        units[j] = unit;
        keys[j] = key;
    }
}

} // namespace

Index Rebuild::run() {
    const Market &market = state_.market;
    Index unit = market.newcomers[random_.below(market.newcomers.size())];
    if (random_.happens(params_.chance_for_stranded)) {
        unit = ruin_.stranded(unit);
        const Index num_moved = random_.happens(params_.chance_of_fill_up) ? fill_up_.fill_batch_of(unit) : 0;
        if (num_moved > 0)
            return params_.work_to_insert * num_moved;
    }
    const Index cell = market.unit_cell[unit];
    if (state_.is_on_bench(unit) && random_.happens(params_.chance_for_rival))
        unit = ruin_.rival(unit);
    units_.clear();
    for (Index left = 1 + random_.below(params_.most_ruined); left > 0; --left) {
        ruin_.take_some_out(unit, units_);
        unit = random_neighbour(market, cell, random_);
    }
    if (state_.num_on_bench() > static_cast<Index>(units_.size()))
        ruin_.add_who_wait_nearby(cell, units_);
    shuffle(units_);
    const Index num_units = static_cast<Index>(units_.size());
    const Index num_looks = insertion_.insert({units_.data(), num_units}, params_.chance_of_blink);
    return num_units + (params_.work_to_insert - 1) * num_looks;
}

/// Order units by weight, then at random, by the days they have, or by stop; units of a cell together.
void Rebuild::shuffle(std::vector<Index> &units) {
    const double salt = random_.uniform(), rule = random_.uniform();
    keys_.clear();
    for (const Index unit : units) {
        const Index cell = state_.market.unit_cell[unit];
        const Cell &c = state_.market.cells[cell];
        double key = spread(cell, GOLDEN, salt);
        if (rule < 0.3)
            key += static_cast<double>(c.latest - c.earliest);
        else if (rule < 0.6)
            key += static_cast<double>(c.latest);
        else if (rule < 0.8)
            key += spread(c.pickup, PLASTIC, salt) * 1000.0;
        keys_.push_back(key - 1e6 * c.weight);
    }
    sort_by_key(units, keys_);
}

} // namespace returnplan
