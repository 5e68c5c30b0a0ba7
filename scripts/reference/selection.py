"""Writes the reference values of feature selection: test/features/selection/reference.json, by scipy."""

import json
from decimal import Decimal, getcontext
from pathlib import Path

import numpy as np
from scipy import stats

random = np.random.default_rng(7)
ROWS = 90
getcontext().prec = 700


def numbers(values):
    return [None if np.isnan(value) else float(value) for value in np.asarray(values, dtype=np.float32)]


binary = (random.random(ROWS) < 0.3).astype(int)
classes = random.integers(0, 3, ROWS)
life = np.round(random.exponential(50, ROWS))
columns = {
    "noise": random.normal(size=ROWS),
    "shifted": random.normal(size=ROWS) + binary,
    "steps": random.integers(0, 4, ROWS) + binary,
    "falling": np.round(-life / 10 + random.normal(size=ROWS) * 2),
    "huge": random.normal(size=ROWS) * 1e30 - binary * 1e30,
    "flag": (random.random(ROWS) < 0.2 + 0.5 * binary).astype(float),
    "rare": (np.arange(ROWS) == 4).astype(float),
    "byClass": random.normal(size=ROWS) + (classes == 2) * 1.5,
}
columns = {name: np.asarray(values, dtype=np.float32).astype(float) for name, values in columns.items()}


def pi_digits():
    """Machin's formula: 16 atan(1/5) - 4 atan(1/239)."""

    def atan_inverse(n):
        total = term = Decimal(1) / n
        k = 1
        while abs(term) > Decimal(10) ** -690:
            term /= -n * n
            k += 2
            total += term / k
        return total

    return 16 * atan_inverse(5) - 4 * atan_inverse(239)


PI = pi_digits()


def two_tails(z):
    """In 700 digits, since float64 rounds z / sqrt(2) too coarsely: 1 less the series of Phi, of which 300 digits are lost at most."""
    x = Decimal(z)
    term = total = x
    odd = 1
    while abs(term) > Decimal(10) ** -690:
        odd += 2
        term *= x * x / odd
        total += term
    return float(1 - 2 * (-x * x / 2).exp() / (2 * PI).sqrt() * total)


def against_group(column, inside):
    if len(np.unique(column)) == 2:
        upper = column == column.max()
        table = [[np.sum(upper & inside), np.sum(upper & ~inside)], [np.sum(~upper & inside), np.sum(~upper & ~inside)]]
        return stats.fisher_exact(table).pvalue
    return stats.mannwhitneyu(column[inside], column[~inside], use_continuity=True, alternative="two-sided", method="asymptotic").pvalue


def against_numbers(column, target):
    if len(np.unique(column)) == 2:
        upper = column == column.max()
        return stats.mannwhitneyu(target[upper], target[~upper], use_continuity=True, alternative="two-sided", method="asymptotic").pvalue
    return stats.kendalltau(column, target, method="asymptotic").pvalue


def against_classes(column):
    return min(1, 3 * min(against_group(column, classes == k) for k in range(3)))


chances = {
    name: {
        "binary": against_group(values, binary == 1),
        "multiclass": against_classes(values),
        "regression": against_numbers(values, life),
    }
    for name, values in columns.items()
}
tables = [[3, 10, 12, 40], [0, 5, 5, 30], [7, 7, 7, 20], [1, 300, 40, 30000], [90, 300, 400, 2000], [250, 700, 900, 3000]]
fisher = [
    stats.fisher_exact([[both, first - both], [second - both, every - first - second + both]]).pvalue
    for both, first, second, every in tables
]
many = np.sort(np.concatenate([random.random(30), random.random(10) * 0.01]))
tails = [0, 1e-9, 1e-3, 0.3, 1, 1.5, 1.999, 2, 2.5, 3.7, 5, 8, 12.345, 20, 30, 37]
reference = {
    "target": {"binary": binary.tolist(), "multiclass": classes.tolist(), "regression": life.tolist()},
    "columns": {name: numbers(values) for name, values in columns.items()},
    "chances": chances,
    "fisher": [{"table": table, "p": p} for table, p in zip(tables, fisher)],
    "tails": [{"z": z, "p": two_tails(z)} for z in tails],
    "discoveries": {
        "chances": many.tolist(),
        "independent": {str(q): int(np.sum(stats.false_discovery_control(many, method="bh") <= q)) for q in (0.05, 0.2, 0.5)},
        "dependent": {str(q): int(np.sum(stats.false_discovery_control(many, method="by") <= q)) for q in (0.05, 0.2, 0.5)},
    },
}
out = Path(__file__).parents[2] / "test/features/selection/reference.json"
out.write_text(json.dumps(reference) + "\n")
