/// Arrays with one, two and three dimensions: views of memory that another object owns, and a table that owns
/// its own.
#pragma once

#include <cassert>
#include <concepts>
#include <cstdint>
#include <vector>

namespace returnplan {

/// Indices, counts and numbers of people; as wide as numpy's, so that arrays are shared without a copy.
using Index = std::int64_t;

/// A line of values that another object owns.
template <class T> class View {
public:
    View() = default;
    View(T *data, Index size) : data_(data), size_(size) {}
    template <class Other>
        requires std::same_as<const Other, T>
    View(const View<Other> &other) : data_(other.begin()), size_(other.size()) {}

    Index size() const { return size_; }
    T *begin() const { return data_; }
    T *end() const { return data_ + size_; }

    T &operator[](Index i) const {
        assert(0 <= i && i < size_);
        return data_[i];
    }

private:
    T *data_ = nullptr;
    Index size_ = 0;
};

/// Rows of equal length, one after the other, that another object owns.
template <class T> class Matrix {
public:
    Matrix() = default;
    Matrix(T *data, Index num_rows, Index num_columns)
        : data_(data), num_rows_(num_rows), num_columns_(num_columns) {}

    Index num_rows() const { return num_rows_; }
    Index num_columns() const { return num_columns_; }

    View<T> row(Index i) const {
        assert(0 <= i && i < num_rows_);
        return {data_ + i * num_columns_, num_columns_};
    }

    T &operator()(Index i, Index j) const {
        assert(0 <= i && i < num_rows_ && 0 <= j && j < num_columns_);
        return data_[i * num_columns_ + j];
    }

private:
    T *data_ = nullptr;
    Index num_rows_ = 0;
    Index num_columns_ = 0;
};

/// Matrices of equal shape, one after the other, that another object owns.
template <class T> class Cube {
public:
    Cube() = default;
    Cube(T *data, Index size, Index num_rows, Index num_columns)
        : data_(data), size_(size), num_rows_(num_rows), num_columns_(num_columns) {}

    Index size() const { return size_; }

    Matrix<T> operator[](Index i) const {
        assert(0 <= i && i < size_);
        return {data_ + i * num_rows_ * num_columns_, num_rows_, num_columns_};
    }

private:
    T *data_ = nullptr;
    Index size_ = 0;
    Index num_rows_ = 0;
    Index num_columns_ = 0;
};

/// A matrix that owns its values.
template <class T> class Table {
public:
    Table(Index num_rows, Index num_columns, T value = T{})
        : num_rows_(num_rows), num_columns_(num_columns), values_(num_rows * num_columns, value) {}

    Index num_rows() const { return num_rows_; }
    Index num_columns() const { return num_columns_; }
    const T *data() const { return values_.data(); }

    Matrix<T> all() { return {values_.data(), num_rows_, num_columns_}; }
    View<T> row(Index i) { return Matrix<T>(values_.data(), num_rows_, num_columns_).row(i); }
    View<const T> row(Index i) const {
        return Matrix<const T>(values_.data(), num_rows_, num_columns_).row(i);
    }

    T &operator()(Index i, Index j) { return Matrix<T>(values_.data(), num_rows_, num_columns_)(i, j); }
    const T &operator()(Index i, Index j) const {
        return Matrix<const T>(values_.data(), num_rows_, num_columns_)(i, j);
    }

private:
    Index num_rows_;
    Index num_columns_;
    std::vector<T> values_;
};

} // namespace returnplan
