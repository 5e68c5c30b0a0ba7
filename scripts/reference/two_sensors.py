"""Reference values for the words of two sensors, by scipy 1.17 and pandas 3.1.

Writes test/features/words/two-sensors-reference.json; run from the repository's root:
bench/.venv/bin/python scripts/reference/two_sensors.py, then npx biome check --write on that file.
"""

import json

import numpy as np
import pandas as pd
from scipy import stats

LENGTH = 60
CUTOFF = 100


def series(kind, seed):
    """Times and readings of one sensor: regular or not, some of them missing, huge, constant."""
    numbers = np.random.default_rng(seed)
    time = np.arange(0, 100) if kind != "irregular" else np.sort(numbers.choice(100, 55, replace=False))
    value = np.cumsum(numbers.normal(size=len(time)))
    if kind == "offset":
        value = value + 1e9
    if kind == "huge":
        value = value * 1e150
    if kind == "tiny":
        value = value * 1e-150
    if kind == "constant":
        value = np.full(len(time), 0.1)
    if kind == "missing":
        value[numbers.uniform(size=len(time)) < 0.4] = np.nan
    return pd.DataFrame({"time": time, "value": value})


def case(left_kind, right_kind, hold, seed):
    left, right = series(left_kind, seed), series(right_kind, seed + 1)
    inside = lambda rows: rows[(rows.time > CUTOFF - LENGTH) & (rows.time <= CUTOFF)].dropna()
    pairs = pd.merge_asof(
        inside(left), inside(right), on="time", suffixes=("_left", "_right"), direction="backward", tolerance=hold - 1
    ).dropna()
    x, y = pairs.value_left, pairs.value_right
    spread = len(pairs) > 1 and x.nunique() > 1 and y.nunique() > 1
    difference = x - y
    expected = {
        "correlation": stats.pearsonr(x, y).statistic if spread else None,
        "covariance": x.cov(y) if len(pairs) > 1 else None,
        "slope": stats.linregress(y, x).slope if len(pairs) > 1 and y.nunique() > 1 else None,
        "mean": difference.mean(),
        "sd": difference.std(),
        "min": difference.min(),
        "max": difference.max(),
        "last": difference.iloc[-1],
        "count": len(pairs),
    }
    rows = lambda frame: [[int(t), None if np.isnan(v) else float(v)] for t, v in frame.itertuples(index=False)]
    # What pandas and scipy leave of a constant side is rounding.
    if x.nunique() == 1 or y.nunique() == 1:
        expected |= {name: 0.0 for name in ("covariance", "slope") if expected[name] is not None}
    return {
        "name": f"{left_kind} and {right_kind}, hold {hold}",
        "left": rows(left),
        "right": rows(right),
        "hold": hold,
        "expected": {name: None if value is None or not np.isfinite(value) else float(value) for name, value in expected.items()},
    }


kinds = [
    ("regular", "regular", 1),
    ("regular", "missing", 1),
    ("missing", "missing", 4),
    ("irregular", "regular", 1),
    ("irregular", "irregular", 5),
    ("offset", "regular", 1),
    ("offset", "offset", 1),
    ("huge", "regular", 1),
    ("tiny", "regular", 1),
    ("regular", "constant", 1),
    ("constant", "irregular", 3),
]
cases = [case(left, right, hold, 7 * i) for i, (left, right, hold) in enumerate(kinds)]
with open("test/features/words/two-sensors-reference.json", "w") as out:
    json.dump({"length": LENGTH, "cutoff": CUTOFF, "cases": cases}, out, separators=(",", ":"))
    out.write("\n")
