# Sourced by ./run and ./test: a private environment in .venv, made on first use and again when a lock changes.
# Needs python3 (3.11 or newer). Nothing outside this folder is touched, except Debian packages that ./test may add.

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
venv="$here/.venv"

say() { printf '%s\n' "$*" >&2; }
die() { say "niggle: $*"; exit 1; }

find_python() {
    for candidate in "${NIGGLE_PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
        [ -n "$candidate" ] || continue
        command -v "$candidate" >/dev/null 2>&1 || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s' "$candidate"
            return 0
        fi
    done
    return 1
}

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

# apt_install PACKAGE...: quietly, only as root on Debian; says what it did not do
apt_install() {
    may_install || return 1
    say "niggle: installing $* (Debian)"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 && return 0
    apt-get update -qq >/dev/null 2>&1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

make_venv() {
    python=$(find_python) || die "Python 3.11 or newer is needed; none was found on the PATH (or set NIGGLE_PYTHON)."
    "$python" -m venv "$venv" >/dev/null 2>&1 && return 0
    # Debian's python3 comes without the part that makes environments
    rm -rf "$venv"
    apt_install python3-venv && "$python" -m venv "$venv" && return 0
    die "$python cannot make a virtual environment; on Debian or Ubuntu: apt install python3-venv"
}

# prepare LOCK: install what the lock names, by hash, unless that was already done
prepare() {
    lock="$here/$1"
    stamp="$venv/.ready-$1"
    wanted=$(cat "$lock" "$here/pyproject.toml" | cksum)
    if [ -x "$venv/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
        return 0
    fi
    say "niggle: preparing (first use, about a minute) ..."
    [ -x "$venv/bin/python" ] || make_venv
    "$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r "$lock" >&2 ||
        die "the packages could not be installed; is there a connection to a Python package index?"
    "$venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e "$here" >&2 ||
        die "niggle itself could not be installed into $venv"
    printf '%s' "$wanted" >"$stamp"
}
