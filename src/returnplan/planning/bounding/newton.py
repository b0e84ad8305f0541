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
    """Bring a symmetric positive definite system, of which the upper half is given, to triangular form."""
    for k in range(len(step)):
        for i in range(k + 1, len(step)):
            by = bend[k, i] / bend[k, k]
            if by != 0.0:
                for j in range(i, len(step)):
                    bend[i, j] -= by * bend[k, j]
                step[i] -= by * step[k]
