"""Tries what stands in Examples/ with programs that are not ours: GNU make, the schemas of GitHub, GitLab and Kubernetes, shells.

`make examples` runs this with the Python in .build/venv.
"""

import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "Examples"
BIN = pathlib.Path(sys.executable).parent
# The tool that was built last.
TOOL = max((ROOT / ".build" / kind / "sonde" for kind in ("debug", "release")), key=lambda path: path.stat().st_mtime if path.exists() else 0)
KEY = "vck_DEMO7h3Qm9Wz2KpX5tRb8Ld4Ys6Vn1Jc0Gf7Ea3Ui9Ho2Tx5Bw8Mk4Pr6"


def ran(*command, **options):
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, **options)
    done.said = done.stdout + done.stderr
    return done


@contextlib.contextmanager
def simulated(scenario):
    """A simulated service on this machine: its base URL."""
    with subprocess.Popen([TOOL, "simulate", scenario], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        try:
            for line in process.stdout:
                if found := re.search(r"base URL +(\S+)", line):
                    yield found[1]
                    return
        finally:
            process.terminate()


class SyntaxTests(unittest.TestCase):
    def accept(self, *command):
        done = ran(*command)
        self.assertEqual(done.returncode, 0, done.said)

    def test_every_workflow_is_one_for_its_service(self):
        github = sorted(EXAMPLES.rglob("github-*.yml"))
        gitlab = sorted(EXAMPLES.rglob("gitlab-*.yml"))
        self.assertTrue(github and gitlab)
        self.accept(BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", *github)
        self.accept(BIN / "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", *gitlab)

    def test_every_systemd_unit_is_one(self):
        if not shutil.which("systemd-analyze"):
            self.skipTest("SKIPPED: systemd-analyze, which reads units, is missing here")
        for unit in sorted(EXAMPLES.rglob("*.service")):
            with tempfile.TemporaryDirectory() as folder:
                # The tool and its manual need not be installed where the unit is only read.
                text = unit.read_text().replace("/usr/local/bin/sonde", str(TOOL))
                copy = pathlib.Path(folder, unit.name)
                copy.write_text("".join(line for line in text.splitlines(keepends=True) if not line.startswith("Documentation=")))
                done = ran("systemd-analyze", "verify", copy)
                self.assertEqual((done.returncode, done.said), (0, ""))

    def test_every_kubernetes_object_is_one(self):
        objects = sorted(EXAMPLES.rglob("kubernetes-*.yaml"))
        self.assertTrue(objects)
        self.accept(BIN / "kubernetes-validate", "--strict", *objects)

    def test_a_misspelt_key_is_noticed_by_each(self):
        with tempfile.TemporaryDirectory() as folder:
            for source, word, command in [
                ("ci/github-actions.yml", "runs-on:", [BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows"]),
                ("ci/gitlab-ci.yml", "script:", [BIN / "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci"]),
                ("regions/kubernetes-cronjob.yaml", "jobTemplate:", [BIN / "kubernetes-validate", "--strict"]),
            ]:
                path = pathlib.Path(folder, pathlib.Path(source).name)
                path.write_text((EXAMPLES / source).read_text().replace(word, word[:-2] + ":"))
                with self.subTest(source=source):
                    self.assertNotEqual(ran(*command, path).returncode, 0)

    def test_every_script_is_one_for_any_shell(self):
        scripts = sorted(path for path in [*EXAMPLES.rglob("*.sh"), *(ROOT / "Scripts").iterdir()] if path.read_text().startswith("#!/bin/sh"))
        self.assertGreater(len(scripts), 4)
        for script in scripts:
            with self.subTest(script=script.name):
                self.accept("dash" if shutil.which("dash") else "sh", "-n", script)
        self.accept("shellcheck", *scripts)

    def test_the_steps_of_workflows_are_shell(self):
        for path in sorted(EXAMPLES.rglob("*.yml")):
            for step in re.findall(r"^( +)(?:- )?run: \|\n((?:\1 +.*\n)+)", path.read_text(), re.MULTILINE):
                with self.subTest(path=path.name):
                    done = subprocess.run(["shellcheck", "-s", "bash", "-"], input=step[1], capture_output=True, text=True, timeout=60)
                    self.assertEqual(done.returncode, 0, done.stdout)

    def test_workflows_unpack_nothing_whose_checksum_was_not_compared(self):
        for path in sorted((EXAMPLES / "ci").iterdir()):
            text = path.read_text()
            unpacks = min(text.find(word) for word in ("./sonde.deb", "tar -xzf") if word in text)
            with self.subTest(path=path.name):
                self.assertTrue(0 < text.find("sha256sum --check --strict") < unpacks)


class MakeTests(unittest.TestCase):
    """The makefile that others include, with a simulated service."""

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="sonde examples ")))

    def make(self, *words, base_url=None, makefile="include sonde.mk\n"):
        shutil.copy(EXAMPLES / "make/sonde.mk", self.folder)
        (self.folder / "Makefile").write_text(makefile)
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "CI": "true", "SERVICE_KEY": KEY}
        if base_url:
            profile = {"targets": [{"name": "gateway", "vendor": "vercel", "base_url": base_url, "key": "env:SERVICE_KEY"}]}
            (self.folder / "sonde.json").write_text(json.dumps(profile))
            environment["SONDE_PROFILE"] = "sonde.json"
        return ran("make", f"SONDE={TOOL}", *words, cwd=self.folder, env=environment)

    def has_command(self, name):
        return ran(TOOL, name, "--help").stdout.find(f"sonde {name}") >= 0

    def test_a_service_that_works_is_asked_once(self):
        with simulated("healthy") as url:
            first = self.make("sonde-check", base_url=url)
            report = (self.folder / ".sonde/report.json").read_bytes()
            self.assertEqual(first.returncode, 0, first.said)
            self.assertIn("gateway is healthy", first.stdout)
        # The service is gone; within the time its report still stands.
        again = self.make("sonde-check", base_url=url)
        self.assertEqual(again.returncode, 0, again.said)
        self.assertIn("Nothing was asked", again.stderr)
        self.assertEqual((self.folder / ".sonde/report.json").read_bytes(), report)
        late = self.make("sonde-check", "SONDE_MAX_AGE=1ms", base_url=url)
        self.assertEqual(late.returncode, 2, late.said)
        self.assertIn("connect_failure", late.stdout)

    def test_a_service_that_fails_is_asked_each_time_and_named_with_its_status(self):
        with simulated("vercel-account-denied") as url:
            for _ in range(2):
                done = self.make("sonde-check", base_url=url)
                self.assertEqual(done.returncode, 2, done.said)
                self.assertIn("account_denied", done.stdout)
                self.assertNotIn("Nothing was asked", done.said)
                self.assertRegex(done.stderr, r"sonde-check\] Error 1")

    def test_targets_at_the_same_time_share_one_run(self):
        with simulated("healthy") as url:
            done = self.make("-j4", "sonde-check", "other", "third", base_url=url,
                             makefile="include sonde.mk\nother third: sonde-check ; @echo $@\n")
        self.assertEqual(done.returncode, 0, done.said)
        self.assertEqual(done.stdout.count("gateway is healthy"), 1)
        self.assertIn("third", done.stdout)

    def test_wrong_usage_leaves_no_report(self):
        done = self.make("sonde-check", "SONDE_TARGETS=no-such-vendor")
        self.assertEqual(done.returncode, 2)
        self.assertIn("no-such-vendor", done.stderr)
        self.assertEqual(list(self.folder.glob(".sonde/*")), [])

    def test_the_first_target_of_whoever_includes_it_stays_the_first(self):
        done = self.make(makefile="include sonde.mk\nmine: ; @echo mine\n")
        self.assertEqual((done.returncode, done.stdout), (0, "mine\n"), done.said)

    def test_it_is_clean_of_warnings(self):
        done = self.make("--warn-undefined-variables", "-n", "sonde-check", base_url="http://127.0.0.1:9/v1")
        self.assertNotIn("warning", done.stderr)

    def test_the_gate_judges_the_report_of_the_check(self):
        if not self.has_command("gate"):
            self.skipTest("this tool has no gate")
        for scenario, status in [("healthy", 0), ("vercel-account-denied", 2)]:
            with self.subTest(scenario=scenario), simulated(scenario) as url:
                done = self.make("-j4", "sonde-check", "sonde-gate", "-k", "SONDE_MAX_AGE=1ms", base_url=url)
                self.assertEqual(done.returncode, status, done.said)
                self.assertEqual("sonde-gate] Error" in done.stderr, status != 0, done.said)
        done = self.make("sonde-gate", "SONDE_TARGETS=vercel")
        self.assertIn("sonde-gate needs SONDE_PROFILE", done.stderr)

    def test_the_gate_can_ask_by_itself(self):
        if not self.has_command("gate"):
            self.skipTest("this tool has no gate")
        with simulated("healthy") as url:
            done = self.make("sonde-gate", "SONDE_GATE_FROM=", base_url=url)
        self.assertEqual(done.returncode, 0, done.said)
        self.assertFalse((self.folder / ".sonde/report.json").exists())

    def test_a_failure_has_its_page(self):
        if not self.has_command("evidence"):
            self.skipTest("this tool writes no page")
        with simulated("vercel-account-denied") as url:
            done = self.make("sonde-evidence", base_url=url)
        self.assertEqual(done.returncode, 0, done.said)
        page = (self.folder / ".sonde/evidence.md").read_text()
        self.assertIn("account", page)
        self.assertNotIn(KEY, page)

    def test_the_example_deploys_only_what_works(self):
        if not self.has_command("gate"):
            self.skipTest("this tool has no gate")
        for scenario, deployed in [("healthy", True), ("vercel-no-credit", False)]:
            with self.subTest(scenario=scenario), simulated(scenario) as url:
                shutil.copytree(EXAMPLES / "make", self.folder, dirs_exist_ok=True)
                done = self.make("-j2", "deploy", "SONDE_MAX_AGE=1ms", base_url=url, makefile=(EXAMPLES / "make/Makefile").read_text())
                self.assertEqual("deployed" in done.stdout, deployed, done.said)
                self.assertEqual(done.returncode, 0 if deployed else 2)


if __name__ == "__main__":
    if not TOOL.exists():
        sys.exit("there is no built tool; run 'make'")
    unittest.main()
