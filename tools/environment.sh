#!/bin/sh
# Make .venv hold what a requirements file says: sh tools/environment.sh requirements.txt
# Does nothing, and needs no network, when that was done before. May be killed at any moment and run again.
set -eu

requirements=$1
python=${PYTHON:-python3}
needs="Học Số needs Python 3.11 or newer with its venv module"

stop() {
    printf '%s\n' "$1" >&2
    exit 1
}

refuse_unfit_python() {
    command -v "$python" >/dev/null 2>&1 ||
        stop "$needs; there is no $python. On Debian or Ubuntu: apt-get install python3 python3-venv"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        stop "$needs; $python is $("$python" -V 2>&1). Install a newer one and name it, for instance: make run PYTHON=python3.11"
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        stop "$needs; venv is missing. On Debian or Ubuntu: apt-get install python3-venv"
}

stamp_of() {
    "$1" -c '
import hashlib, sys
body = open(sys.argv[1], "rb").read()
print(hashlib.sha256(body + sys.version.encode()).hexdigest()[:24])' "$2" 2>/dev/null
}

if stamp=$(stamp_of .venv/bin/python "$requirements") && [ -e ".venv/.installed-$stamp" ]; then
    exit 0
fi

refuse_unfit_python
printf 'Installing %s into .venv (once; about half a minute) …\n' "$requirements"
# A start that was killed half-way leaves the mark, and the next one begins anew.
if [ -e .venv/.installing ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    "$python" -m venv --clear .venv
fi
: >.venv/.installing
.venv/bin/python -m pip install --quiet --no-compile --disable-pip-version-check --require-hashes --requirement "$requirements" ||
    {
        rm .venv/.installing
        stop "Installing failed; the lines above say why. Is the network there? Then run the same command again."
    }
: >".venv/.installed-$(stamp_of .venv/bin/python "$requirements")"
rm .venv/.installing
