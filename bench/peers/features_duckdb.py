"""DuckDB: window functions over ranges of time, over a table in memory, to NumPy arrays."""

import duckdb
from features_columns import result
from measured import measured, process_input

given = process_input()
sensors = given["sensors"]
connection = duckdb.connect()
connection.execute("create table telemetry as select * from read_parquet(?)", [given["file"]])
statistics = {"mean": "avg", "sd": "stddev_samp", "min": "min", "max": "max", "median": "median"}
units = {"h": "hour", "d": "day"}


def interval(length):
    return f"interval {length[:-1]} {units[length[-1]]}"


columns = [
    f"{statistics[name]}({sensor}) over w{length} :: float as {sensor}_{name}_{length}"
    for sensor in sensors
    for length in given["over"]
    for name in given["stats"]
]
# A range includes both its ends: one microsecond less leaves out the reading at its start.
windows = [
    f"w{length} as (partition by machine order by time range between {interval(length)} - interval 1 microsecond preceding and current row)"
    for length in given["over"]
]
query = f"select machine, time, {', '.join(columns)} from telemetry window {', '.join(windows)}"


def work():
    return connection.execute(query).fetchnumpy()


def check(table):
    import numpy

    order = numpy.lexsort((table["time"], table["machine"].astype(str)))

    def column(name):
        values = table[name]
        return numpy.ma.filled(values.astype(numpy.float32), numpy.nan)[order]

    return result(given, len(order), column)


measured(duckdb.__version__, work, check)
