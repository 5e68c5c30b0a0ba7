"""What the peers of the feature benchmarks hand over: float32 columns by sensor, then window, then statistic."""

import re

import numpy


def column_names(given):
    return [f"{s}_{k}_{w}" for s in given["sensors"] for w in given["over"] for k in given["stats"]]


def result(given, rows, column):
    """Writes `column(name)` for every name; rows are sorted by machine and time."""
    names = column_names(given)
    with open(given["out"], "wb") as file:
        for name in names:
            numpy.ascontiguousarray(column(name), dtype=numpy.float32).tofile(file)
    # A day's window is named so whatever it was written as.
    labels = [re.sub("_24h$", "_1d", name) for name in names]
    return {"checks": {"rows": rows, "columns": len(names)}, "columns": {"file": given["out"], "names": labels}}
