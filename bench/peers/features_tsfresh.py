"""tsfresh: extract_features with exactly the calculators that are asked for, over windows laid out in one frame beforehand."""

import warnings

import numpy
import pandas
import tsfresh
from measured import measured, process_input
from tsfresh.feature_extraction import extract_features

given = process_input()
hours, windows = given["hours"], given["windows"]

# Our label: the calculator, and its parameters.
calculators = {
    "mean": ("mean", None),
    "median": ("median", None),
    "min": ("minimum", None),
    "max": ("maximum", None),
    "count": ("length", None),
    "sum": ("sum_values", None),
    "q90": ("quantile", {"q": 0.9}),
    "energy": ("abs_energy", None),
    "rootMeanSquare": ("root_mean_square", None),
    "absoluteMaximum": ("absolute_maximum", None),
    "skewness": ("skewness", None),
    "kurtosis": ("kurtosis", None),
    "coefficientOfVariation": ("variation_coefficient", None),
    "meanChange": ("mean_change", None),
    "meanAbsoluteChange": ("mean_abs_change", None),
    "absoluteSumOfChanges": ("absolute_sum_of_changes", None),
    "meanSecondDerivative": ("mean_second_derivative_central", None),
    "complexity": ("cid_ce", {"normalize": False}),
    "normalizedComplexity": ("cid_ce", {"normalize": True}),
    "countAbove_mean": ("count_above_mean", None),
    "countBelow_mean": ("count_below_mean", None),
    "longestRunAbove_mean": ("longest_strike_above_mean", None),
    "longestRunBelow_mean": ("longest_strike_below_mean", None),
    "crossingsOf_50": ("number_crossing_m", {"m": 50}),
    "firstLocationOfMaximum": ("first_location_of_maximum", None),
    "lastLocationOfMaximum": ("last_location_of_maximum", None),
    "firstLocationOfMinimum": ("first_location_of_minimum", None),
    "lastLocationOfMinimum": ("last_location_of_minimum", None),
    "fractionBeyondSigma_1": ("ratio_beyond_r_sigma", {"r": 1}),
    "varianceLargerThanSd": ("variance_larger_than_standard_deviation", None),
    "hasDuplicate": ("has_duplicate", None),
    "hasDuplicateMaximum": ("has_duplicate_max", None),
    "hasDuplicateMinimum": ("has_duplicate_min", None),
    "sumOfReoccurringValues": ("sum_of_reoccurring_values", None),
    "fractionOfDistinctValues": ("ratio_value_number_to_time_series_length", None),
    "autocorrelation_3": ("autocorrelation", {"lag": 3}),
    "c3_1": ("c3", {"lag": 1}),
    "timeReversalAsymmetry_1": ("time_reversal_asymmetry_statistic", {"lag": 1}),
    "peaks_3": ("number_peaks", {"n": 3}),
    "permutationEntropy_3_1": ("permutation_entropy", {"tau": 1, "dimension": 3}),
}


def settings():
    wanted = {}
    for label in given["labels"]:
        name, parameters = calculators[label]
        if parameters is None:
            wanted[name] = None
        else:
            wanted.setdefault(name, []).append(parameters)
    return wanted


def column_of(label):
    name, parameters = calculators[label]
    return "__".join(["value", name, *(f"{key}_{value}" for key, value in sorted((parameters or {}).items()))])


def laid_out():
    """Window k of a machine ends with its row hours - 1 + k x stride; ids count the windows."""
    frame = pandas.read_parquet(given["file"], columns=["machine", given["sensor"]])
    readings = []
    for _, values in frame.groupby("machine", sort=True)[given["sensor"]]:
        values = values.to_numpy()
        stride = (len(values) - hours) // windows
        readings.append(numpy.lib.stride_tricks.sliding_window_view(values, hours)[: windows * stride : stride])
    stacked = numpy.concatenate(readings)
    ids = numpy.repeat(numpy.arange(len(stacked)), hours)
    return pandas.DataFrame({"id": ids, "value": stacked.ravel()})


long = laid_out()
wanted = settings()
warnings.simplefilter("ignore")


def work():
    return extract_features(
        long,
        column_id="id",
        column_value="value",
        default_fc_parameters=wanted,
        n_jobs=given["processes"],
        disable_progressbar=True,
    )


def check(result):
    with open(given["out"], "wb") as file:
        for label in given["labels"]:
            result[column_of(label)].to_numpy(dtype=numpy.float32).tofile(file)
    checks = {"rows": len(result), "columns": len(given["labels"])}
    return {"checks": checks, "columns": {"file": given["out"], "names": given["labels"]}}


measured(tsfresh.__version__, work, check)
