#!/usr/bin/env python3
"""Measures k8sgen beside its peers on equal objects, and prints the table of the README.

    benches/compare.py                  10, 1,000 and 10,000 workloads, and the book's prod
    benches/compare.py --quick          10 and 1,000 workloads, fewer runs

Needs cargo. Peers are measured where they are: go-jsonnet with
`pip install gojsonnet`, kustomize with `kubectl`. PyYAML, where it is
installed, checks that kustomize gives equal objects too.
"""

import argparse
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = ROOT / "benches/peers/workload.libsonnet"
# Kustomize's cost grows with the square: 10,000 workloads would take an hour.
MOST_FOR_KUSTOMIZE = 1_000
TIME = shutil.which("time")

# The evaluation in a process of its own, which says what it took without Python's start.
JSONNET = """
import sys, time
import _gojsonnet
start = time.perf_counter()
text = _gojsonnet.evaluate_file(sys.argv[1])
sys.stdout.write(text)
sys.stdout.flush()
print(time.perf_counter() - start, file=sys.stderr)
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer sizes and runs")
    parser.add_argument("--binary", help="a built k8sgen, instead of building one")
    parser.add_argument("--generator", help="a built benches/stages, instead of building one")
    arguments = parser.parse_args()
    sizes = [10, 1_000] if arguments.quick else [10, 1_000, 10_000]
    k8sgen = arguments.binary or built("--bin", "k8sgen")
    generator = arguments.generator or built("--bench", "stages")
    with tempfile.TemporaryDirectory() as work:
        rows = []
        for size in sizes:
            rows += compare(k8sgen, generator, Path(work) / str(size), size, arguments.quick)
        rows.append(book(k8sgen, Path(work)))
    print()
    print("| what | tool | time | peak memory | to k8sgen |")
    print("|---|---|--:|--:|--:|")
    for what, tool, seconds, memory, ratio in rows:
        print(f"| {what} | {tool} | {show_time(seconds)} | {show_memory(memory)} | {ratio} |")


def built(kind, name):
    """Builds in release mode; the path of what came out."""
    command = ["cargo", "build", "--release", kind, name, "--message-format=json"]
    out = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    artifacts = (json.loads(line) for line in out.splitlines())
    found = [item["executable"] for item in artifacts if item.get("executable")]
    return found[-1]


def compare(k8sgen, generator, work, size, quick):
    project, output = work / "project", work / "output"
    subprocess.run([generator, "--project", project, str(size)], check=True)
    what = f"{size:,} workloads, {4 * size + 1:,} objects"
    render = [k8sgen, "render", "--project", project, "--env", "prod"]
    runs = 5 if quick else max(5, min(51, 20_000 // size))
    ours = measure(render, output, runs)
    rows = [(what, "k8sgen", *ours, "1")]
    wanted = objects_of(render + ["--output", "json"])

    program = jsonnet(work / "jsonnet", wanted)
    if importlib.util.find_spec("_gojsonnet") is None:
        print("go-jsonnet is missing: pip install gojsonnet", file=sys.stderr)
    else:
        command = [sys.executable, "-c", JSONNET, program]
        check("go-jsonnet", objects_of(command), wanted)
        alone = []
        whole = measure(command, output, min(runs, 7), alone)
        alone = (statistics.median(alone), None)
        rows.append((what, "go-jsonnet, whole process", *whole, ratio(whole, ours)))
        rows.append((what, "go-jsonnet, evaluation alone", *alone, ratio(alone, ours)))

    if shutil.which("kubectl") is None:
        print("kubectl is missing", file=sys.stderr)
    elif size <= MOST_FOR_KUSTOMIZE:
        overlay = kustomize(work / "kustomize", k8sgen, project, wanted)
        command = ["kubectl", "kustomize", overlay]
        check_yaml("kustomize", command, wanted)
        theirs = measure(command, output, 5 if size < 100 else 2)
        rows.append((what, "kubectl kustomize", *theirs, ratio(theirs, ours)))

    for name, format in [("YAML", "yaml"), ("JSON", "json")]:
        manifests = work / f"manifests.{format}"
        with open(manifests, "wb") as out:
            subprocess.run(render + ["--output", format], stdout=out, check=True)
        command = [k8sgen, "check", "--file", manifests, "--severity", "error"]
        judged = measure(command, output, runs)
        rows.append((f"{4 * size + 1:,} manifests in {name}", "k8sgen check", *judged, ""))
    return rows


def book(k8sgen, work):
    render = [k8sgen, "render", "--project", ROOT, "--env", "prod"]
    return ("the book's prod", "k8sgen", *measure(render, work / "book", 51), "")


def measure(command, output, runs, alone=None):
    """Median seconds of the whole process, which writes a file, and its peak memory in KiB."""
    command = [str(word) for word in command]
    seconds = []
    for _ in range(runs):
        with open(output, "wb") as out:
            start = time.perf_counter()
            done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, check=True)
            seconds.append(time.perf_counter() - start)
        if alone is not None:
            alone.append(float(done.stderr))
    return statistics.median(seconds), peak_memory(command)


def peak_memory(command):
    # Of a child of Python, the system would count Python's own memory.
    if TIME is None:
        return None
    done = subprocess.run(
        [TIME, "-f", "%M", *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True
    )
    return int(done.stderr.split()[-1])


def jsonnet(directory, wanted):
    """A program that calls the library once per workload, and changes what the overlay does."""
    directory.mkdir(parents=True)
    shutil.copy(LIBRARY, directory)
    config = {name: item for (kind, name), item in wanted.items() if kind == "ConfigMap"}
    lines = ["local app = import 'workload.libsonnet';", "{", "  apiVersion: 'v1',", "  kind: 'List',"]
    lines += ["  items: [app.namespace('shop')]"]
    for (kind, name), item in wanted.items():
        if kind != "Deployment":
            continue
        template = item["spec"]["template"]
        checksum = template["metadata"]["annotations"]["checksum/config"]
        shard = next(e["value"] for e in template["spec"]["containers"][0]["env"] if "value" in e)
        data = json.dumps(config[f"{name}-config"]["data"])
        call = f"app.workload('{name}', {data}, '{checksum}', '{shard}', memory='512Mi')"
        lines.append(f"    + {call}")
    lines += ["}", ""]
    program = directory / "main.jsonnet"
    program.write_text("\n".join(lines))
    return program


def kustomize(directory, k8sgen, project, wanted):
    """What k8sgen gives for dev as the base, and the changes of prod as patches."""
    base, overlay = directory / "base", directory / "overlay"
    base.mkdir(parents=True)
    overlay.mkdir()
    command = [k8sgen, "render", "--project", project, "--env", "dev"]
    with open(base / "objects.yaml", "wb") as out:
        subprocess.run(command, stdout=out, check=True)
    (base / "kustomization.yaml").write_text("resources: [objects.yaml]\n")
    names = [name for kind, name in wanted if kind == "Deployment"]
    patches = "".join(f"- path: {name}.yaml\n" for name in names)
    (overlay / "kustomization.yaml").write_text(f"resources: [../base]\npatches:\n{patches}")
    for name in names:
        (overlay / f"{name}.yaml").write_text(
            f"""apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}, namespace: shop}}
spec:
  template:
    spec:
      containers:
      - name: {name}
        resources: {{limits: {{memory: 512Mi}}}}
"""
        )
    return overlay


def objects_of(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True)
    return by_name(json.loads(done.stdout)["items"])


def by_name(items):
    return {(item["kind"], item["metadata"]["name"]): item for item in items}


def check(tool, given, wanted):
    if given != wanted:
        wrong = [key for key in wanted.keys() | given.keys() if wanted.get(key) != given.get(key)]
        sys.exit(f"{tool} gives other objects, for example {wrong[0]}")
    print(f"{tool}: {len(given):,} equal objects", file=sys.stderr)


def check_yaml(tool, command, wanted):
    try:
        import yaml
    except ImportError:
        print(f"{tool}: objects not compared, PyYAML is missing", file=sys.stderr)
        return
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    check(tool, by_name(yaml.load_all(text, Loader=loader)), wanted)


def ratio(theirs, ours):
    return f"{theirs[0] / ours[0]:,.0f}×"


def show_time(seconds):
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1e3:.1f} ms"


def show_memory(kibibytes):
    return "" if kibibytes is None else f"{kibibytes / 1024:.0f} MB"


if __name__ == "__main__":
    main()
