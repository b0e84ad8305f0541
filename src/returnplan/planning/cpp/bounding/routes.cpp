#include "routes.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <numeric>

namespace returnplan::bounding {

namespace {

/// Pick-ups near each one that a way remembers.
constexpr Index NUM_NEAR = 3, NUM_MEMORIES = 1 << NUM_NEAR;
/// What batches that are looked for earn at least, above their cost, as a share of the cheapest vehicle.
constexpr double LEAST_GAIN = -0.01;
/// Times a ratio, for the rounding of sums in single precision.
constexpr double SAFE_RATIO = 1.0 + 4e-6;
/// No way leads to a state.
constexpr float NO_WAY = -1e30F;
/// Prices of a seat for which it is worked out what the seats left may earn.
constexpr Index NUM_SEAT_PRICES = 16;

/// Looks for the best batches.
class Routing {
public:
    Routing(const Market &market, const Fares &fares)
        : market_(market), fares_(fares), num_(market.pickup_km.num_rows()),
          most_(market.usable[market.usable.size() - 1]), value_(num_ * NUM_MEMORIES * 2 * (most_ + 1)),
          step_(num_ * num_), nearest_yuan_(num_), fares_at_(num_), whole_at_(num_), link_yuan_(num_),
          end_yuan_(most_ + 1), end_pool_(most_ + 1), rest_(most_ + 1) {
        remember();
    }

    Routes look(bool any) {
        Routes found{0.0, {}};
        for (Index day = 0; day < market_.vehicle_yuan.num_columns(); ++day) {
            Index called_at = 0;
            for (const Index item : fares_.riders[day])
                called_at |= Index{1} << market_.dropoff[item];
            std::vector<double> done;
            for (const double per_km : market_.per_km_yuan) {
                if (std::find(done.begin(), done.end(), per_km) != done.end())
                    continue;
                done.push_back(per_km);
                if (!set_yuan(day, per_km))
                    continue;
                for (Index drops = 0; drops < market_.drop_bits.size(); ++drops)
                    if ((market_.drop_bits[drops] & ~called_at) == 0)
                        look_for(day, drops, per_km, any, found);
            }
        }
        return found;
    }

private:
    float &value(Index pickup, Index memory, Index parted, Index seats) {
        return value_[((pickup * NUM_MEMORIES + memory) * 2 + parted) * (most_ + 1) + seats];
    }

    /// List for each pick-up which ones it remembers, and what of a memory is left at the next one.
    void remember() {
        std::vector<Index> near(num_ * NUM_NEAR, -1), order(num_);
        for (Index i = 0; i < num_; ++i) {
            std::iota(order.begin(), order.end(), 0);
            std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) {
                return market_.pickup_km(i, a) < market_.pickup_km(i, b);
            });
            std::erase(order, i);
            for (Index nth = 0; nth < NUM_NEAR && nth < num_ - 1; ++nth)
                near[i * NUM_NEAR + nth] = order[nth];
            order.resize(num_);
        }
        const auto place = [&](Index at, Index pickup) {
            const auto *begin = near.data() + at * NUM_NEAR, *end = begin + NUM_NEAR;
            const auto *found = std::find(begin, end, pickup);
            return found == end ? Index{-1} : static_cast<Index>(found - begin);
        };
        left_of_.assign(num_ * NUM_MEMORIES * num_, 0);
        for (Index i = 0; i < num_; ++i)
            for (Index memory = 0; memory < NUM_MEMORIES; ++memory)
                for (Index next = 0; next < num_; ++next) {
                    Index left = 0;
                    if (const Index at = place(next, i); at >= 0)
                        left |= Index{1} << at;
                    for (Index nth = 0; nth < NUM_NEAR; ++nth)
                        if (memory >> nth & 1)
                            if (const Index at = place(next, near[i * NUM_NEAR + nth]); at >= 0)
                                left |= Index{1} << at;
                    const Index here = place(i, next);
                    const bool was_there = next == i || (here >= 0 && (memory >> here & 1));
                    left_of_[(i * NUM_MEMORIES + memory) * num_ + next] =
                        static_cast<std::int8_t>(was_there ? -1 : left);
                }
    }

    /// Work out what ways and vehicles cost on a day; return whether there is any vehicle with this price of
    /// a km.
    bool set_yuan(Index day, double per_km) {
        for (Index i = 0; i < num_; ++i) {
            double nearest = std::numeric_limits<double>::infinity();
            for (Index k = 0; k < num_; ++k) {
                const double yuan = per_km * market_.pickup_km(i, k) + market_.stop_cost_yuan;
                step_[i * num_ + k] = static_cast<float>(yuan);
                if (k != i)
                    nearest = std::min(nearest, yuan);
            }
            nearest_yuan_[i] = num_ > 1 ? nearest : 0.0;
        }
        cheapest_ = std::numeric_limits<double>::infinity();
        most_leaving_ = 0.0;
        for (Index seats = 0; seats <= most_; ++seats) {
            end_yuan_[seats] = std::numeric_limits<double>::infinity();
            for (Index pool = 0; pool < market_.usable.size(); ++pool) {
                const double yuan = market_.vehicle_yuan(pool, day) - fares_.leaving_yuan(pool, day);
                if (market_.per_km_yuan[pool] != per_km || market_.usable[pool] < seats)
                    continue;
                cheapest_ = std::min(cheapest_, market_.vehicle_yuan(pool, day));
                most_leaving_ = std::max(most_leaving_, fares_.leaving_yuan(pool, day));
                if (yuan < end_yuan_[seats]) {
                    end_yuan_[seats] = yuan;
                    end_pool_[seats] = pool;
                }
            }
        }
        return cheapest_ < std::numeric_limits<double>::infinity();
    }

    void look_for(Index day, Index drops, double per_km, bool any, Routes &found) {
        list_fares(day, drops);
        if (open_.empty())
            return;
        const Index stops = num_in(market_.drop_bits[drops]) - 1;
        double least_link = std::numeric_limits<double>::infinity();
        for (const Index i : open_) {
            link_yuan_[i] =
                per_km * road_km(market_, i, drops) + market_.stop_cost_yuan * static_cast<double>(stops);
            least_link = std::min(least_link, link_yuan_[i]);
        }
        const double least_yuan = cheapest_ + least_link, floor = any ? NO_WAY : LEAST_GAIN * least_yuan;
        bound_the_rest();
        const double end = least_link + *std::min_element(end_yuan_.begin(), end_yuan_.end());
        if (rest_[most_] - end <= floor)
            return note(floor, least_yuan, found);
        drive(floor + end);
        for (const Index i : open_) {
            End best{floor, -1, 0, 0};
            for (Index memory = 0; memory < NUM_MEMORIES; ++memory)
                for (Index parted = 0; parted < 2; ++parted)
                    for (Index seats = 1; seats <= most_; ++seats) {
                        const double gain = static_cast<double>(value(i, memory, parted, seats))
                                            - link_yuan_[i] - end_yuan_[seats];
                        if (gain > best.gain)
                            best = {gain, i, memory * 2 + parted, seats};
                    }
            note(best.gain, least_yuan, found);
            if (best.pickup >= 0 && (any || best.gain > 0.0))
                found.best.push_back(route(day, drops, best));
        }
    }

    struct End {
        double gain;
        Index pickup, memory_and_parted, seats;
    };

    static Index num_in(Index stops) { return std::popcount(static_cast<std::uint64_t>(stops)); }

    /// A gain is the smaller a share of a vehicle, the dearer that is: at most what it earns, and the loss.
    void note(double gain, double least_yuan, Routes &found) const {
        const double yuan = gain > 0.0 ? least_yuan : std::max(least_yuan, most_paid_ + most_leaving_ - gain);
        found.ratio = std::max(found.ratio, SAFE_RATIO * (1.0 + gain / yuan));
    }

    /// Work out what the first seats of each pick-up pay, and after how many of them the fare changes.
    void list_fares(Index day, Index drops) {
        for (Index i = 0; i < num_; ++i) {
            fares_at_[i].assign(1, 0.0F);
            whole_at_[i].clear();
        }
        most_paid_ = 0.0;
        Index left = most_; // the riders come with those first who pay most a seat
        for (const Index item : fares_.riders[day]) {
            if (!(market_.drop_bits[drops] >> market_.dropoff[item] & 1))
                continue;
            std::vector<float> &paid = fares_at_[market_.pickup[item]];
            const double fare = fares_.paid[item] / static_cast<double>(market_.seats[item]);
            most_paid_ += fare * static_cast<double>(std::min(left, market_.seats[item]));
            left -= std::min(left, market_.seats[item]);
            const Index room = most_ + 1 - static_cast<Index>(paid.size());
            const double before = paid.back();
            for (Index seat = 1; seat <= std::min(room, market_.seats[item]); ++seat)
                paid.push_back(static_cast<float>(before + fare * static_cast<double>(seat)));
            if (room > 0)
                whole_at_[market_.pickup[item]].push_back(static_cast<Index>(paid.size()) - 1);
        }
        open_.clear();
        for (Index i = 0; i < num_; ++i)
            if (fares_at_[i].size() > 1)
                open_.push_back(i);
    }

    /// Work out what so many seats may earn at most: a vehicle leaves each pick-up on a way as long as the
    /// shortest.
    void bound_the_rest() {
        float dearest = 0.0F;
        double farthest = 0.0;
        for (const Index i : open_) {
            dearest = std::max(dearest, fares_at_[i][1]);
            farthest = std::max(farthest, nearest_yuan_[i]);
        }
        std::fill(rest_.begin(), rest_.end(), std::numeric_limits<double>::infinity());
        for (Index nth = 0; nth <= NUM_SEAT_PRICES; ++nth) {
            const double seat = dearest * static_cast<double>(nth) / static_cast<double>(NUM_SEAT_PRICES);
            double earned = farthest; // the last pick-up has its way to the drop-offs
            for (const Index i : open_) {
                double most = 0.0;
                for (const Index seats : whole_at_[i])
                    most = std::max(most, fares_at_[i][seats] - seat * static_cast<double>(seats));
                earned += std::max(0.0, most - nearest_yuan_[i]);
            }
            for (Index seats = 0; seats <= most_; ++seats)
                rest_[seats] = std::min(rest_[seats], earned + seat * static_cast<double>(seats));
        }
    }

    /// Find what is earned at most on the way to each state, as far as it may come to ``least`` in the end.
    void drive(double least) {
        for (const Index i : open_) {
            std::fill(&value(i, 0, 0, 0), &value(i, 0, 0, 0) + NUM_MEMORIES * 2 * (most_ + 1), NO_WAY);
            for (const Index seats : whole_at_[i])
                value(i, 0, 0, seats) = fares_at_[i][seats];
            for (std::size_t seats = 1; seats < fares_at_[i].size(); ++seats)
                value(i, 0, 1, static_cast<Index>(seats)) = fares_at_[i][seats];
        }
        for (Index seats = 1; seats < most_; ++seats) {
            const float hopeless = static_cast<float>(std::max(least - rest_[most_ - seats], -1e29));
            for (const Index i : open_) {
                float whole[NUM_MEMORIES], parted[NUM_MEMORIES];
                for (Index memory = 0; memory < NUM_MEMORIES; ++memory) {
                    whole[memory] = value(i, memory, 0, seats);
                    parted[memory] = std::max(value(i, memory, 1, seats), whole[memory]);
                    bool goes_whole = whole[memory] > hopeless;
                    bool goes_parted = parted[memory] > hopeless && parted[memory] > whole[memory];
                    for (Index less = (memory - 1) & memory; memory != 0; less = (less - 1) & memory) {
                        goes_whole &= whole[less] < whole[memory];
                        goes_parted &= parted[less] < parted[memory];
                        if (less == 0)
                            break;
                    }
                    if (goes_whole)
                        go_on(i, memory, seats, whole[memory], false);
                    if (goes_parted)
                        go_on(i, memory, seats, parted[memory], true);
                }
            }
        }
    }

    void go_on(Index from, Index memory, Index seats, float earned, bool is_parted) {
        const std::int8_t *left_of = &left_of_[(from * NUM_MEMORIES + memory) * num_];
        const float *step = &step_[from * num_];
        for (const Index next : open_) {
            if (left_of[next] < 0)
                continue;
            const Index room = std::min(most_ - seats, static_cast<Index>(fares_at_[next].size()) - 1);
            const float before = earned - step[next];
            const float *paid = fares_at_[next].data();
            float *parted = &value(next, left_of[next], 1, seats);
            if (is_parted) {
                for (const Index whole : whole_at_[next]) {
                    if (whole > room)
                        break;
                    parted[whole] = std::max(parted[whole], before + paid[whole]);
                }
                continue;
            }
            float *all = &value(next, left_of[next], 0, seats);
            for (const Index whole : whole_at_[next]) {
                if (whole > room)
                    break;
                all[whole] = std::max(all[whole], before + paid[whole]);
            }
            for (Index some = 1; some <= room; ++some)
                parted[some] = std::max(parted[some], before + paid[some]);
        }
    }

    /// Go back from the end of a way to its beginning.
    Route route(Index day, Index drops, const End &end) {
        Route route{day, drops, end_pool_[end.seats], link_yuan_[end.pickup], {}};
        Index pickup = end.pickup, memory = end.memory_and_parted / 2, parted = end.memory_and_parted % 2;
        for (Index seats = end.seats; seats > 0;) {
            const auto [before, its_memory, its_parted, taken] = before_(pickup, memory, parted, seats);
            route.calls.push_back({pickup, taken});
            if (before < 0)
                break;
            route.road_yuan += step_[before * num_ + pickup];
            pickup = before, memory = its_memory, parted = its_parted, seats -= taken;
        }
        return route;
    }

    struct Before {
        Index pickup, memory, parted, taken;
    };

    /// Return the state before another one, and how many seats are taken there; no pick-up at the beginning.
    Before before_(Index pickup, Index memory, Index parted, Index seats) {
        const float earned = value(pickup, memory, parted, seats);
        const std::vector<float> &paid = fares_at_[pickup];
        if (memory == 0 && seats < static_cast<Index>(paid.size()) && earned == paid[seats])
            return {-1, 0, 0, seats};
        for (Index taken = 1; taken <= std::min(seats - 1, static_cast<Index>(paid.size()) - 1); ++taken) {
            const bool is_whole =
                std::binary_search(whole_at_[pickup].begin(), whole_at_[pickup].end(), taken);
            for (const Index from : open_)
                for (Index its_memory = 0; its_memory < NUM_MEMORIES; ++its_memory)
                    for (Index its_parted = 0; its_parted <= parted; ++its_parted) {
                        if (left_of_[(from * NUM_MEMORIES + its_memory) * num_ + pickup] != memory)
                            continue;
                        if (its_parted == parted && !is_whole)
                            continue;
                        const float before = value(from, its_memory, its_parted, seats - taken);
                        if (before > NO_WAY && before - step_[from * num_ + pickup] + paid[taken] == earned)
                            return {from, its_memory, its_parted, taken};
                    }
        }
        return {-1, 0, 0, seats}; // no way leads here
    }

    const Market &market_;
    const Fares &fares_;
    const Index num_, most_;
    std::vector<float>
        value_; ///< by pick-up, memory, whether a pick-up is behind that was emptied in part, and seats
    std::vector<std::int8_t>
        left_of_;             ///< of a memory at a pick-up, at the next one; -1 where that is remembered
    std::vector<float> step_; ///< yuan from one pick-up to another
    std::vector<double> nearest_yuan_;
    std::vector<std::vector<float>> fares_at_; ///< by pick-up, what its first seats pay together
    std::vector<std::vector<Index>> whole_at_; ///< by pick-up, after how many seats the fare changes
    std::vector<double> link_yuan_;            ///< from each pick-up through the drop-offs
    std::vector<double> end_yuan_;             ///< by seats taken, the cheapest vehicle that has them
    std::vector<Index> end_pool_;
    std::vector<double> rest_; ///< by seats left
    std::vector<Index> open_;  ///< pick-ups where anybody boards
    double cheapest_ = 0.0, most_paid_ = 0.0, most_leaving_ = 0.0;
};

} // namespace

Routes best_routes(const Market &market, const Fares &fares, bool any) {
    return Routing(market, fares).look(any);
}

} // namespace returnplan::bounding
