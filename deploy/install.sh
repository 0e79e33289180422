#!/bin/sh
# Sets the product up on a bare Debian 12 machine, or brings an older one up to this version.
#
#   sudo TRIAGE_HOST=triage.example.org sh deploy/install.sh
#
# Run it from a checkout, as root. It asks nothing, and may be run again: an upgrade is the same
# command from a newer checkout. It backs the database up before it touches it, and keeps the
# settings, the keys and the certificate that are there. docs/operations.md says more.
set -eu
umask 022
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

SOURCE=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
ROOT=/opt/triage
ETC=/etc/triage
VAR=/var/lib/triage
BACKUPS=/var/backups/triage
RELEASE=$ROOT/releases/$(date -u +%Y%m%dT%H%M%SZ)
SERVICES="triage-web.service triage-timer.service"
TIMERS="triage-backup.timer triage-verify-audit.timer triage-clear-sessions.timer"
KEPT_RELEASES=3
MANAGE=/usr/local/sbin/triage-manage
STEP="before the version that runs was touched"

say() { printf '\n== %s\n' "$1"; }

# Whether systemd runs this machine: in a container or a chroot it does not.
has_systemd() { [ -d /run/systemd/system ]; }

on_exit() {
    status=$?
    [ "$status" -eq 0 ] && return
    printf '\nFAILED, %s. See docs/operations.md, "When an upgrade fails".\n' "$STEP" >&2
}

refuse_unfit() {
    [ "$(id -u)" -eq 0 ] || { echo "Run this as root." >&2; exit 1; }
    if [ -z "${TRIAGE_HOST:-}" ] && [ -f "$ETC/triage.env" ]; then
        TRIAGE_HOST=$(sed -n 's/^ALLOWED_HOSTS=\([^,]*\).*/\1/p' "$ETC/triage.env")
    fi
    case ${TRIAGE_HOST:-} in
        '' | *[!a-z0-9.-]*)
            echo "Set TRIAGE_HOST to the name that people will use, such as triage.example.org." >&2
            exit 1
            ;;
    esac
}

install_packages() {
    say "Debian packages"
    apt-get update -q
    apt-get install -q -y --no-install-recommends \
        ca-certificates curl make nginx openssl postgresql python3 python3-pip
}

make_user() {
    say "The service's user and its folders"
    id triage >/dev/null 2>&1 ||
        useradd --system --user-group --home-dir "$VAR" --no-create-home --shell /usr/sbin/nologin triage
    install -d -m 0755 "$ROOT" "$ROOT/releases" /var/www/triage-acme
    install -d -m 0700 -o triage -g triage "$VAR" "$BACKUPS"
    install -d -m 0750 -o root -g triage "$ETC"
    install -d -m 0700 "$ETC/tls"
}

make_key() {
    [ -s "$ETC/$1" ] && return
    (umask 027 && python3 -c 'import secrets; print(secrets.token_urlsafe(50))' >"$ETC/$1.new")
    chgrp triage "$ETC/$1.new"
    mv "$ETC/$1.new" "$ETC/$1"
}

make_settings() {
    say "Settings and keys, in $ETC"
    make_key secret-key
    make_key mfa-key
    if [ ! -f "$ETC/triage.env" ]; then
        (umask 077 && sed "s/__HOST__/$TRIAGE_HOST/g" "$SOURCE/deploy/triage.env" >"$ETC/triage.env.new")
        mv "$ETC/triage.env.new" "$ETC/triage.env"
    fi
    chmod 0600 "$ETC/triage.env"
    if [ ! -s "$ETC/tls/fullchain.pem" ]; then
        # So that nginx can start. Browsers warn of it until the real one is there.
        (umask 077 && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
            -days 30 -subj "/CN=$TRIAGE_HOST" -addext "subjectAltName=DNS:$TRIAGE_HOST" \
            -keyout "$ETC/tls/privkey.pem" -out "$ETC/tls/fullchain.pem" 2>/dev/null)
    fi
}

# The new version beside the old, which goes on serving.
build_release() {
    say "The program, in $RELEASE"
    mkdir "$RELEASE"
    tar -C "$SOURCE" --exclude=./.git --exclude=./.venv --exclude=./node_modules --exclude=./var \
        --exclude=./static/build --exclude=./tests --exclude='./.*_cache' --exclude=__pycache__ \
        -cf - . | tar -C "$RELEASE" --no-same-owner -xf -
    make -C "$RELEASE" setup
    rm -rf "$RELEASE/node_modules"
    "$RELEASE/.venv/bin/python" -m compileall -q "$RELEASE" >/dev/null || true
    chmod -R go-w "$RELEASE"
    install -m 0755 "$RELEASE/deploy/triage-manage" "$MANAGE"
}

make_database() {
    grep -q '^DATABASE_URL=.*postgresql' "$ETC/triage.env" || return 0
    say "PostgreSQL"
    service postgresql start
    runuser -u postgres -- psql -X -q -v ON_ERROR_STOP=1 -d postgres <"$SOURCE/deploy/postgresql/triage.sql"
}

with_release() { TRIAGE_CODE=$RELEASE "$MANAGE" "$@"; }

back_up_first() {
    [ -e "$ROOT/current" ] || return 0
    say "A backup, before anything of the database is changed"
    "$MANAGE" backup
    STEP="after the services were stopped; the old version is in $(readlink "$ROOT/current")"
    if has_systemd; then
        # shellcheck disable=SC2086
        systemctl stop $SERVICES $TIMERS
    fi
}

prepare_database() {
    say "Tables, guidance and static files"
    with_release migrate --no-input --verbosity=0
    with_release load_guidance
    with_release collectstatic --no-input --verbosity=0
    with_release check --deploy --database default
}

switch_over() {
    ln -s "$RELEASE" "$ROOT/current.new"
    mv -T "$ROOT/current.new" "$ROOT/current"
    STEP="after the new version was put in place"
    # shellcheck disable=SC2012
    ls -1d "$ROOT"/releases/* | head -n "-$KEPT_RELEASES" | while read -r old; do rm -rf "$old"; done
}

install_units() {
    say "systemd"
    install -d /etc/systemd/system/triage-.service.d
    install -m 0644 "$RELEASE"/deploy/systemd/triage-*.service "$RELEASE"/deploy/systemd/triage-*.socket \
        "$RELEASE"/deploy/systemd/triage-*.timer /etc/systemd/system/
    install -m 0644 "$RELEASE/deploy/systemd/triage-.service.d/sandbox.conf" /etc/systemd/system/triage-.service.d/
    if has_systemd; then
        systemctl daemon-reload
        # shellcheck disable=SC2086
        systemctl enable -q --now triage-web.socket $SERVICES $TIMERS
    else
        echo "systemd does not run here: the units are in place, and nothing was started."
    fi
}

install_nginx() {
    say "nginx"
    sed "s/__HOST__/$TRIAGE_HOST/g" "$RELEASE/deploy/nginx/triage.conf" >/etc/nginx/sites-available/triage.conf
    ln -sf ../sites-available/triage.conf /etc/nginx/sites-enabled/triage.conf
    # Debian's own page would answer for hosts that are not ours.
    rm -f /etc/nginx/sites-enabled/default
    nginx -t -q
    if has_systemd; then
        systemctl reload-or-restart nginx
    fi
}

tell() {
    cat <<END

Done: https://$TRIAGE_HOST/

What is left for you to do:
  1. The certificate: put it into $ETC/tls/fullchain.pem and its key into $ETC/tls/privkey.pem,
     then: systemctl reload nginx
  2. Mail: fill in EMAIL_HOST and what follows it in $ETC/triage.env,
     then: systemctl restart triage-web triage-timer
  3. The first operator, once; it prints a link that lets them in:
     triage-manage make_operator you@example.org 'Your Name'
  4. Take copies of $BACKUPS, encrypted, and of $ETC to another place: docs/operations.md says how.
END
}

trap on_exit EXIT
refuse_unfit
install_packages
make_user
make_settings
build_release
make_database
back_up_first
prepare_database
switch_over
install_units
install_nginx
tell
