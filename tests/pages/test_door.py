"""What the real server answers to strangers and to odd requests."""

import shutil
import socket
import subprocess
import sys

import pytest

from tests.server import REPOSITORY, running

PATHS = [
    "/",
    "/department",
    "/a/b/c",
    "/account/sign-in",
    "/account/language/en",
    "/account/language/tlh",
    "/account/sign-out",
    "/healthz",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/_stcore/agent/openapi.json",
    "/_stcore/stream",
    "/media/x.csv",
    "/export/x.y",
    "/assets/000/shell.css",
    "/static/js/none.js",
    "/static/..%2f..%2fetc/passwd",
    "/favicon.png",
    "/component/x/index.html",
    "/oauth2callback",
]
EXPECTED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
}


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("login", [None, "management"])
def test_every_answer_carries_the_headers(path, method, login, request):
    client = request.getfixturevalue("stranger" if login is None else "manager")
    answer = client.request(method, path)
    assert EXPECTED.items() <= dict(answer.headers).items()
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"]


def test_scripts_come_only_from_here_and_none_is_evaluated(stranger):
    policy = stranger.get("/account/sign-in").headers["content-security-policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["script-src"] == "'self'"
    assert rules["default-src"] == "'none'"


@pytest.mark.parametrize(
    "path", ["/", "/account", "/healthz", "/account/sign-in", "/_stcore/health"]
)
def test_nothing_personal_is_kept_by_the_browser(manager, path):
    assert manager.get(path).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
        "/_stcore/script-health-check",
    ],
)
def test_metrics_and_agent_endpoints_are_shut_to_everybody(stranger, manager, path):
    assert stranger.get(path).status_code == 404
    assert manager.get(path).status_code == 404
    assert manager.post(path, json={}).status_code == 404


@pytest.mark.parametrize(
    "path", ["/_stcore/host-config", "/_stcore/stream", "/department/_stcore/host-config"]
)
def test_streamlits_own_addresses_need_a_session(stranger, path):
    assert stranger.get(path).status_code == 401


@pytest.mark.parametrize("path", ["/media/x.csv", "/export/x.y", "/component/a/b"])
def test_files_need_a_session(stranger, path):
    assert stranger.get(path).status_code == 303


def test_an_upload_needs_a_session(stranger):
    assert stranger.put("/_stcore/upload_file/a/b").status_code == 401


def test_health_is_open_and_says_nothing_more(stranger):
    assert stranger.get("/healthz").json() == {"status": "ok"}
    assert stranger.get("/_stcore/health").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_other_host_names_are_refused(stranger, host):
    assert stranger.get("/account/sign-in", headers={"host": host}).status_code == 400


def test_an_asset_is_found_only_under_its_hash(stranger):
    page = stranger.get("/account/sign-in").text
    found = page.split('href="/assets/', 1)[1].split('"', 1)[0]
    assert stranger.get(f"/assets/{found}").status_code == 200
    assert "immutable" in stranger.get(f"/assets/{found}").headers["cache-control"]
    assert stranger.get(f"/assets/000000000000/{found.split('/')[1]}").status_code == 404
    assert stranger.get("/assets/000000000000/..%2f..%2fsession.py").status_code == 400


def test_a_socket_without_a_session_is_refused(plain_server):
    assert handshake(plain_server) == 403


def test_a_socket_with_a_session_is_let_in(plain_server):
    with plain_server.client("management") as client:
        assert handshake(plain_server, client.cookies["heng_session"]) == 101


def test_a_socket_of_another_site_is_refused_even_with_the_cookie(plain_server):
    with plain_server.client("management") as client:
        token = client.cookies["heng_session"]
        assert handshake(plain_server, token, origin="https://evil.example") == 403


def test_a_socket_with_a_session_that_was_ended_is_refused(plain_server):
    with plain_server.client("management") as client:
        token = client.cookies["heng_session"]
        client.post("/account/sign-out")
    assert handshake(plain_server, token) == 403


def test_a_socket_by_another_host_name_is_refused(plain_server):
    with plain_server.client("management") as client:
        token = client.cookies["heng_session"]
        assert handshake(plain_server, token, host="evil.example") == 403


def test_streamlit_run_serves_the_same_door(accounts_home, tmp_path):
    shutil.copytree(accounts_home, tmp_path / "home")
    with running(tmp_path / "home", by_streamlit=True) as server, server.client() as client:
        assert client.get("/department").status_code == 303
        assert client.get("/_stcore/metrics").status_code == 404
        assert server.address in server.log.read_text()


def test_the_start_says_the_address_and_the_sample_sign_ins(plain_server):
    said = plain_server.log.read_text()
    assert plain_server.address in said
    assert all(f"sample-{login}" in said for login in ("management", "sales-head", "employee"))


def test_a_second_process_is_told_why_it_cannot_start(plain_server):
    second = subprocess.run(
        [sys.executable, "app.py", "--home", str(plain_server.home), "--port", "0"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert second.returncode == 1
    assert "in use by another process" in second.stderr
    assert "Traceback" not in second.stderr


@pytest.fixture
def stranger(plain_server):
    with plain_server.client() as client:
        yield client


@pytest.fixture(scope="session")
def manager(plain_server):
    with plain_server.client("management") as client:
        yield client


def handshake(server, token=None, *, origin=None, host=None):
    """Ask for the socket as a browser does; the status that comes back, 101 where it opens."""
    asked = [
        "GET /_stcore/stream HTTP/1.1",
        f"Host: {host or server.host}",
        f"Origin: {origin or server.address}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        "Sec-WebSocket-Protocol: streamlit",
        *([f"Cookie: heng_session={token}"] if token else []),
    ]
    name, port = server.host.split(":")
    with socket.create_connection((name, int(port)), timeout=10) as line:
        line.sendall("\r\n".join([*asked, "", ""]).encode())
        return int(line.recv(64).split()[1])
