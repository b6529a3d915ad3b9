"""All tests with servers: `python tests/servers/run.py`. `DOSSIER_BIN` names the program.

The servers stand side by side, each in a process with its tests. Nothing leaves 127.0.0.1; all lies in folders that are removed.
The last line counts.
"""

import concurrent.futures
import io
import sys
import time
import unittest

import test_guide
import test_publish
import test_seals

# The longest first.
TESTS = {
    "WebDav": test_publish.WebDav,
    "Sftp": test_publish.Sftp,
    "Moto": test_publish.Moto,
    "Azure": test_publish.Azure,
    "Google": test_publish.Google,
    "Caseless": test_publish.Caseless,
    "Rclone": test_publish.Rclone,
    "BuildServers": test_guide.BuildServers,
    "Nginx": test_guide.Nginx,
    "Caddy": test_guide.Caddy,
    "Seals": test_seals.Seals,
}


class Timed(unittest.TextTestResult):
    def startTest(self, test):
        self.started = time.monotonic()
        super().startTest(test)

    def getDescription(self, test):
        # What fails before the tests of a class is none of them.
        name = getattr(test, "_testMethodName", str(test))
        return f"{type(test).__name__}: {name.removeprefix('test_').replace('_', ' ')}"

    def stopTest(self, test):
        super().stopTest(test)
        self.stream.writeln(f"  {time.monotonic() - self.started:.1f} s")


def run(name):
    """Runs the tests of a class: how many passed, how many failed, and what there is to read."""
    told = io.StringIO()
    tests = unittest.defaultTestLoader.loadTestsFromTestCase(TESTS[name])
    result = unittest.TextTestRunner(stream=told, verbosity=2, resultclass=Timed).run(tests)
    failed = len(result.failures) + len(result.errors)
    return result.testsRun - failed - len(result.skipped), failed, told.getvalue()


def main():
    passed = failed = 0
    with concurrent.futures.ProcessPoolExecutor(4) as pool:
        for done in concurrent.futures.as_completed([pool.submit(run, name) for name in TESTS]):
            more_passed, more_failed, told = done.result()
            print(told)
            passed, failed = passed + more_passed, failed + more_failed
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
