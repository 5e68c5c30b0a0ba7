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
        values[f"countAbove_{name}"] = int(np.sum(x > level))
        values[f"countBelow_{name}"] = int(np.sum(x < level))
        values[f"longestRunAbove_{name}"] = int(max(calculators._get_length_sequences_where(x > level)))
        values[f"longestRunBelow_{name}"] = int(max(calculators._get_length_sequences_where(x < level)))
        values[f"crossingsOf_{name}"] = int(calculators.number_crossing_m(x, level)) if n else 0
        if n:
            values[f"fractionAbove_{name}"] = np.mean(x > level)
            values[f"fractionBelow_{name}"] = np.mean(x < level)
            values[f"longestTimeAbove_{name}"] = longest_time(t, x > level)
            values[f"longestTimeBelow_{name}"] = longest_time(t, x < level)
    values["countBetween_m1_to_3_5"] = int(calculators.range_count(x, -1, 3.5))
    values["countEqual_2"] = int(calculators.value_count(x, 2))
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
        "interquartileRange": stats.iqr(x),
        "rootMeanSquare": calculators.root_mean_square(x),
        "absoluteMaximum": calculators.absolute_maximum(x),
        "energy": calculators.abs_energy(x),
        "integral": np.dot(x, held),
        "timeWeightedMean": np.average(x, weights=held) if held.sum() > 0 else x[-1],
        "ewma_6h": ewm(t, x, 6),
        "medianAbsoluteDeviation": stats.median_abs_deviation(x),
        "fractionBeyondSigma_1": calculators.ratio_beyond_r_sigma(x, 1),
        "fractionBeyondSigma_2_5": calculators.ratio_beyond_r_sigma(x, 2.5),
        "firstLocationOfMaximum": calculators.first_location_of_maximum(x),
        "lastLocationOfMaximum": calculators.last_location_of_maximum(x),
        "firstLocationOfMinimum": calculators.first_location_of_minimum(x),
        "lastLocationOfMinimum": calculators.last_location_of_minimum(x),
        "binnedEntropy_10": calculators.binned_entropy(x, 10),
        "varianceLargerThanSd": calculators.variance_larger_than_standard_deviation(x),
        "hasDuplicate": calculators.has_duplicate(x),
        "hasDuplicateMaximum": calculators.has_duplicate_max(x),
        "hasDuplicateMinimum": calculators.has_duplicate_min(x),
        "sumOfReoccurringValues": calculators.sum_of_reoccurring_values(x),
        "sumOfReoccurringReadings": calculators.sum_of_reoccurring_data_points(x),
        "fractionOfReoccurringValues": calculators.percentage_of_reoccurring_values_to_all_values(x),
        "fractionOfReoccurringReadings": calculators.percentage_of_reoccurring_datapoints_to_all_datapoints(x),
        "fractionOfDistinctValues": calculators.ratio_value_number_to_time_series_length(x),
        "permutationEntropy_4_2": permutation_entropy(x, 4, 2),
    }
    if sized(x):
        size = np.mean(np.abs(x))
        values |= {
            "crestFactor": np.max(np.abs(x)) / calculators.root_mean_square(x),
            "shapeFactor": calculators.root_mean_square(x) / size,
            "impulseFactor": np.max(np.abs(x)) / size,
            "massLocation_50": calculators.index_mass_quantile(x, [{"q": 0.5}])[0][1],
            "energyShare_1_of_4": calculators.energy_ratio_by_chunks(x, [{"num_segments": 4, "segment_focus": 0}])[0][1],
            "energyShare_4_of_4": calculators.energy_ratio_by_chunks(x, [{"num_segments": 4, "segment_focus": 3}])[0][1],
        }
    if x.mean() != 0:
        values["coefficientOfVariation"] = stats.variation(x)
    if n >= 2:
        values |= {
            "sd": np.std(x, ddof=1),
            "variance": pd.Series(x).var(),
            "slope": line(t, x).slope,
            "intercept": np.polynomial.Polynomial.fit(t, x, 1)(0.0),
            "meanChange": calculators.mean_change(x),
            "meanAbsoluteChange": calculators.mean_abs_change(x),
            "absoluteSumOfChanges": calculators.absolute_sum_of_changes(x),
            "complexity": calculators.cid_ce(x, False),
            "normalizedComplexity": calculators.cid_ce(x, True),
        }
        if spread(x):
            values["rSquared"] = line(t, x).rvalue ** 2
    if n >= 3:
        values |= {
            "skewness": calculators.skewness(x),
            "slopeError": line(t, x).stderr if spread(x) else 0.0,
            "meanSecondDerivative": calculators.mean_second_derivative_central(x),
            "meanOfLargest_3": np.mean(np.sort(np.abs(x))[-3:]) if n == 3 else calculators.mean_n_absolute_max(x, 3),
            "permutationEntropy_3_1": calculators.permutation_entropy(x, 1, 3),
        }
        entropy = calculators.sample_entropy(x)
        if np.isfinite(entropy):
            values["sampleEntropy"] = entropy
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
            values[f"timeReversalAsymmetry_{lag}"] = calculators.time_reversal_asymmetry_statistic(x, lag)
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
