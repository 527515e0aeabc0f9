"""How long an import takes, against the bare decoding of the same files.

    ./run bench import [--runs 3000] [--seed 1] [--repeat 1] [--keep FOLDER]

Builds a Strava-like archive (see archive_writer.py), reads it once so that both sides find it in memory, then measures
in fresh processes, one after the other:

reference  one process, its start not counted: read each member of the zip, gunzip it, `fitfast.records()` for FIT and
           an expat parse without handlers for GPX and TCX; the results are thrown away
import     `niggle import ARCHIVE` as a whole process, start-up included, into a data folder without a run in it:
           decode, clean, load per tissue, streams on disk, rows in SQLite, with one worker per processor. The folder
           has been used once before (database made, knowledge compiled), as `./run` does on first use; what that took
           is `first_use_s`

--repeat measures both in turn so many times and gives the medians. Peak memory is the sum over all processes of the
import, sampled (proportional set size, so that shared pages count once); the most of all repeats. Ends with one line
of JSON. `cpu_ratio` is processor time over processor time: wall times and `ratio` mean something on an idle machine
only, and `load` tells whether it was one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import xml.parsers.expat
import zipfile
from pathlib import Path

from bench import archive_writer

SAMPLE_S = 0.5  # reading the memory of three processes costs the processor that they want


def reference(path: str) -> tuple[float, int, int]:
    """(seconds, files, files that fitfast refused) for decoding alone."""
    import fitfast

    began = time.perf_counter()
    files = refused = 0
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not name.endswith(".gz"):
                continue
            data = gzip.decompress(archive.read(name))
            files += 1
            if name.endswith(".fit.gz"):
                try:
                    fitfast.records(data)
                except Exception:
                    refused += 1
            else:
                xml.parsers.expat.ParserCreate().Parse(data.lstrip(), True)
    return time.perf_counter() - began, files, refused


def cpu_s() -> float:
    """Processor time of all ended child processes and their children."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def first_use(home: Path) -> float:
    """Seconds of the first command in a new data folder: the database is made and the knowledge compiled."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "niggle.cli.main", "today"]
    subprocess.run(command, stdout=subprocess.DEVNULL, env=_environment(home), check=True)
    return time.perf_counter() - began


def _environment(home: Path) -> dict[str, str]:
    environment = os.environ | {"NIGGLE_HOME": str(home)}
    environment.pop("NIGGLE_DATABASE_URL", None)
    return environment


def measured_import(path: Path, home: Path) -> tuple[float, float, dict[str, object]]:
    """(seconds, peak memory in MB, the import's own last line) of `niggle import` as a process."""
    command = [sys.executable, "-m", "niggle.cli.main", "import", str(path), "--json"]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=_environment(home), text=True)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, memory_mb(process.pid))
        time.sleep(SAMPLE_S)
    seconds = time.perf_counter() - began
    output = process.stdout.read() if process.stdout is not None else ""
    if process.returncode != 0:
        raise SystemExit(f"the import failed with exit code {process.returncode}:\n{output}")
    return seconds, peak, json.loads(output)


def memory_mb(pid: int) -> float:
    """Memory of a process and its descendants; 0 where /proc does not tell."""
    total = 0.0
    for one in [pid, *_children(pid)]:
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(float(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024
    return total


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            direct = [int(child) for child in task.read_text().split()]
        except OSError:
            continue
        for child in direct:
            found += [child, *_children(child)]
    return found


def measured_reference(path: Path) -> tuple[float, int]:
    """(seconds, files) of the reference as a process."""
    command = [sys.executable, "-m", "bench.import_archive", "--reference-of", str(path)]
    answer = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    seconds, files, refused = json.loads(answer)
    print(f"reference: {files} files in {seconds:.2f} s ({refused} refused by it)", file=sys.stderr)
    return seconds, files


def once(path: Path, runs: int) -> dict[str, float]:
    """One reference and one import, each in processes of its own."""
    before_s = cpu_s()
    reference_s, _ = measured_reference(path)
    reference_cpu_s, before_s = cpu_s() - before_s, cpu_s()
    with tempfile.TemporaryDirectory(prefix="niggle-bench-") as folder:
        home = Path(folder) / "home"
        first_use_s, before_s = first_use(home), cpu_s()
        import_s, peak_mb, report = measured_import(path, home)
        import_cpu_s = cpu_s() - before_s
        print(f"import: {report}", file=sys.stderr)
        if report["sessions_added"] != runs or report["failed"]:
            raise SystemExit("not every run was imported")
        stored_mb = sum(f.stat().st_size for f in home.rglob("*") if f.is_file()) / 2**20
    return {
        "import_s": import_s,
        "first_use_s": first_use_s,
        "reference_s": reference_s,
        "ratio": import_s / reference_s,
        "peak_mb": peak_mb,
        "import_cpu_s": import_cpu_s,
        "reference_cpu_s": reference_cpu_s,
        "cpu_ratio": import_cpu_s / reference_cpu_s,
        "stored_mb": stored_mb,
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan"),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=1, help="measure so many times, give the medians")
    parser.add_argument("--keep", type=Path, help="keep the archive here, and use it again if it is there")
    parser.add_argument("--reference-of", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.reference_of:
        print(json.dumps(reference(arguments.reference_of)))
        return
    with tempfile.TemporaryDirectory(prefix="niggle-bench-") as folder:
        kept: Path = arguments.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        path = kept / f"archive-{arguments.runs}-{arguments.seed}.zip"
        if not path.exists():
            began = time.perf_counter()
            partial = path.with_suffix(".partial")
            written = archive_writer.build(partial, arguments.runs, arguments.seed)
            partial.rename(path)
            print(f"built {written} in {time.perf_counter() - began:.0f} s", file=sys.stderr)
        path.read_bytes()
        found = [once(path, arguments.runs) for _ in range(max(arguments.repeat, 1))]
    middle = {name: round(statistics.median(one[name] for one in found), 2) for name in found[0]}
    middle["peak_mb"] = round(max(one["peak_mb"] for one in found))
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(
        json.dumps(
            {"bench": "import", "runs": arguments.runs, "repeat": len(found), **middle, "processors": processors}
        )
    )


if __name__ == "__main__":
    main()
