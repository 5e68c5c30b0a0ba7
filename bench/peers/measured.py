"""Measures the work of a peer's process and prints the measurement as the harness reads it."""

import json
import re
import sys
import time


def process_input():
    """The input that the benchmark hands over."""
    return json.loads(sys.argv[1])


def measured(version, work, check):
    """Times `work` and prints the measurement with what `check` says of its result."""
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    peak = largest_resident_bytes()
    print(json.dumps({"seconds": seconds, "peakMemory": peak, "version": version, **check(result)}))


def largest_resident_bytes():
    """From the kernel's own account where there is one: a process's resource usage can begin with its parent's."""
    try:
        with open("/proc/self/status", encoding="utf8") as status:
            return int(re.search(r"VmHWM:\s+(\d+) kB", status.read()).group(1)) * 1024
    except OSError:
        import resource

        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
