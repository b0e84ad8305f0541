#include "round.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

#include "routes.h"

namespace returnplan::bounding {

namespace {

/// Ratios below are of no interest once some batches are known.
constexpr double FLOOR = 0.97;

/// Day, pick-ups, drop-offs and pool.
using Key = std::array<Index, 4>;

/// Return what each item pays, all its groups together.
std::vector<double> paid_by_item(const Market &market, View<const double> prices) {
    std::vector<double> paid(market.price_of.size());
    for (Index item = 0; item < market.price_of.size(); ++item)
        paid[item] = prices[market.price_of[item]] * static_cast<double>(market.num_groups[item]);
    return paid;
}

/// Return what a batch of each pool and day earns by the rules that count it.
Table<double> earned_by_leaving(const Master &master, View<const double> prices, Index num_pools,
                                Index num_days) {
    Table<double> earned(num_pools, num_days);
    for (Index pool = 0; pool < num_pools; ++pool)
        for (Index day = 0; day < num_days; ++day)
            for (const auto &[rule, counts] : master.rules_on(day, pool))
                earned(pool, day) += prices[rule] * counts;
    return earned;
}

Index num_in(Index stops) { return std::popcount(static_cast<std::uint64_t>(stops)); }

/// Return what a batch costs, rents aside.
double batch_yuan(const Market &market, const Key &batch) {
    const auto &[day, picks, drops, pool] = batch;
    const Index num_stops = num_in(market.pick_bits[picks]) + num_in(market.drop_bits[drops]);
    return market.vehicle_yuan(pool, day)
           + (market.per_km_yuan[pool] * road_km(market, picks, drops)
              + market.stop_cost_yuan * static_cast<double>(num_stops - 2));
}

/// Return how many groups of each price are on board, given the part of each item, and the rules that count
/// the batch.
std::vector<Aboard> aboard(const Master &master, const Market &market, Index day, Index pool,
                           const std::vector<double> &parts) {
    std::vector<double> num(master.num_prices(), 0.0);
    for (Index item = 0; item < market.price_of.size(); ++item)
        if (parts[item] > 0.0)
            num[market.price_of[item]] += parts[item] * static_cast<double>(market.num_groups[item]);
    for (const auto &[rule, counts] : master.rules_on(day, pool))
        num[rule] = counts;
    std::vector<Aboard> riders;
    for (Index price = 0; price < master.num_prices(); ++price)
        if (num[price] != 0.0)
            riders.push_back({price, num[price]});
    return riders;
}

/// Return the part of each item that is on board of a route; parties that ride whole are.
std::vector<double> parts_aboard(const Market &market, const Fares &fares, const Route &route) {
    std::vector<double> parts(market.price_of.size(), 0.0);
    for (const auto &[pickup, seats] : route.calls) {
        Knapsack knapsack(seats);
        for (const Index item : fares.riders[route.day])
            if (market.pickup[item] == pickup && (market.drop_bits[route.drops] >> market.dropoff[item] & 1))
                offer(knapsack, market, fares, item);
        knapsack.solve();
        for (const Index item : knapsack.aboard(seats))
            parts[item] += 1.0 / static_cast<double>(market.num_units[item]);
    }
    return parts;
}

/// Make the best routes known, and return the greatest ratio.
double make_routes_known(Master &master, const Market &market, const Market &rented, const Fares &fares) {
    const Routes routes = best_routes(rented, fares, master.batches().empty());
    for (const Route &route : routes.best)
        master.add({route.day, route.calls.front().pickup, route.drops, route.pool,
                    market.vehicle_yuan(route.pool, route.day) + route.road_yuan, 0.0,
                    aboard(master, market, route.day, route.pool, parts_aboard(market, fares, route))});
    return routes.ratio;
}

} // namespace

double make_known(Master &master, const Market &market, Matrix<const double> rent_yuan,
                  View<const double> prices) {
    const Index num_pools = rent_yuan.num_rows(), num_days = market.vehicle_yuan.num_columns(),
                num_pickups = num_stops(market.pick_bits);
    const std::vector<double> paid = paid_by_item(market, prices);
    const Table<double> leaving = earned_by_leaving(master, prices, num_pools, num_days);
    const Fares fares =
        fares_of(market, {paid.data(), market.price_of.size()}, {leaving.data(), num_pools, num_days});
    Market rented = market;
    Table<double> vehicle_yuan(num_pools, num_days);
    for (Index pool = 0; pool < num_pools; ++pool)
        for (Index day = 0; day < num_days; ++day)
            vehicle_yuan(pool, day) = market.vehicle_yuan(pool, day) + rent_yuan(pool, day);
    rented.vehicle_yuan = {vehicle_yuan.data(), num_pools, num_days};

    if (market.pickup_km.num_rows() > 0)
        return make_routes_known(master, market, rented, fares);
    const bool is_any_known = !master.batches().empty();
    std::vector<Best> best(num_days * num_pickups, {is_any_known ? FLOOR : 0.0, 0, 0, 0});
    find_best_batches(rented, fares, {best.data(), num_days, num_pickups});
    double most = 0.0;
    std::vector<Key> found;
    for (Index i = 0; i < num_days * num_pickups; ++i) {
        most = std::max(most, best[i].ratio);
        if (best[i].ratio > (is_any_known ? 1.0 : 0.0))
            found.push_back({i / num_pickups, best[i].picks, best[i].drops, best[i].pool});
    }
    if (!(most > 0.0 && std::isfinite(most)))
        return most;
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    Loading loading(market, fares);
    for (const Key &batch : found) {
        const auto &[day, picks, drops, pool] = batch;
        std::vector<Index> units(market.price_of.size(), 0);
        const View<Index> on_board(units.data(), market.price_of.size());
        loading.load(day, picks, drops, pool, on_board);
        std::vector<double> parts(units.size());
        for (std::size_t item = 0; item < units.size(); ++item)
            parts[item] = static_cast<double>(units[item]) / static_cast<double>(market.num_units[item]);
        master.add({day, picks, drops, pool, batch_yuan(market, batch), 0.0,
                    aboard(master, market, day, pool, parts)});
    }
    return most;
}

} // namespace returnplan::bounding
