/// Random numbers that are the same on every machine.
#pragma once

#include <array>
#include <cstddef>
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
        if (num_used_ == drawn_.size())
            draw();
        return drawn_[num_used_++];
    }

    /// Return a number from 0 to ``size`` - 1.
    Index below(Index size) { return static_cast<Index>(uniform() * static_cast<double>(size)); }

    /// Return true with this chance.
    bool happens(double chance) { return uniform() < chance; }

private:
    /// std::mt19937, whose words have 64 bits with some libraries, on words of 32: vectors hold twice as
    /// many.
    using Twister =
        std::mersenne_twister_engine<std::uint32_t, 32, 624, 397, 31, 0x9908b0dfU, 11, 0xffffffffU, 7,
                                     0x9d2c5680U, 15, 0xefc60000U, 18, 1812433253U>;

    /// Draw as many numbers as the twister makes at once.
    void draw() {
        for (double &number : drawn_) {
            const double high = static_cast<double>(twister_() >> 5);
            const double low = static_cast<double>(twister_() >> 6);
            number = (high * 67108864.0 + low) / 9007199254740992.0;
        }
        num_used_ = 0;
    }

    Twister twister_;
    std::array<double, Twister::state_size / 2> drawn_;
    std::size_t num_used_ = Twister::state_size / 2;
};

} // namespace returnplan
