#include "stops.h"

#include <algorithm>

namespace returnplan {

namespace {

/// Return the km of a leg, 0 where one of its ends does not exist.
double leg_km(const Roads &roads, Index origin, Index destination) {
    return origin != NONE && destination != NONE ? roads(origin, destination) : 0.0;
}

} // namespace

Index Stops::find(Index place) const {
    for (Index i = 0; i < size_; ++i)
        if (places_[i] == place)
            return i;
    return NONE;
}

double Stops::along(const Roads &roads) const {
    double sum = 0.0;
    for (Index i = 0; i + 1 < size_; ++i)
        sum += roads(places_[i], places_[i + 1]);
    return sum;
}

Gap Stops::best_gap(const Roads &roads, Index place, Ends ends, double room_km) const {
    Gap best{0, IMPOSSIBLE, IMPOSSIBLE};
    const auto look_at = [&](Index gap, double loop_km, double more_km) {
        if (!(loop_km > room_km) && more_km < best.more_km)
            best = {gap, more_km, loop_km};
    };
    const Index first = this->first(), last = this->last();
    const double first_km = leg_km(roads, place, first), last_km = leg_km(roads, last, place);
    const double before_km = leg_km(roads, ends.before, place) - leg_km(roads, ends.before, first);
    const double after_km = leg_km(roads, place, ends.after) - leg_km(roads, last, ends.after);
    if (size_ == 0) {
        look_at(0, 0.0, before_km + after_km);
        return best;
    }
    look_at(0, first_km, first_km + before_km);
    for (Index gap = 1; gap < size_; ++gap) {
        const Index left = places_[gap - 1], right = places_[gap];
        const double loop_km = roads(left, place) + roads(place, right) - roads(left, right);
        look_at(gap, loop_km, loop_km);
    }
    look_at(size_, last_km, last_km + after_km);
    return best;
}

void Stops::call_at(Index place, Index gap, Index persons) {
    for (Index i = size_; i > gap; --i) {
        places_[i] = places_[i - 1];
        persons_[i] = persons_[i - 1];
    }
    places_[gap] = place;
    persons_[gap] = persons;
    ++size_;
}

void Stops::skip(Index place, Index persons) {
    const Index at = find(place);
    persons_[at] -= persons;
    if (persons_[at] > 0)
        return;
    for (Index i = at; i + 1 < size_; ++i) {
        places_[i] = places_[i + 1];
        persons_[i] = persons_[i + 1];
    }
    --size_;
}

void Stops::reverse(Index first, Index end) {
    std::reverse(places_.begin() + first, places_.begin() + end);
    std::reverse(persons_.begin() + first, persons_.begin() + end);
}

void Stops::shift(Index first, Index end, Index to) {
    const Index start = std::min(to, size_ - (end - first));
    const Index left = std::min(first, start), right = std::max(end, start + end - first);
    const Index middle = start < first ? first : end;
    std::rotate(places_.begin() + left, places_.begin() + middle, places_.begin() + right);
    std::rotate(persons_.begin() + left, persons_.begin() + middle, persons_.begin() + right);
}

} // namespace returnplan
