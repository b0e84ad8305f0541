/// Random numbers that are the same on every machine.
#pragma once

#include <cstdint>
#include <random>

#include "arrays.h"

namespace returnplan {

/// The Mersenne Twister (Matsumoto and Nishimura 1998), seeded and read as ``numpy.random.RandomState`` does
/// it.
class Random {
public:
    explicit Random(std::uint32_t seed) : twister_(seed) {}

    /// Return a number in [0, 1) with 53 random bits.
    double uniform() {
        const double high = static_cast<double>(twister_() >> 5);
        const double low = static_cast<double>(twister_() >> 6);
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    /// Return a number from 0 to ``size`` - 1.
    Index below(Index size) { return static_cast<Index>(uniform() * static_cast<double>(size)); }

    /// Return true with this chance.
    bool happens(double chance) { return uniform() < chance; }

private:
    std::mt19937 twister_;
};

} // namespace returnplan
