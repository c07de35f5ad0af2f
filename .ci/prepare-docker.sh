#!/usr/bin/env bash
# Makes Docker usable on a fresh Debian machine where no registry of images can be reached:
# starts dockerd if none answers, and makes the base image of every Dockerfile here with debootstrap.
# Installs nothing (apt-get install docker.io debootstrap iptables does). Safe to run again: what is there stays.
set -euo pipefail

readonly IMAGE=debian:bookworm-slim
# What servers/iis-model/Dockerfile runs on: this machine's own Node on that base, where no registry has one.
readonly NODE_IMAGE=countersign-node:local
readonly SUITE=bookworm
LOG_DIRECTORY=${COUNTERSIGN_LOG_DIRECTORY:-$(dirname "$(mktemp --dry-run)")}
readonly LOG_DIRECTORY
readonly DOCKERD_LOG=$LOG_DIRECTORY/countersign-dockerd.log
readonly DEBOOTSTRAP_LOG=$LOG_DIRECTORY/countersign-debootstrap.log
readonly START_SECONDS=60

say() { printf 'prepare-docker: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
need() { command -v "$1" >/dev/null || fail "$1 was not found; install it: apt-get install $2"; }
engine_answers() { docker info >/dev/null 2>&1; }

# dockerd and debootstrap live in sbin, which is not on everyone's PATH.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

start_engine() {
  need dockerd docker.io
  need iptables iptables
  [ "$(id -u)" = 0 ] || fail 'no Docker engine answers, and starting dockerd needs root'
  # One that is just starting is waited for. Its own session: the engine outlives this script and the terminal.
  if ! pgrep -x dockerd >/dev/null; then
    setsid dockerd >"$DOCKERD_LOG" 2>&1 </dev/null &
  fi
  local waited=0
  until engine_answers; do
    [ "$waited" -lt "$START_SECONDS" ] || fail "dockerd did not answer within $START_SECONDS s, see $DOCKERD_LOG"
    sleep 1
    waited=$((waited + 1))
    pgrep -x dockerd >/dev/null || fail "dockerd ended: $(tail -n 3 "$DOCKERD_LOG")"
  done
  say "started dockerd, log in $DOCKERD_LOG"
}

# The mirror is whichever this machine's own apt uses, in either format of its sources.
mirror() {
  apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    awk -v suite="$SUITE" '$1 == suite && $2 == "main" && !found { print $3; found = 1 }'
}

make_base_image() {
  need debootstrap debootstrap
  [ "$(id -u)" = 0 ] || fail "making $IMAGE needs root"
  local uri root
  uri=$(mirror)
  [ -n "$uri" ] || fail "apt has no lists of $SUITE main; run apt-get update"
  root=$(mktemp -d)
  # shellcheck disable=SC2064 # the path of now is meant
  trap "rm -rf --one-file-system '$root'" EXIT
  say "making $IMAGE with debootstrap"
  debootstrap --variant=minbase "$SUITE" "$root" "$uri" >"$DEBOOTSTRAP_LOG" 2>&1 ||
    fail "debootstrap failed, see $DEBOOTSTRAP_LOG: $(tail -n 3 "$DEBOOTSTRAP_LOG")"
  rm -rf "$root"/var/cache/apt/archives/*.deb
  tar -C "$root" -c . | docker import --change 'CMD ["bash"]' - "$IMAGE" >/dev/null
}

# The node program needs the C++ library, which apt has brought into the base.
make_node_image() {
  local context
  context=$(mktemp -d)
  # shellcheck disable=SC2064 # the path of now is meant
  trap "rm -rf '$context'" EXIT
  say "making $NODE_IMAGE of $(node --version)"
  cp "$(readlink -f "$(command -v node)")" "$context/node"
  printf 'FROM %s\nCOPY node /usr/local/bin/node\nRUN node --version\n' "$IMAGE" >"$context/Dockerfile"
  docker build --quiet --tag "$NODE_IMAGE" "$context" >/dev/null
}

need docker docker.io
need node nodejs
engine_answers || start_engine
docker image inspect "$IMAGE" >/dev/null 2>&1 || make_base_image
docker image inspect "$NODE_IMAGE" >/dev/null 2>&1 || make_node_image
say "$IMAGE and $NODE_IMAGE are there, engine $(docker version --format '{{.Server.Version}}')"
