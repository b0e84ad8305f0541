#include "knapsack.h"

#include <algorithm>

namespace returnplan::bounding {

namespace {

constexpr Index NOBODY = -1;

} // namespace

Knapsack::Knapsack(Index most_seats)
    : most_seats_(most_seats), place_of_size_(most_seats + 1, NOBODY),
      earned_(1, std::vector<double>(most_seats + 1, 0.0)) {}

void Knapsack::clear() {
    for (std::size_t i = 0; i < num_sizes_; ++i)
        place_of_size_[sizes_[i].seats] = NOBODY;
    num_sizes_ = 0;
}

void Knapsack::add(Index item, Index seats, Index num_units, double paid_by_one) {
    if (seats > most_seats_)
        return;
    Index &place = place_of_size_[seats];
    if (place == NOBODY) {
        place = static_cast<Index>(num_sizes_++);
        if (sizes_.size() < num_sizes_)
            sizes_.emplace_back();
        sizes_[place].seats = seats;
        sizes_[place].paid.assign(1, 0.0);
        sizes_[place].items.clear();
    }
    Size &size = sizes_[place];
    const Index room = most_seats_ / seats - static_cast<Index>(size.items.size());
    for (Index left = std::min(num_units, room); left > 0; --left) {
        size.paid.push_back(size.paid.back() + paid_by_one);
        size.items.push_back(item);
    }
}

void Knapsack::solve() {
    earned_.resize(num_sizes_ + 1, std::vector<double>(most_seats_ + 1));
    for (std::size_t i = 0; i < num_sizes_; ++i) {
        Size &size = sizes_[i];
        size.chosen.assign(most_seats_ + 1, 0);
        const std::vector<double> &before = earned_[i];
        std::vector<double> &now = earned_[i + 1];
        const Index num = static_cast<Index>(size.items.size());
        for (Index room = 0; room <= most_seats_; ++room) {
            now[room] = before[room];
            for (Index n = 1; n <= num && n * size.seats <= room; ++n) {
                const double earned = before[room - n * size.seats] + size.paid[n];
                if (earned > now[room]) {
                    now[room] = earned;
                    size.chosen[room] = n;
                }
            }
        }
    }
}

std::vector<Index> Knapsack::aboard(Index seats) const {
    std::vector<Index> items;
    for (std::size_t i = num_sizes_; i-- > 0;) {
        const Size &size = sizes_[i];
        const Index num = size.chosen[seats];
        items.insert(items.end(), size.items.begin(), size.items.begin() + num);
        seats -= num * size.seats;
    }
    return items;
}

} // namespace returnplan::bounding
