"""Polars: rolling groups by time, one query a window, all at once, over a frame in memory."""

import polars
from features_columns import result
from measured import measured, process_input

given = process_input()
sensors = given["sensors"]
frame = polars.read_parquet(given["file"]).with_columns(polars.col("time").set_sorted()).rechunk()
statistics = {
    "mean": polars.Expr.mean,
    "sd": polars.Expr.std,
    "min": polars.Expr.min,
    "max": polars.Expr.max,
    "median": polars.Expr.median,
}


def window(length):
    columns = [
        statistics[name](polars.col(sensor)).cast(polars.Float32).alias(f"{sensor}_{name}_{length}")
        for sensor in sensors
        for name in given["stats"]
    ]
    return frame.lazy().rolling("time", period=length, group_by="machine").agg(columns)


def work():
    return polars.collect_all([window(length) for length in given["over"]])


def check(tables):
    columns = {name: table for table in tables for name in table.columns}
    return result(given, tables[0].height, lambda name: columns[name].get_column(name).fill_null(float("nan")).to_numpy())


measured(polars.__version__, work, check)
