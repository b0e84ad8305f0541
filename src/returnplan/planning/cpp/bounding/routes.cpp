#include "routes.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <numeric>

namespace returnplan::bounding {

namespace {

/// Pick-ups near each one that a way remembers.
constexpr Index NUM_NEAR = 3, NUM_MEMORIES = 1 << NUM_NEAR, NUM_STATES = NUM_MEMORIES * 2;
/// What batches that are looked for earn at least, above their cost, as a share of the cheapest vehicle;
/// nothing once one earns more than its cost.
constexpr double LEAST_GAIN = -0.01;
/// Times a ratio, for the rounding of sums in single precision.
constexpr double SAFE_RATIO = 1.0 + 4e-6;
/// No way leads to a state.
constexpr float NO_WAY = -1e30F;

/// Looks for the best batches.
class Routing {
public:
    Routing(const Market &market, const Fares &fares)
        : market_(market), fares_(fares), num_(market.pickup_km.num_rows()),
          most_(market.usable[market.usable.size() - 1]), value_(num_ * (most_ + 1) * NUM_STATES),
          step_(num_ * num_), fares_at_(num_), whole_at_(num_), link_yuan_(num_), end_yuan_(most_ + 1),
          end_pool_(most_ + 1), before_boarding_(num_ * (most_ + 1)), after_boarding_(before_boarding_),
          arrived_(num_ * NUM_STATES), knapsack_(most_) {
        remember();
        for (Index item = 0; item < market.seats.size(); ++item)
            has_parties_ |= market.seats[item] > market.num_units[item];
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
        return value_[((pickup * (most_ + 1) + seats) * NUM_MEMORIES + memory) * 2 + parted];
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
        for (Index i = 0; i < num_; ++i)
            for (Index k = 0; k < num_; ++k)
                step_[i * num_ + k] =
                    static_cast<float>(per_km * market_.pickup_km(i, k) + market_.stop_cost_yuan);
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
        const double least_yuan = cheapest_ + least_link;
        double floor = NO_WAY;
        if (!any)
            floor = found.ratio > 1.0 ? 0.0 : LEAST_GAIN * least_yuan;
        if (bound_what_follows() <= floor)
            return note(floor, least_yuan, found);
        drive(static_cast<float>(floor));
        for (const Index i : open_) {
            End best{floor, -1, 0, 0};
            for (Index seats = 1; seats <= most_; ++seats) {
                const float *states = &value(i, 0, 0, seats);
                const double gain = static_cast<double>(most_of(states)) - link_yuan_[i] - end_yuan_[seats];
                if (gain > best.gain)
                    best = {gain, i, std::max_element(states, states + NUM_STATES) - states, seats};
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
            if (has_parties_)
                continue;
            const Index room = most_ + 1 - static_cast<Index>(paid.size());
            const double before = paid.back();
            for (Index seat = 1; seat <= std::min(room, market_.seats[item]); ++seat)
                paid.push_back(static_cast<float>(before + fare * static_cast<double>(seat)));
            if (room > 0)
                whole_at_[market_.pickup[item]].push_back(static_cast<Index>(paid.size()) - 1);
        }
        if (has_parties_)
            list_whole_parties(day, drops);
        open_.clear();
        for (Index i = 0; i < num_; ++i)
            if (fares_at_[i].size() > 1)
                open_.push_back(i);
    }

    /// Work out what parties of each pick-up pay that have so many seats, or fewer.
    void list_whole_parties(Index day, Index drops) {
        std::vector<std::vector<Index>> boarding(num_);
        for (const Index item : fares_.riders[day])
            if (market_.drop_bits[drops] >> market_.dropoff[item] & 1)
                boarding[market_.pickup[item]].push_back(item);
        for (Index i = 0; i < num_; ++i) {
            knapsack_.clear();
            for (const Index item : boarding[i])
                offer(knapsack_, market_, fares_, item);
            knapsack_.solve();
            for (Index seats = 1; seats <= most_; ++seats)
                if (knapsack_.earned(seats) > knapsack_.earned(seats - 1)) {
                    fares_at_[i].resize(seats, fares_at_[i].back());
                    fares_at_[i].push_back(static_cast<float>(knapsack_.earned(seats)));
                    whole_at_[i].push_back(seats);
                }
        }
    }

    float &before_boarding(Index pickup, Index seats) {
        return before_boarding_[pickup * (most_ + 1) + seats];
    }

    float &after_boarding(Index pickup, Index seats) { return after_boarding_[pickup * (most_ + 1) + seats]; }

    /// Work out what is earned at most from a pick-up on to the end, with so many seats taken before; return
    /// the most of all ways. The ways may return to any pick-up here.
    float bound_what_follows() {
        float most = NO_WAY;
        for (Index seats = most_; seats >= 0; --seats) {
            for (const Index i : open_) {
                const std::vector<float> &paid = fares_at_[i];
                const Index room = std::min(most_ - seats, static_cast<Index>(paid.size()) - 1);
                const float *after = &after_boarding(i, seats);
                float earned = NO_WAY;
                for (Index some = 1; some <= room; ++some)
                    earned = std::max(earned, paid[some] + after[some]);
                before_boarding(i, seats) = earned;
            }
            for (const Index i : open_) {
                float earned =
                    static_cast<float>(std::max(-link_yuan_[i] - end_yuan_[seats], double{NO_WAY}));
                for (const Index next : open_)
                    if (next != i)
                        earned = std::max(earned, before_boarding(next, seats) - step_[i * num_ + next]);
                after_boarding(i, seats) = earned;
            }
        }
        for (const Index i : open_)
            most = std::max(most, before_boarding(i, 0));
        return most;
    }

    float &arrived(Index pickup, Index memory, Index parted) {
        return arrived_[(pickup * NUM_MEMORIES + memory) * 2 + parted];
    }

    /// Return the most of all states of a pick-up with the same seats taken.
    static float most_of(const float *states) {
        float most[4] = {NO_WAY, NO_WAY, NO_WAY, NO_WAY};
        for (Index i = 0; i < NUM_STATES; ++i)
            most[i % 4] = std::max(most[i % 4], states[i]);
        return std::max(std::max(most[0], most[1]), std::max(most[2], most[3]));
    }

    /// Find what is earned at most on the way to each state, as far as it may come to ``least`` in the end.
    void drive(float least) {
        for (const Index i : open_) {
            std::fill(&value(i, 0, 0, 0), &value(i, 0, 0, 0) + NUM_STATES * (most_ + 1), NO_WAY);
            board(i, 0, 0, 0, 0.0F);
        }
        for (Index seats = 1; seats < most_; ++seats) {
            std::fill(arrived_.begin(), arrived_.end(), NO_WAY);
            for (const Index i : open_) {
                const float hopeless = std::max(least - after_boarding(i, seats), -1e29F);
                if (most_of(&value(i, 0, 0, seats)) <= hopeless)
                    continue;
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
                        go_on(i, memory, 0, whole[memory]);
                    if (goes_parted)
                        go_on(i, memory, 1, parted[memory]);
                }
            }
            for (const Index next : open_) {
                const float hopeless = std::max(least - before_boarding(next, seats), -1e29F);
                if (most_of(&arrived(next, 0, 0)) <= hopeless)
                    continue;
                for (Index memory = 0; memory < NUM_MEMORIES; ++memory)
                    for (Index parted = 0; parted < 2; ++parted)
                        if (const float earned = arrived(next, memory, parted); earned > hopeless)
                            board(next, memory, parted, seats, earned);
            }
        }
    }

    /// Go from a pick-up to all others.
    void go_on(Index from, Index memory, Index parted, float earned) {
        const std::int8_t *left_of = &left_of_[(from * NUM_MEMORIES + memory) * num_];
        const float *step = &step_[from * num_];
        for (const Index next : open_)
            if (left_of[next] >= 0) {
                float &most = arrived(next, left_of[next], parted);
                most = std::max(most, earned - step[next]);
            }
    }

    /// Let people board where so many seats are taken; where no pick-up was emptied in part this one may be,
    /// if nobody rides in a party.
    void board(Index pickup, Index memory, Index parted, Index seats, float earned) {
        const Index room = std::min(most_ - seats, static_cast<Index>(fares_at_[pickup].size()) - 1);
        const float *paid = fares_at_[pickup].data();
        float *taken = &value(pickup, memory, parted, seats);
        for (const Index whole : whole_at_[pickup]) {
            if (whole > room)
                break;
            float &most = taken[whole * NUM_STATES];
            most = std::max(most, earned + paid[whole]);
        }
        if (parted != 0 || has_parties_)
            return;
        ++taken;
        for (Index some = 1; some <= room; ++some) {
            float &most = taken[some * NUM_STATES];
            most = std::max(most, earned + paid[some]);
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
    std::vector<std::vector<float>> fares_at_; ///< by pick-up, what its first seats pay together
    std::vector<std::vector<Index>>
        whole_at_; ///< by pick-up, after how many seats the fare changes, or parties are whole
    std::vector<double> link_yuan_; ///< from each pick-up through the drop-offs
    std::vector<double> end_yuan_;  ///< by seats taken, the cheapest vehicle that has them
    std::vector<Index> end_pool_;
    std::vector<float> before_boarding_; ///< by pick-up and seats taken, what may be earned from there on
    std::vector<float> after_boarding_;
    std::vector<float>
        arrived_;             ///< by pick-up, memory and whether one is parted, with the seats just looked at
    std::vector<Index> open_; ///< pick-ups where anybody boards
    Knapsack knapsack_;
    bool has_parties_ = false; ///< that ride whole
    double cheapest_ = 0.0, most_paid_ = 0.0, most_leaving_ = 0.0;
};

} // namespace

Routes best_routes(const Market &market, const Fares &fares, bool any) {
    return Routing(market, fares).look(any);
}

} // namespace returnplan::bounding
