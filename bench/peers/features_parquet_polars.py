"""Polars: reads a file that is sorted, and is told so; rolling groups by time, all windows at once; writes them uncompressed, which is its fastest."""

import polars
from features_columns import result
from measured import measured, process_input

given = process_input()
sensors = given["sensors"]
statistics = {
    "mean": polars.Expr.mean,
    "sd": polars.Expr.std,
    "min": polars.Expr.min,
    "max": polars.Expr.max,
}


def window(frame, length):
    columns = [
        statistics[name](polars.col(sensor)).cast(polars.Float32).alias(f"{sensor}_{name}_{length}")
        for sensor in sensors
        for name in given["stats"]
    ]
    return frame.lazy().rolling("time", period=length, group_by="machine").agg(columns)


def work():
    frame = polars.read_parquet(given["file"]).with_columns(polars.col("time").set_sorted())
    first, *others = polars.collect_all([window(frame, length) for length in given["over"]])
    table = polars.concat([first, *[other.drop("machine", "time") for other in others]], how="horizontal")
    if "written" in given:
        table.write_parquet(given["written"], compression="uncompressed")
    return table


def check(table):
    return result(given, table.height, lambda name: table.get_column(name).fill_null(float("nan")).to_numpy())


measured(polars.__version__, work, check)
