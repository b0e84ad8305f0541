/// A few places, ascending.
#pragma once

#include <array>

#include "../arrays.h"

namespace returnplan::stop_sets {

constexpr Index MOST_STOPS = 6;
constexpr Index MOST_PLACES = 1023; ///< that a market may have: as many as a key tells apart

class StopSet {
public:
    Index size() const { return size_; }
    Index operator[](Index i) const { return places_[i]; }
    const Index *begin() const { return places_.data(); }
    const Index *end() const { return places_.data() + size_; }

    bool has(Index place) const {
        for (const Index own : *this)
            if (own == place)
                return true;
        return false;
    }

    void add(Index place) {
        Index i = size_++;
        for (; i > 0 && places_[i - 1] > place; --i)
            places_[i] = places_[i - 1];
        places_[i] = place;
    }

    void drop(Index i) {
        --size_;
        for (; i < size_; ++i)
            places_[i] = places_[i + 1];
    }

    /// Return a number that no other set has.
    std::uint64_t key() const {
        std::uint64_t key = 0;
        for (const Index place : *this)
            key = key << 10 | static_cast<std::uint64_t>(place + 1);
        return key;
    }

private:
    std::array<Index, MOST_STOPS> places_{};
    Index size_ = 0;
};

} // namespace returnplan::stop_sets
