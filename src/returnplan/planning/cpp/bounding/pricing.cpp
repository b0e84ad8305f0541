#include "pricing.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <functional>
#include <limits>
#include <numeric>
#include <vector>

#include "knapsack.h"

namespace returnplan::bounding {

namespace {

/// Above 1 by more than sums of fares differ in their last digits.
constexpr double ROUNDED = 1.0 + 1e-9;

bool has(Index stops, Index stop) { return (stops >> stop & 1) != 0; }

/// Return the lowest of the stops.
Index first_of(Index stops) { return std::countr_zero(static_cast<std::uint64_t>(stops)); }

/// Return the stops without the lowest.
Index rest_of(Index stops) { return stops & (stops - 1); }

/// Return the seats of the largest vehicle.
Index most_seats(const Market &market) { return market.usable[market.usable.size() - 1]; }

/// Looks for the best batches of one day.
class Pricing {
public:
    Pricing(const Market &market, const Fares &fares, Index num_pickups, Index num_dropoffs)
        : market_(market), fares_(fares), paid_between_(num_pickups, num_dropoffs),
          paid_at_pickup_(num_pickups), paid_at_drop_(num_dropoffs), earned_(market.usable.size()),
          earned_anywhere_(earned_), parts_a_unit_(market.usable.size()), knapsack_(most_seats(market)) {
        for (Index a = 0; a < market.pick_bits.size(); ++a) {
            const View<const double> to_drop_km = market.to_drop_km.row(a);
            num_picks_.push_back(num_in(market.pick_bits[a]));
            least_km_.push_back(*std::min_element(to_drop_km.begin(), to_drop_km.end()));
        }
        for (const Index drops : market.drop_bits) {
            num_drops_.push_back(num_in(drops));
            most_drops_ = std::max(most_drops_, num_drops_.back());
        }
    }

    void look_for(Index day, View<Best> best) {
        list_riders(day);
        add_up_between_stops();
        for (Index a = 0; a < market_.pick_bits.size(); ++a) {
            const Index picks = market_.pick_bits[a];
            if (market_.has_all_sets && (picks & ~called_at_) != 0)
                continue; // without the stop where nobody boards it costs no more
            double least = least_ratio(picks, best);
            double fewest_yuan = needed_yuan(least, day, least_km_[a], num_picks_[a] + 1);
            if (ROUNDED * paid_by_all(picks) <= fewest_yuan)
                continue;
            add_up_at_drops(picks);
            if (most_earned_at_any_drops() <= fewest_yuan)
                continue;
            bool is_listed = false;
            for (Index b = 0; b < market_.drop_bits.size(); ++b) {
                const Index drops = market_.drop_bits[b];
                if (market_.has_all_sets && (drops & ~paid_drops_) != 0)
                    continue;
                const double most = most_earned(drops);
                if (most <= fewest_yuan)
                    continue;
                const double km = road_km(market_, a, b);
                const Index num_stops = num_picks_[a] + num_drops_[b];
                if (most <= needed_yuan(least, day, km, num_stops))
                    continue;
                if (!is_listed)
                    list_who_board(picks);
                is_listed = true;
                if (!may_earn(most, least, day, km, num_stops))
                    continue;
                fill_vehicles(drops, earned_);
                bool is_whole = false, is_noted = false;
                for (Index pool = 0; pool < market_.usable.size(); ++pool) {
                    const double yuan = batch_yuan(day, km, num_stops, pool);
                    const double leaving_yuan = fares_.leaving_yuan(pool, day);
                    double ratio = (leaving_yuan + earned_[pool]) / yuan;
                    if (ratio > least && parts_a_unit_[pool]) {
                        if (!is_whole)
                            fill_with_whole_units(drops);
                        is_whole = true;
                        ratio = (leaving_yuan + knapsack_.earned(market_.usable[pool])) / yuan;
                    }
                    if (ratio > least) {
                        note(picks, best, {ratio, a, b, pool});
                        is_noted = true;
                    }
                }
                if (is_noted) {
                    least = least_ratio(picks, best);
                    fewest_yuan = needed_yuan(least, day, least_km_[a], num_picks_[a] + 1);
                }
            }
        }
    }

private:
    static Index num_in(Index stops) { return std::popcount(static_cast<std::uint64_t>(stops)); }

    double batch_yuan(Index day, double km, Index num_stops, Index pool) const {
        return market_.vehicle_yuan(pool, day) + market_.per_km_yuan[pool] * km
               + market_.stop_cost_yuan * static_cast<double>(num_stops - 2);
    }

    /// Return what riders have to pay for a batch of any pool to earn ``ratio`` times what it costs.
    double needed_yuan(double ratio, Index day, double km, Index num_stops) const {
        double needed = std::numeric_limits<double>::infinity();
        for (Index pool = 0; pool < market_.usable.size(); ++pool)
            needed = std::min(needed,
                              ratio * batch_yuan(day, km, num_stops, pool) - fares_.leaving_yuan(pool, day));
        return needed;
    }

    /// Return whether riders who pay at most so much may earn a vehicle of any pool ``ratio`` times what it
    /// costs: it earns no more than one filled with those who pay most a seat wherever they alight.
    bool may_earn(double most, double ratio, Index day, double km, Index num_stops) const {
        for (Index pool = 0; pool < market_.usable.size(); ++pool) {
            const double needed =
                ratio * batch_yuan(day, km, num_stops, pool) - fares_.leaving_yuan(pool, day);
            if (std::min(most, ROUNDED * earned_anywhere_[pool]) > needed)
                return true;
        }
        return false;
    }

    /// Return what a batch would earn at the drop-offs that pay most, as many as it may have.
    double most_earned_at_any_drops() {
        if (most_drops_ == static_cast<Index>(paid_at_drop_.size()))
            return std::accumulate(paid_at_drop_.begin(), paid_at_drop_.end(), 0.0);
        sorted_ = paid_at_drop_;
        const auto end = sorted_.begin() + most_drops_;
        std::partial_sort(sorted_.begin(), end, sorted_.end(), std::greater<double>());
        return std::accumulate(sorted_.begin(), end, 0.0);
    }

    void list_riders(Index day) {
        riders_.clear();
        for (const Index item : fares_.riders[day])
            riders_.push_back({Index{1} << market_.pickup[item], Index{1} << market_.dropoff[item],
                               market_.seats[item], market_.seats[item] / market_.num_units[item],
                               fares_.paid[item], item});
    }

    /// Add up what the riders pay by pick-up and drop-off.
    void add_up_between_stops() {
        for (Index stop = 0; stop < paid_between_.num_rows(); ++stop)
            std::fill(paid_between_.row(stop).begin(), paid_between_.row(stop).end(), 0.0);
        std::fill(paid_at_pickup_.begin(), paid_at_pickup_.end(), 0.0);
        called_at_ = 0;
        for (const Rider &rider : riders_) {
            paid_between_(first_of(rider.pickup), first_of(rider.dropoff)) += rider.paid;
            paid_at_pickup_[first_of(rider.pickup)] += rider.paid;
            called_at_ |= rider.pickup;
        }
    }

    /// Return what all who board at the stops pay.
    double paid_by_all(Index picks) const {
        double paid = 0.0;
        for (Index left = picks; left != 0; left = rest_of(left))
            paid += paid_at_pickup_[first_of(left)];
        return paid;
    }

    /// Add up by drop-off what all who board at the stops pay.
    void add_up_at_drops(Index picks) {
        std::fill(paid_at_drop_.begin(), paid_at_drop_.end(), 0.0);
        for (Index left = picks; left != 0; left = rest_of(left)) {
            const View<double> paid = paid_between_.row(first_of(left));
            for (Index drop = 0; drop < paid.size(); ++drop)
                paid_at_drop_[drop] += paid[drop];
        }
        paid_drops_ = 0;
        for (std::size_t drop = 0; drop < paid_at_drop_.size(); ++drop)
            if (paid_at_drop_[drop] > 0.0)
                paid_drops_ |= Index{1} << drop;
    }

    static double least_ratio(Index picks, View<Best> best) {
        double least = std::numeric_limits<double>::infinity();
        for (Index left = picks; left != 0; left = rest_of(left))
            least = std::min(least, best[first_of(left)].ratio);
        return least;
    }

    /// Return what a batch would earn that took all who alight at the stops, were it large enough.
    double most_earned(Index drops) const {
        double most = 0.0;
        for (Index left = drops; left != 0; left = rest_of(left))
            most += paid_at_drop_[first_of(left)];
        return most;
    }

    /// List who boards, and work out what they earn wherever they alight.
    void list_who_board(Index picks) {
        boarding_.clear();
        for (const Rider &rider : riders_)
            if ((picks & rider.pickup) != 0)
                boarding_.push_back(rider);
        fill_vehicles(~Index{0}, earned_anywhere_);
    }

    /// Work out what a full vehicle of each pool earns; the pools stand from the smallest to the largest.
    void fill_vehicles(Index drops, std::vector<double> &earned_by_pool) {
        double earned = 0.0;
        Index taken = 0, pool = 0, usable = market_.usable[0];
        for (const Rider &rider : boarding_) {
            // who alights elsewhere takes no seat and pays nothing: to add 0 is quicker than to guess who
            // does
            const Index aboard = -static_cast<Index>((drops & rider.dropoff) != 0);
            const Index seats = rider.seats & aboard;
            const double paid = std::bit_cast<double>(std::bit_cast<Index>(rider.paid) & aboard);
            while (taken + seats > usable) {
                const Index room = usable - taken;
                const double part = paid * static_cast<double>(room);
                earned_by_pool[pool] = earned + part / static_cast<double>(seats);
                parts_a_unit_[pool] = room % rider.seats_a_unit != 0;
                if (++pool == market_.usable.size())
                    return;
                usable = market_.usable[pool];
            }
            taken += seats;
            earned += paid;
        }
        std::fill(earned_by_pool.begin() + pool, earned_by_pool.end(), earned);
        std::fill(parts_a_unit_.begin() + pool, parts_a_unit_.end(), false);
    }

    void fill_with_whole_units(Index drops) {
        knapsack_.clear();
        for (const Rider &rider : boarding_)
            if ((drops & rider.dropoff) != 0)
                offer(knapsack_, market_, fares_, rider.item);
        knapsack_.solve();
    }

    /// Remember the batch at each of its pick-ups where no other has a higher ratio.
    static void note(Index picks, View<Best> best, const Best &batch) {
        for (Index left = picks; left != 0; left = rest_of(left))
            if (batch.ratio > best[first_of(left)].ratio)
                best[first_of(left)] = batch;
    }

    /// All groups of an item, as pricing sees them; stops are bits.
    struct Rider {
        Index pickup, dropoff, seats, seats_a_unit;
        double paid;
        Index item;
    };

    const Market &market_;
    const Fares &fares_;
    std::vector<Rider> riders_; ///< of the day, those who pay most a seat first
    Table<double> paid_between_;
    std::vector<double> paid_at_pickup_;
    std::vector<double> paid_at_drop_;
    Index called_at_ = 0;          ///< the pick-ups where somebody boards on the day
    Index paid_drops_ = 0;         ///< the drop-offs of those who board at the present pick-ups
    std::vector<Index> num_picks_; ///< by set
    std::vector<double> least_km_; ///< by set of pick-ups, the shortest way through them to any drop-off
    std::vector<Index> num_drops_; ///< by set
    std::vector<double> sorted_;
    std::vector<double> earned_;          ///< by pool
    std::vector<double> earned_anywhere_; ///< by pool, of all who board at the present pick-ups
    std::vector<bool> parts_a_unit_;      ///< by pool: what it earns is more than a real load does
    Knapsack knapsack_;
    Index most_drops_ = 0;        ///< of a set
    std::vector<Rider> boarding_; ///< those of them who board at the present pick-ups
};

} // namespace

void offer(Knapsack &knapsack, const Market &market, const Fares &fares, Index item) {
    const Index num = market.num_units[item];
    knapsack.add(item, market.seats[item] / num, num, fares.paid[item] / static_cast<double>(num));
}

Fares fares_of(const Market &market, View<const double> paid, Matrix<const double> leaving_yuan) {
    std::vector<Index> order;
    for (Index item = 0; item < paid.size(); ++item)
        if (paid[item] > 0.0)
            order.push_back(item);
    std::vector<double> a_seat(paid.size());
    for (const Index item : order)
        a_seat[item] = paid[item] / static_cast<double>(market.seats[item]);
    std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return a_seat[a] > a_seat[b]; });
    std::vector<std::vector<Index>> riders(market.vehicle_yuan.num_columns());
    for (const Index item : order)
        for (Index day = market.earliest[item]; day <= market.latest[item]; ++day)
            riders[day].push_back(item);
    return {std::move(riders), paid, leaving_yuan};
}

double road_km(const Market &market, Index picks, Index drops) {
    const View<const double> to = market.to_drop_km.row(picks), from = market.from_drop_km.row(drops);
    double least = std::numeric_limits<double>::infinity();
    for (Index drop = 0; drop < to.size(); ++drop)
        least = std::min(least, to[drop] + from[drop]);
    return least;
}

Index num_stops(View<const Index> sets) {
    Index all = 0, num = 0;
    for (const Index stops : sets)
        all |= stops;
    while (all >> num != 0)
        ++num;
    return num;
}

void find_best_batches(const Market &market, const Fares &fares, Matrix<Best> best) {
    Pricing pricing(market, fares, best.num_columns(), num_stops(market.drop_bits));
    for (Index day = 0; day < best.num_rows(); ++day)
        pricing.look_for(day, best.row(day));
}

Loading::Loading(const Market &market, const Fares &fares)
    : market_(market), fares_(fares), knapsack_(most_seats(market)) {}

void Loading::load(Index day, Index picks, Index drops, Index pool, View<Index> units) {
    const Index boarding = market_.pick_bits[picks], alighting = market_.drop_bits[drops];
    knapsack_.clear();
    for (const Index item : fares_.riders[day])
        if (has(boarding, market_.pickup[item]) && has(alighting, market_.dropoff[item]))
            offer(knapsack_, market_, fares_, item);
    knapsack_.solve();
    for (const Index item : knapsack_.aboard(market_.usable[pool]))
        units[item] += 1;
}

} // namespace returnplan::bounding
