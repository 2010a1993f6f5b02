"""Tries the schemas in Profiles/ with a validator that is not ours.

The schemas must be valid themselves, take every manifest and profile that ships and every report that the tool writes, and
refuse each of these once it is spoiled in one place. `make schemas` runs this with the Python in .build/venv.
"""

import concurrent.futures
import copy
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
# The tool that was built last.
TOOL = max((ROOT / ".build" / kind / "sonde" for kind in ("debug", "release")), key=lambda path: path.stat().st_mtime if path.exists() else 0)
SCENARIOS = sorted(path.stem for path in (ROOT / "Sources/SondeSimulator/Scenarios").glob("*.json"))


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def validator(name):
    schema = load(ROOT / "Profiles" / f"{name}.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def objects(value, path=()):
    """Every object in a document, with the way to it."""
    if isinstance(value, dict):
        yield path, value
        for key, member in value.items():
            yield from objects(member, (*path, key))
    elif isinstance(value, list):
        for index, element in enumerate(value):
            yield from objects(element, (*path, index))


def spoiled(document, path, key, value):
    copied = copy.deepcopy(document)
    place = copied
    for step in path:
        place = place[step]
    place[key] = value
    return copied


def has_free_keys(schema, path):
    """Says whether the object there is a map, or JSON of somebody else, not one of ours with a fixed set of keys."""
    if schema == "vendor":
        return path[:1] in {("request_headers",)} or path in {("advice",), ("links",)} or path[-2:] == ("when", "headers") or "extra_body" in path
    return path[-2:] == ("response", "headers") or ("request" in path and "body" in path)


class SchemaTests(unittest.TestCase):
    def accept(self, schema, document, name):
        for error in validator(schema).iter_errors(document):
            self.fail(f"{name}: {error.json_path}: {error.message[:300]}")

    def refuse_unknown_keys(self, schema, document, name):
        """Spoils every object that has a fixed set of keys, one at a time."""
        check = validator(schema)
        for path, _ in objects(document):
            if has_free_keys(schema, path):
                continue
            with self.subTest(document=name, path=path):
                self.assertFalse(check.is_valid(spoiled(document, path, "unkown", 1)), "an unknown key is taken")

    def test_schemas_have_a_name_with_their_version(self):
        for name in ("vendor", "report", "profile", "watch"):
            self.assertEqual(load(ROOT / "Profiles" / f"{name}.schema.json")["$id"], f"urn:sonde:{name}:1")

    def test_every_object_of_a_schema_says_which_keys_it_takes(self):
        for name in ("vendor", "report", "profile", "watch"):
            for path, schema in objects(load(ROOT / "Profiles" / f"{name}.schema.json")):
                if "properties" in schema and "type" in schema:
                    with self.subTest(schema=name, path=path):
                        self.assertIs(schema.get("additionalProperties"), False)

    def test_manifests_fit_and_spoiled_ones_do_not(self):
        manifests = sorted(ROOT.glob("Plugins/*/Vendors/*.json"))
        self.assertTrue(manifests)
        for path in manifests:
            document = load(path)
            self.accept("vendor", document, path.name)
            self.refuse_unknown_keys("vendor", document, path.name)
            check = validator("vendor")
            for key, value in [("id", "Two Words"), ("kind", "cloud"), ("base_url", "https://a.example/v1/"), ("base_url", "a.example")]:
                with self.subTest(document=path.name, key=key, value=value):
                    self.assertFalse(check.is_valid(document | {key: value}))
            without_condition = document | {"signs": [{"when": {}, "cause": "timeout"}]}
            self.assertFalse(check.is_valid(without_condition), "a sign without a condition is taken")

    def test_profiles_fit_and_spoiled_ones_do_not(self):
        for path in sorted(ROOT.glob("Profiles/*.json")):
            if not path.name.endswith(".schema.json"):
                self.accept("profile", load(path), path.name)
        examples = re.findall(r"```json\n(.*?)```", (ROOT / "Profiles" / "README.md").read_text(encoding="utf-8"), re.DOTALL)
        self.assertTrue(examples)
        for example in examples:
            self.accept("profile", json.loads(example), "Profiles/README.md")
        good = {"targets": [{"name": "a", "vendor": "openai-compatible", "base_url": "https://a.example/v1", "key": "env:A_KEY", "model": "m"}]}
        self.accept("profile", good, "example")
        self.refuse_unknown_keys("profile", good, "example")
        check = validator("profile")
        for base in ["http://127.0.0.1:${PORT:?set PORT to the port}/v1", "https://${HOST:-a.example}/v1"]:
            self.accept("profile", spoiled(good, ("targets", 0), "base_url", base), base)
        for key, value in [("base_url", "https://a.example/v1?a=b"), ("base_url", "https://a.example/${A"), ("key", "sk-0123456789abcdef"), ("key", "command:pass show a"), ("route", ""), ("model", "")]:
            with self.subTest(key=key, value=value):
                self.assertFalse(check.is_valid(spoiled(good, ("targets", 0), key, value)))
        self.assertFalse(check.is_valid({"targets": [{"name": "a", "model": "m"}]}), "a target without vendor and base URL is taken")

    def test_reports_fit_and_spoiled_ones_do_not(self):
        self.assertTrue(TOOL.exists(), "no built tool; run 'make check'")
        seen = {}
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for name, report in zip(SCENARIOS, pool.map(report_of, SCENARIOS)):
                with self.subTest(scenario=name):
                    self.accept("report", report, name)
                    seen[name] = report
        self.refuse_unknown_keys("report", seen["vercel-account-denied"], "vercel-account-denied")
        check = validator("report")
        good = seen["healthy"]
        for path, key, value in [
            ((), "schema_version", 2), ((), "exit_code", 6), ((), "outcome", "ok"), ((), "started_at", "2026-11-20 09:00"),
            (("targets", 0, "verdict"), "cause", "unknown"), (("targets", 0, "verdict"), "retryable", "no"),
            (("targets", 0, "exchanges", 0), "attempt", 0), (("targets", 0, "exchanges", 0), "transport_error", {"kind": "connect", "message": ""}),
        ]:
            with self.subTest(path=path, key=key):
                self.assertFalse(check.is_valid(spoiled(good, path, key, value)))


    def test_the_lines_and_the_report_of_a_watch_fit_and_spoiled_ones_do_not(self):
        lines, report = watched()
        self.assertEqual({line["type"] for line in lines}, {"watch_started", "change", "round", "watch_ended"})
        for line in lines:
            self.accept("watch", line, line["type"])
            for path, _ in objects(line):
                if "verdict" not in path:
                    with self.subTest(line=line["type"], path=path):
                        self.assertFalse(validator("watch").is_valid(spoiled(line, path, "unkown", 1)), "an unknown key is taken")
        self.accept("report", report, "the second round of a watch")
        self.assertTrue(any(exchange.get("carried") for exchange in report["targets"][0]["exchanges"]))

    def test_the_report_of_a_verification_fits_and_spoiled_ones_do_not(self):
        for document in verifications():
            self.accept("report", document, "verification")
            self.assertTrue(document["verification"]["targets"])
            self.refuse_unknown_keys("report", document, "verification")


def watched():
    """The lines of a watch of three rounds, and the report of the last."""
    key = load(ROOT / "Sources/SondeSimulator/Scenarios/healthy.json")["key"]
    with tempfile.TemporaryDirectory() as folder:
        environment = {"SERVICE_KEY": key, "HOME": folder}
        with subprocess.Popen([TOOL, "simulate", "healthy"], stdout=subprocess.PIPE, text=True, env=environment) as service:
            try:
                address = next(line.split()[-1] for line in service.stdout if "base URL" in line)
                command = [TOOL, "watch", address, "--vendor", "vercel", "--key", "env:SERVICE_KEY", "--every", "1ms", "--rounds", "3", "-v", "-o", "report.json"]
                done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=120, cwd=folder, env=environment)
            finally:
                service.terminate()
        if done.returncode != 0:
            raise AssertionError(f"watch ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
        return [json.loads(line) for line in done.stdout.splitlines()], load(pathlib.Path(folder, "report.json"))


def verifications():
    """Reports of 'sonde verify': one where nothing has changed, one where all works again."""
    key = load(ROOT / "Sources/SondeSimulator/Scenarios/vercel-account-denied.json")["key"]
    with tempfile.TemporaryDirectory() as folder:
        environment = {"SERVICE_KEY": key, "HOME": folder}
        run = lambda *arguments: subprocess.run(
            [TOOL, *arguments, "--format", "json"], stdin=subprocess.DEVNULL, capture_output=True, timeout=120, cwd=folder, env=environment)
        port = "0"
        for scenario in ("vercel-account-denied", "healthy"):
            with subprocess.Popen([TOOL, "simulate", scenario, "--port", port], stdout=subprocess.PIPE, text=True, env=environment) as service:
                try:
                    address = next(line.split()[-1] for line in service.stdout if "base URL" in line)
                    port = re.search(r":(\d+)/", address)[1]
                    if scenario != "healthy":
                        run("check", address, "--vendor", "vercel", "--key", "env:SERVICE_KEY", "-o", "report.json")
                    yield json.loads(run("verify", "report.json", "--key", "env:SERVICE_KEY", "--interface", "127.0.0.1", "--despite-differences").stdout)
                finally:
                    service.terminate()


def report_of(scenario):
    command = [TOOL, "demo", scenario, "--format", "json", "--no-progress"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    if done.returncode not in (0, 1, 3, 5):
        raise AssertionError(f"demo {scenario} ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
    return json.loads(done.stdout)


if __name__ == "__main__":
    if not SCENARIOS:
        sys.exit("there are no scenarios")
    unittest.main()
