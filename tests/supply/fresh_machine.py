"""`make fresh`: what `make run` and `make test` do on a machine that has nothing of ours, timed.

A bare Debian is made by debootstrap in a temporary folder, and the last commit is cloned into it.
Everything runs in namespaces of its own: when they end, the kernel unmounts what was mounted and
kills what was left, whatever happened. Network and devices are this machine's. Where that is not
permitted, the clone runs with an empty home and a PATH of system programs alone.

Only Python's own library is used. Where packages come from is read from this machine's settings.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[2]
_PACKAGES: Final = ("python3", "python3-venv", "make", "ca-certificates")
_ALONE: Final = ("unshare", "--mount", "--pid", "--fork", "--mount-proc")
_NAMESPACES: Final = (*_ALONE, "--propagation=private", "--kill-child=SIGKILL")
_PATH: Final = "/usr/sbin:/usr/bin:/sbin:/bin"
_CLONE: Final = "/srv/helpdesk"
_START_LIMIT: Final = 900.0
_STOP_LIMIT: Final = 20.0
_NETWORK: Final = {
    *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"),
    *("PIP_INDEX_URL", "PIP_PROXY", "PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"),
}
_AUTHORITIES: Final = Path("/etc/ssl/certs/ca-certificates.crt")
_SOURCE: Final = "deb $(REPO_URI) $(RELEASE) main"


class FreshError(Exception):
    """A step failed; the sentence says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A place that has nothing of ours: how a command is run in it, and where the clone lies."""

    name: str
    clone: Path
    enter: tuple[str, ...]
    directory: Path | None = None

    def start(self, command: str, **options: object) -> subprocess.Popen[str]:
        """Start a command in the clone, in a process group of its own."""
        return subprocess.Popen(  # type: ignore[call-overload, no-any-return] # noqa: S603 -- our own words
            [*self.enter, "sh", "-c", command],
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            **options,
        )


@contextmanager
def bare_debian(folder: Path) -> Iterator[Machine]:
    """Make a bare Debian with a clone in it. Runs in namespaces of its own."""
    began = time.monotonic()
    sources = _apt_sources()
    _, mirror, release, *_ = sources[0].split()
    root = folder / "root"
    _run(
        "debootstrap",
        "--variant=minbase",
        f"--include={','.join(_PACKAGES)}",
        release,
        root,
        mirror,
    )
    (root / "etc/apt/sources.list").write_text("\n".join([*sources, ""]), encoding="utf-8")
    acquire = _said("apt-config", "dump", "Acquire")
    (root / "etc/apt/apt.conf.d/90this-machine").write_text(acquire, encoding="utf-8")
    shutil.copy(_AUTHORITIES, root / "etc/ssl/certs")
    shutil.copy("/etc/resolv.conf", root / "etc")
    shutil.copy("/etc/hosts", root / "etc")
    for kind, target in (("proc", "proc"), ("sysfs", "sys")):
        _run("mount", "-t", kind, kind, root / target)
    _run("mount", "--rbind", "/dev", root / "dev")
    clone = root / _CLONE.lstrip("/")
    _clone(clone)
    print(f"a bare Debian {release} is made ({time.monotonic() - began:.0f} s)", flush=True)
    inside = ("chroot", str(root), "env", "-i", f"--chdir={_CLONE}", *_environment("/root"))
    yield Machine(name=f"chroot of Debian {release}", clone=clone, enter=inside)


@contextmanager
def empty_home(folder: Path) -> Iterator[Machine]:
    """Use this system with an empty home and nothing but its own programs."""
    clone, home = folder / "helpdesk", folder / "home"
    home.mkdir()
    _clone(clone)
    inside = ("env", "-i", *_environment(str(home)))
    name = "no chroot here: an empty HOME and a PATH of the system alone"
    yield Machine(name=name, clone=clone, enter=inside, directory=clone)


def serve(machine: Machine) -> float:
    """Run `make run` until a page is read; return the seconds it took."""
    began = time.monotonic()
    service = machine.start("HELPDESK_WEB_PORT=0 exec make run", stdout=subprocess.PIPE)
    said: list[str] = []
    try:
        with _limited(service, _START_LIMIT):
            for line in service.stdout or ():
                said.append(line)
                address = ready_at(line)
                if address is not None:
                    with urllib.request.urlopen(address, timeout=10) as page:  # noqa: S310 -- our own
                        body = page.read()
                    if b"<html" not in body:
                        raise FreshError(f"{address} is no page: {body[:200]!r}")
                    return time.monotonic() - began
        raise FreshError("make run ended before it was ready:\n" + "".join(said[-40:]))
    finally:
        _stop(service)


def check(machine: Machine, log: Path) -> tuple[float, str]:
    """Run `make test`; return the seconds it took and its last line."""
    began = time.monotonic()
    with log.open("w", encoding="utf-8") as file:
        tests = machine.start("exec make test", stdout=file)
        try:
            status = tests.wait()
        finally:
            _stop(tests)
    took = time.monotonic() - began
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    if status != 0:
        raise FreshError("make test failed:\n" + "\n".join(lines[-60:]))
    return took, lines[-1].strip("= ")


def _report(machine: Machine, wanted: Sequence[str], log: Path) -> bool:
    """Do what is wanted and print it; tell whether all went well."""
    version = _said(*machine.enter, "python3", "--version").strip()
    commit = _said("git", "-C", str(_ROOT), "rev-parse", "--short", "HEAD").strip()
    lines = [f"Fresh machine: {machine.name}, {version}, {os.cpu_count()} cores, commit {commit}"]
    try:
        if "run" in wanted:
            lines.append(f"make run, first time: page read after {serve(machine):.0f} s")
            lines.append(f"make run, again: page read after {serve(machine):.1f} s")
            print("\n".join(lines[1:]), flush=True)
        if "test" in wanted:
            took, last = check(machine, log)
            lines.append(f"make test: {took:.0f} s, {last}")
    except FreshError as failed:
        print("\n".join([*lines, str(failed)]), flush=True)
        return False
    print("\n" + "\n".join(lines), flush=True)
    return True


def ready_at(line: str) -> str | None:
    """Return where pages are, if this line of the service's log says so."""
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return str(told["web"]) if isinstance(told, dict) and told.get("event") == "ready" else None


@contextmanager
def _limited(process: subprocess.Popen[str], seconds: float) -> Iterator[None]:
    def expire(*_: object) -> None:
        os.killpg(process.pid, signal.SIGKILL)

    signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _stop(process: subprocess.Popen[str]) -> None:
    """End the group this process leads."""
    for how, patience in ((signal.SIGTERM, _STOP_LIMIT), (signal.SIGKILL, None)):
        try:
            os.killpg(process.pid, how)
            process.wait(patience)
        except ProcessLookupError:
            process.wait()
            return
        except subprocess.TimeoutExpired:
            continue


def _clone(place: Path) -> None:
    _run("git", "-c", "safe.directory=*", "clone", "--quiet", "--no-hardlinks", _ROOT, place)


def _environment(home: str) -> list[str]:
    """Return the variables of a fresh machine, and by what this one reaches the registries."""
    network = {key: value for key, value in os.environ.items() if key in _NETWORK}
    index = subprocess.run(
        [sys.executable, "-m", "pip", "config", "get", "global.index-url"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    if index:
        network.setdefault("PIP_INDEX_URL", index)
    fresh: Mapping[str, str] = {"HOME": home, "PATH": _PATH, "LANG": "C.UTF-8", **network}
    return [f"{key}={value}" for key, value in fresh.items()]


def _apt_sources() -> list[str]:
    """Return where this machine takes Debian's packages from, the release itself first."""
    lines = _said(
        "apt-get", "indextargets", "--format", _SOURCE, "Created-By: Packages", "Origin: Debian"
    )
    found = dict.fromkeys(lines.splitlines())
    if not found:
        raise FreshError("apt knows no Debian mirror; run: apt-get update")
    return sorted(found, key=len)


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603


def _run(*command: str | Path) -> None:
    ended = subprocess.run(  # noqa: S603 -- our own words
        list(map(str, command)), capture_output=True, text=True, check=False
    )
    if ended.returncode != 0:
        said = (ended.stdout + ended.stderr)[-2000:]
        raise FreshError(f"{command[0]} failed: {said}")


def _may_be_alone() -> bool:
    if shutil.which("debootstrap") is None:
        return False
    try:
        tried = subprocess.run([*_NAMESPACES, "chroot", "/", "true"], check=False)  # noqa: S603
    except FileNotFoundError:
        return False
    return tried.returncode == 0


def _as_init(work: Callable[[], bool]) -> int:
    """Do the work as the first process of a machine does: whoever is orphaned ends here."""
    worker = os.fork()
    if worker == 0:
        os._exit(0 if work() else 1)
    while True:
        ended, status = os.wait()
        if ended == worker:
            return os.waitstatus_to_exitcode(status)


def _work(folder: Path, wanted: Sequence[str], log: Path, *, alone: bool) -> bool:
    try:
        with (bare_debian if alone else empty_home)(folder) as machine:
            return _report(machine, wanted, log)
    except FreshError as failed:
        print(failed, flush=True)
        return False


def _remove(folder: Path) -> None:
    for _ in range(10):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.5)
    print(f"{folder} could not be removed")


def main() -> int:
    """Make the machine, do what is asked for, and remove it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("run", "test"), help="one of the two")
    parser.add_argument("--log", type=Path, help="keep the output of make test here")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    wanted = [given.only] if given.only else ["run", "test"]
    if given.inside:
        log = given.log or given.inside / "test.log"
        return _as_init(lambda: _work(given.inside, wanted, log, alone=True))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = Path(tempfile.mkdtemp(prefix="fresh-machine-"))
    try:
        if not _may_be_alone():
            return 0 if _work(folder, wanted, given.log or folder / "test.log", alone=False) else 1
        again = [sys.executable, str(Path(__file__).resolve()), *sys.argv[1:]]
        process = subprocess.Popen([*_NAMESPACES, *again, f"--inside={folder}"])  # noqa: S603
        try:
            return process.wait()
        finally:
            # What unshare started dies with it, and everything in the namespaces with that.
            process.kill()
            process.wait()
    finally:
        _remove(folder)


if __name__ == "__main__":
    sys.exit(main())
