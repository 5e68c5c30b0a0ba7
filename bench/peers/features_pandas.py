"""pandas: rolling windows of time by machine, over a frame in memory."""

import pandas
from features_columns import result
from measured import measured, process_input

given = process_input()
sensors = given["sensors"]
frame = pandas.read_parquet(given["file"]).set_index("time")
statistics = {"mean": "mean", "sd": "std", "min": "min", "max": "max", "median": "median"}


def work():
    columns = {}
    for length in given["over"]:
        rolling = frame.groupby("machine", sort=True)[sensors].rolling(length)
        for name in given["stats"]:
            columns[length, name] = getattr(rolling, statistics[name])()
    return columns


def check(columns):
    def column(name):
        sensor, statistic, length = name.rsplit("_", 2)
        return columns[length, statistic][sensor].to_numpy()

    return result(given, len(frame), column)


measured(pandas.__version__, work, check)
