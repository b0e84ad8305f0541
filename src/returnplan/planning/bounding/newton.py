"""Compiled: Newton's step of the barrier.

No BLAS: its threads spin longer than these small systems take, and their number changes the last digits.
"""

from returnplan.planning.compiled import entry, inner
from returnplan.problem.model import Floats, Ints


@entry
def newton_step(riders: Floats, pull: Floats, bend: Floats, step: Floats, paying: Ints) -> None:
    """Solve (diag(bend's diagonal) + Σ pull · rider riderᵀ) x = step for x, in place of ``step``.

    Parameters
    ----------
    riders, pull : (B, R) rows, and (B,) their weights
    bend : (R, R) zero but for the diagonal; to work in
    step : (R,) the right-hand side, then the solution
    paying : (R,) to work in
    """
    for row in range(len(riders)):
        num = 0
        for i in range(len(step)):
            if riders[row, i] > 0:
                paying[num] = i
                num += 1
        for a in range(num):
            by = pull[row] * riders[row, paying[a]]
            for b in range(a, num):
                bend[paying[a], paying[b]] += by * riders[row, paying[b]]
    _eliminate(bend, step)
    for i in range(len(step) - 1, -1, -1):
        for j in range(i + 1, len(step)):
            step[i] -= bend[i, j] * step[j]
        step[i] /= bend[i, i]


@inner
def _eliminate(bend: Floats, step: Floats) -> None:
    """Bring a symmetric positive definite system, of which the upper half is given, to triangular form.

    Two rows at once are taken from those below: it is the memory that is slow.
    """
    num = len(step)
    for k in range(0, num - 1, 2):
        first, second = bend[k], bend[k + 1]
        by = first[k + 1] / first[k]
        for j in range(k + 1, num):
            second[j] -= by * first[j]
        step[k + 1] -= by * step[k]
        for i in range(k + 2, num):
            by_first, by_second = first[i] / first[k], second[i] / second[k + 1]
            if by_first != 0.0 or by_second != 0.0:
                for j in range(i, num):
                    bend[i, j] -= by_first * first[j] + by_second * second[j]
                step[i] -= by_first * step[k] + by_second * step[k + 1]
