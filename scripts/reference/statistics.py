"""Reference values for the statistics of `rolling`, from scipy, pandas and tsfresh, and from numpy where none of them has the
statistic: `bench/.venv/bin/python scripts/reference/statistics.py > test/features/statistics/reference.json`.

Where a library leaves our definition, the wrapper here says so: most take a statistic of too few readings for 0.
"""

import json
import math
import warnings

import numpy as np
import pandas as pd
import scipy
import tsfresh
from scipy import stats
from tsfresh.feature_extraction import feature_calculators as calculators

warnings.simplefilter("ignore")
MICROS = 3_600_000_000
NONE = math.nan


def series():
    """Name, times in microseconds, values, cutoff."""
    random = np.random.default_rng(20150301)
    hours = np.arange(72.0)
    wave = 10 + 3 * np.sin(hours / 5) + random.normal(0, 0.5, 72)
    yield "regular", hours, wave, 71.5
    uneven = np.sort(random.choice(400_000, 60, replace=False)) / 4000
    yield "irregular", uneven, 2 - 0.05 * uneven + random.normal(0, 1, 60), 101.25
    gappy = np.concatenate([np.arange(20), 50 + np.arange(3), 90 + np.arange(15)]) * 0.5
    yield "gappy", gappy, random.gamma(1.5, 2, 38), 60.0
    yield "constant", np.arange(12.0), np.full(12, 5.0), 11.0
    yield "zero", np.arange(6.0), np.zeros(6), 8.0
    yield "huge", np.arange(40.0), 1e15 * (1 + 0.3 * random.normal(0, 1, 40)), 40.0
    yield "far from 0", np.arange(50.0), 1e6 + random.normal(0, 1, 50), 49.0
    yield "tiny", np.arange(30.0), 1e-20 * random.normal(0, 1, 30), 30.0
    holes = random.normal(0, 2, 80)
    holes[random.random(80) < 0.4] = math.nan
    yield "ridden with missing readings", np.arange(80.0) / 2, holes, 41.0
    yield "whole numbers", np.arange(60.0), np.round(random.normal(0, 2, 60)), 60.5
    yield "rising", np.arange(25.0), 0.25 * np.arange(25.0) + 1, 25.0
    for count in range(1, 6):
        yield f"{count} readings", np.arange(float(count)), np.array([4.0, -1.5, 2.25, 2.25, 7.0])[:count], count - 0.5
    yield "nothing but missing readings", np.arange(4.0), np.full(4, math.nan), 3.0


def spread(x):
    return len(x) > 0 and x.min() != x.max()


def sized(x):
    return len(x) > 0 and np.any(x != 0)


def line(t, x):
    return stats.linregress(t, x)


def longest_time(t, beyond):
    """From the first reading of each run to the next reading after it, or the cutoff at 0."""
    ends = np.append(t[1:], 0.0)
    runs = pd.DataFrame({"run": np.cumsum(np.diff(np.append(False, beyond)) != 0), "start": t, "end": ends})[beyond]
    if len(runs) == 0:
        return 0.0
    each = runs.groupby("run").agg({"start": "min", "end": "max"})
    return float((each["end"] - each["start"]).max())


def permutation_entropy(x, order, delay):
    if len(x) <= (order - 1) * delay:
        return NONE
    patterns = [tuple(np.argsort(x[i :: delay][:order], kind="stable")) for i in range(len(x) - (order - 1) * delay)]
    return stats.entropy(pd.Series(patterns).value_counts())


def ewm(t, x, hours):
    times = pd.to_datetime(np.round(t * MICROS).astype("int64"), unit="us")
    return pd.Series(x).ewm(halflife=pd.Timedelta(hours=hours), times=times).mean().iloc[-1]


def expected(t, x):
    """By label; `t` is in hours from the cutoff on. What needs more readings than there are is left out: it is missing."""
    n = len(x)
    held = np.diff(np.append(t, 0.0))
    values = {"count": n}
    levels = {"2": 2.0, "m0_5": -0.5, "mean": x.mean() if n else NONE}
    for name, level in levels.items():
        values[f"count_above_{name}"] = int(np.sum(x > level))
        values[f"count_below_{name}"] = int(np.sum(x < level))
        values[f"longest_run_above_{name}"] = int(max(calculators._get_length_sequences_where(x > level)))
        values[f"longest_run_below_{name}"] = int(max(calculators._get_length_sequences_where(x < level)))
        values[f"crossings_of_{name}"] = int(calculators.number_crossing_m(x, level)) if n else 0
        if n:
            values[f"fraction_above_{name}"] = np.mean(x > level)
            values[f"fraction_below_{name}"] = np.mean(x < level)
            values[f"longest_time_above_{name}"] = longest_time(t, x > level)
            values[f"longest_time_below_{name}"] = longest_time(t, x < level)
    values["count_between_m1_to_3_5"] = int(calculators.range_count(x, -1, 3.5))
    values["count_equal_2"] = int(calculators.value_count(x, 2))
    for support in (1, 3):
        values[f"peaks_{support}"] = int(calculators.number_peaks(x, support)) if n > 2 * support else 0
    if n == 0:
        return values
    values |= {
        "mean": x.mean(),
        "min": x.min(),
        "max": x.max(),
        "range": np.ptp(x),
        "first": x[0],
        "last": x[-1],
        "sum": x.sum(),
        "median": np.median(x),
        "q90": np.quantile(x, 0.9),
        "interquartile_range": stats.iqr(x),
        "root_mean_square": calculators.root_mean_square(x),
        "absolute_maximum": calculators.absolute_maximum(x),
        "energy": calculators.abs_energy(x),
        "integral": np.dot(x, held),
        "time_weighted_mean": np.average(x, weights=held) if held.sum() > 0 else x[-1],
        "ewma_6h": ewm(t, x, 6),
        "median_absolute_deviation": stats.median_abs_deviation(x),
        "fraction_beyond_sigma_1": calculators.ratio_beyond_r_sigma(x, 1),
        "fraction_beyond_sigma_2_5": calculators.ratio_beyond_r_sigma(x, 2.5),
        "first_location_of_maximum": calculators.first_location_of_maximum(x),
        "last_location_of_maximum": calculators.last_location_of_maximum(x),
        "first_location_of_minimum": calculators.first_location_of_minimum(x),
        "last_location_of_minimum": calculators.last_location_of_minimum(x),
        "binned_entropy_10": calculators.binned_entropy(x, 10),
        "variance_larger_than_sd": calculators.variance_larger_than_standard_deviation(x),
        "has_duplicate": calculators.has_duplicate(x),
        "has_duplicate_maximum": calculators.has_duplicate_max(x),
        "has_duplicate_minimum": calculators.has_duplicate_min(x),
        "sum_of_reoccurring_values": calculators.sum_of_reoccurring_values(x),
        "sum_of_reoccurring_readings": calculators.sum_of_reoccurring_data_points(x),
        "fraction_of_reoccurring_values": calculators.percentage_of_reoccurring_values_to_all_values(x),
        "fraction_of_reoccurring_readings": calculators.percentage_of_reoccurring_datapoints_to_all_datapoints(x),
        "fraction_of_distinct_values": calculators.ratio_value_number_to_time_series_length(x),
        "permutation_entropy_4_2": permutation_entropy(x, 4, 2),
    }
    if sized(x):
        size = np.mean(np.abs(x))
        values |= {
            "crest_factor": np.max(np.abs(x)) / calculators.root_mean_square(x),
            "shape_factor": calculators.root_mean_square(x) / size,
            "impulse_factor": np.max(np.abs(x)) / size,
            "mass_location_50": calculators.index_mass_quantile(x, [{"q": 0.5}])[0][1],
            "energy_share_1_of_4": calculators.energy_ratio_by_chunks(x, [{"num_segments": 4, "segment_focus": 0}])[0][1],
            "energy_share_4_of_4": calculators.energy_ratio_by_chunks(x, [{"num_segments": 4, "segment_focus": 3}])[0][1],
        }
    if x.mean() != 0:
        values["coefficient_of_variation"] = stats.variation(x)
    if n >= 2:
        values |= {
            "sd": np.std(x, ddof=1),
            "variance": pd.Series(x).var(),
            "slope": line(t, x).slope,
            "intercept": np.polynomial.Polynomial.fit(t, x, 1)(0.0),
            "mean_change": calculators.mean_change(x),
            "mean_absolute_change": calculators.mean_abs_change(x),
            "absolute_sum_of_changes": calculators.absolute_sum_of_changes(x),
            "complexity": calculators.cid_ce(x, False),
            "normalized_complexity": calculators.cid_ce(x, True),
        }
        if spread(x):
            values["r_squared"] = line(t, x).rvalue ** 2
    if n >= 3:
        values |= {
            "skewness": calculators.skewness(x),
            "slope_error": line(t, x).stderr if spread(x) else 0.0,
            "mean_second_derivative": calculators.mean_second_derivative_central(x),
            "mean_of_largest_3": np.mean(np.sort(np.abs(x))[-3:]) if n == 3 else calculators.mean_n_absolute_max(x, 3),
            "permutation_entropy_3_1": calculators.permutation_entropy(x, 1, 3),
        }
        entropy = calculators.sample_entropy(x)
        if np.isfinite(entropy):
            values["sample_entropy"] = entropy
    if n >= 4:
        values["kurtosis"] = calculators.kurtosis(x)
    for lag in (1, 3):
        if n > lag and spread(x):
            # tsfresh takes a variance below 1e-8 for none.
            scale = 1 / np.std(x)
            values[f"autocorrelation_{lag}"] = calculators.autocorrelation(x * scale, lag)
    for lag in (1, 2):
        if n > 2 * lag:
            values[f"c3_{lag}"] = calculators.c3(x, lag)
            values[f"time_reversal_asymmetry_{lag}"] = calculators.time_reversal_asymmetry_statistic(x, lag)
    return values


def number(value):
    value = float(value)
    return None if math.isnan(value) else value


def case(name, hours, values, cutoff):
    known = ~np.isnan(values)
    t = hours[known] - cutoff
    return {
        "name": name,
        "times": [int(round(hour * MICROS)) for hour in hours],
        "values": [number(value) for value in values],
        "cutoff": int(round(cutoff * MICROS)),
        "expected": {label: number(value) for label, value in expected(t, values[known]).items()},
    }


versions = {"numpy": np.__version__, "pandas": pd.__version__, "scipy": scipy.__version__, "tsfresh": tsfresh.__version__}
cases = [json.dumps(case(*one), allow_nan=False) for one in series()]
print('{"versions": %s, "cases": [\n%s\n]}' % (json.dumps(versions), ",\n".join(cases)))
