#include "pricing.h"

#include <algorithm>
#include <limits>

namespace returnplan::columns {

namespace {

bool has(Index stops, Index stop) { return (stops >> stop & 1) != 0; }

constexpr Index NO_POOL = -1;
constexpr double WORTHLESS = -std::numeric_limits<double>::infinity();

/// Return the cells that may leave on the day, those that are worth most a seat first.
std::vector<Index> in_order_of_worth(const Market &market, const Prices &prices, Index day) {
    std::vector<Index> cells;
    for (Index cell = 0; cell < market.pickup.size(); ++cell)
        if (market.earliest[cell] <= day && day <= market.latest[cell])
            cells.push_back(cell);
    const View<const double> worth = prices.worth.row(day);
    std::vector<double> a_seat(market.pickup.size());
    for (const Index cell : cells)
        a_seat[cell] = worth[cell] / static_cast<double>(market.seats[cell]);
    std::stable_sort(cells.begin(), cells.end(), [&](Index a, Index b) { return a_seat[a] > a_seat[b]; });
    return cells;
}

/// A vehicle that is being filled.
struct Filling {
    Index persons = 0;
    Index seats = 0;
    double worth = 0.0;

    /// Return how many groups of the cell board next.
    Index more(const Market &market, Index cell, double worth_of_one, Index usable, Index least) const {
        const Index room = (usable - seats) / market.seats[cell];
        Index num = std::min(market.num_groups[cell], room);
        if (worth_of_one <= 0.0) {
            const Index lacking = std::max<Index>(0, least - persons);
            num = std::min(num, (lacking + market.persons[cell] - 1) / market.persons[cell]);
        }
        return num;
    }

    void add(const Market &market, Index cell, Index num, double worth_of_one) {
        persons += num * market.persons[cell];
        seats += num * market.seats[cell];
        worth += static_cast<double>(num) * worth_of_one;
    }
};

/// Looks for the best batches of one day.
class Pricing {
public:
    Pricing(const Market &market, const Prices &prices, Index day)
        : market_(market), prices_(prices), day_(day), cells_(in_order_of_worth(market, prices, day)),
          worth_(prices.worth.row(day)),
          most_usable_(*std::max_element(market.usable.begin(), market.usable.end())) {}

    /// Return the best batch with the pick-ups; its pool is ``NO_POOL`` if none is worth more than the floor.
    Column best_with(Index picks, double floor) {
        Column best{floor, day_, picks, 0, NO_POOL};
        if (!list_who_board(picks, floor))
            return best;
        for (Index drops = 0; drops < market_.drop_bits.size(); ++drops) {
            list_who_ride(market_.drop_bits[drops]);
            for (Index pool = 0; pool < market_.usable.size(); ++pool) {
                const Index least = market_.least[pool](picks, drops);
                if (least > market_.usable[pool] || least > num_persons_)
                    continue;
                const double cost =
                    prices_.vehicle(pool, day_) + prices_.a_yuan * market_.road_yuan[pool](picks, drops);
                if (most_worth_ - cost <= best.worth)
                    continue;
                const double worth = worth_of_full(pool, least) - cost;
                if (worth > best.worth)
                    best = {worth, day_, picks, drops, pool};
            }
        }
        return best;
    }

private:
    /// List who board at the stops; false if they cannot be worth a vehicle.
    bool list_who_board(Index picks, double floor) {
        boarding_.clear();
        double most_worth = 0.0, least_cost = std::numeric_limits<double>::infinity();
        Index seats = 0;
        for (const Index cell : cells_) {
            if (!has(market_.pick_bits[picks], market_.pickup[cell]))
                continue;
            boarding_.push_back(cell);
            if (worth_[cell] > 0.0 && seats < most_usable_) {
                most_worth += static_cast<double>(market_.num_groups[cell]) * worth_[cell];
                seats += market_.seats[cell] * market_.num_groups[cell];
            }
        }
        for (Index pool = 0; pool < market_.usable.size(); ++pool)
            least_cost = std::min(least_cost, prices_.vehicle(pool, day_));
        return most_worth - least_cost > floor;
    }

    /// List those of them who alight at the stops.
    void list_who_ride(Index drops) {
        riding_.clear();
        num_persons_ = 0;
        most_worth_ = 0.0;
        for (const Index cell : boarding_) {
            if ((market_.alights[cell] & ~drops) != 0)
                continue;
            riding_.push_back(cell);
            num_persons_ += market_.num_groups[cell] * market_.persons[cell];
            if (worth_[cell] > 0.0)
                most_worth_ += static_cast<double>(market_.num_groups[cell]) * worth_[cell];
        }
    }

    /// Return what the riders are worth who board a vehicle; ``WORTHLESS`` if they are fewer than the least
    /// load.
    double worth_of_full(Index pool, Index least) const {
        Filling filling;
        for (const Index cell : riding_) {
            const Index num = filling.more(market_, cell, worth_[cell], market_.usable[pool], least);
            filling.add(market_, cell, num, worth_[cell]);
            if (filling.seats == market_.usable[pool] || (worth_[cell] <= 0.0 && filling.persons >= least))
                break;
        }
        return filling.persons >= least && filling.persons > 0 ? filling.worth : WORTHLESS;
    }

    const Market &market_;
    const Prices &prices_;
    Index day_;
    std::vector<Index> cells_;
    View<const double> worth_;
    Index most_usable_;
    std::vector<Index> boarding_;
    std::vector<Index> riding_;
    Index num_persons_ = 0;
    double most_worth_ = 0.0;
};

} // namespace

std::vector<Column> best_columns(const Market &market, const Prices &prices, double floor, Index most) {
    std::vector<Column> found;
    if (market.usable.size() == 0)
        return found;
    for (Index day = 0; day < prices.worth.num_rows(); ++day) {
        Pricing pricing(market, prices, day);
        for (Index picks = 0; picks < market.pick_bits.size(); ++picks) {
            const Column best = pricing.best_with(picks, floor);
            if (best.pool != NO_POOL)
                found.push_back(best);
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Column &a, const Column &b) { return a.worth > b.worth; });
    if (static_cast<Index>(found.size()) > most)
        found.resize(most);
    return found;
}

void load(const Market &market, const Prices &prices, const Column &column, View<Index> groups) {
    const View<const double> worth = prices.worth.row(column.day);
    const Index picks = market.pick_bits[column.picks], drops = market.drop_bits[column.drops];
    const Index usable = market.usable[column.pool];
    const Index least = market.least[column.pool](column.picks, column.drops);
    Filling filling;
    for (const Index cell : in_order_of_worth(market, prices, column.day)) {
        if (!has(picks, market.pickup[cell]) || (market.alights[cell] & ~drops) != 0)
            continue;
        const Index num = filling.more(market, cell, worth[cell], usable, least);
        if (num > 0) {
            filling.add(market, cell, num, worth[cell]);
            groups[cell] = num;
        }
    }
}

} // namespace returnplan::columns
