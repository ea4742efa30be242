# Shared by the programs of this folder: `source` it. It says what is done, installs what is
# missing and fetches what is pinned; it never builds.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build_dir=$root/build
log_dir=$build_dir/log
stamp_dir=$build_dir/stamp

# The web tool chain runs on Node.js 20.19 and later of that line, 22.12 and later, and 24 upwards.
node_line_old=20
node_line_old_minor=19
node_line_new=22
node_line_new_minor=12

# shellcheck disable=SC2034  # used by the programs that source this file
build_packages=(
  g++ cmake ninja-build ccache mold pkg-config git ca-certificates
  libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev
  libssl-dev zlib1g-dev libbrotli-dev libminizip-dev libexpat1-dev libargon2-dev libpq-dev
  libcli11-dev libfmt-dev libexpected-dev libhowardhinnant-date-dev tzdata
  libpango1.0-dev fonts-noto-cjk
  libgtest-dev libgmock-dev librapidcheck-dev libxlsxwriter-dev
)

# shellcheck disable=SC2034
fuzz_packages=(clang libclang-rt-dev)

heading() { printf '\n== %s\n' "$*"; }
say() { printf '   %s\n' "$*"; }
fail() {
  printf '\n!! %s\n' "$1" >&2
  shift
  (($# == 0)) || printf '   %s\n' "$@" >&2
  exit 1
}

# usage FILE: the comment at the top of a program is its help.
usage() { sed -n '2,/^$/s/^# \{0,1\}//p' "$1"; }

# Debian's Node.js and npm are asked for only where there is no npm of another origin.
command -v npm >/dev/null || [[ -x $build_dir/tools/bin/npm ]] || build_packages+=(nodejs npm)

is_installed() {
  [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# require_packages PURPOSE package...: installs the Debian packages that are missing, or says
# which ones a plain user has to ask for.
require_packages() {
  local purpose=$1 package
  local -a missing=()
  shift
  if ! command -v dpkg-query >/dev/null; then
    say "this is not Debian: taking for granted what $purpose needs ($*)"
    return
  fi
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  ((${#missing[@]} == 0)) && return
  if ((EUID != 0)); then
    fail "$purpose needs Debian packages that are not installed. As root, run:" \
      "apt-get install ${missing[*]}" "and then this program again."
  fi
  heading "Installing ${#missing[@]} Debian packages for $purpose"
  say "${missing[*]}"
  install_packages "${missing[@]}"
}

install_packages() {
  local plan removed package_count
  local -a options=(--yes --no-install-recommends -o Dpkg::Use-Pty=0 -o APT::Color=0)
  export DEBIAN_FRONTEND=noninteractive
  mkdir -p "$log_dir"
  if ! plan=$(apt-get install --simulate "${options[@]}" "$@" 2>&1); then
    say 'refreshing the package lists'
    apt-get update --quiet=2 || fail 'apt-get update failed (its words stand above).'
    plan=$(apt-get install --simulate "${options[@]}" "$@" 2>&1) ||
      fail 'apt cannot install them:' "$plan"
  fi
  removed=$(sed -n 's/^Remv \([^ ]*\).*/\1/p' <<<"$plan" | tr '\n' ' ')
  if [[ -n $removed ]]; then
    say "apt will remove: $removed"
    say 'because they conflict with a package named above. Boost 1.81 and the older Boost of'
    say 'libboost-dev cannot be installed together, and what needs that one goes with it.'
  fi
  package_count=$(grep -c '^Inst ' <<<"$plan" || true)
  # The package lists may be older than the archive: one refresh, then once more.
  apt_install "${options[@]}" "$@" && return
  say 'refreshing the package lists and trying once more'
  apt-get update --quiet=2 || fail 'apt-get update failed (its words stand above).'
  apt_install "${options[@]}" "$@" || fail "apt-get install failed; see $log_dir/apt.log"
}

# Shows how far apt is, instead of its own four lines a package.
apt_install() {
  apt-get install "$@" 2>&1 | tee -a "$log_dir/apt.log" |
    awk -v total="$package_count" '
      /^Need to get/ { print "   download: " $4 " " $5; fflush() }
      /^Setting up/ { if (++done % 20 == 0) { print "   " done " of " total; fflush() } }
      /^[EW]: / { print "   " $0; fflush() }'
  return "${PIPESTATUS[0]}"
}

node_is_usable() {
  local version major minor
  version=$(node --version 2>/dev/null) || return 1
  IFS=. read -r major minor _ <<<"${version#v}"
  ((major == node_line_old && minor >= node_line_old_minor)) ||
    ((major == node_line_new && minor >= node_line_new_minor)) ||
    ((major > node_line_new + 1))
}

# Puts a Node.js and an npm that the web build can use on PATH. Debian 12 has Node.js 18: enough
# to fetch the pinned one from the npm registry, which then does the work.
require_node() {
  local tools=$build_dir/tools machine
  if [[ -x $tools/bin/node ]]; then
    PATH=$tools/bin:$PATH
  elif ! node_is_usable || ! command -v npm >/dev/null; then
    command -v npm >/dev/null || fail 'npm is needed to fetch Node.js; install it first.'
    case $(uname -m) in
      x86_64) machine=x64 ;;
      aarch64) machine=arm64 ;;
      *) fail "Node.js $node_line_old.$node_line_old_minor or later is needed; install it first." ;;
    esac
    heading "Fetching Node.js (here is $(node --version), too old for the web build)"
    fetch_npm "node-linux-$machine" "$tools/node"
    fetch_npm npm "$tools/npm"
    mkdir -p "$tools/bin"
    ln -sf ../node/bin/node "$tools/bin/node"
    ln -sf ../npm/bin/npm-cli.js "$tools/bin/npm"
    ln -sf ../npm/bin/npx-cli.js "$tools/bin/npx"
    chmod +x "$tools/node/bin/node" "$tools/npm/bin/npm-cli.js" "$tools/npm/bin/npx-cli.js"
    PATH=$tools/bin:$PATH
  fi
  export PATH
  hash -r
  node_is_usable || fail "$(command -v node) is $(node --version): not one the web build can use."
}

# fetch_npm NAME FOLDER: unpacks the version of script/vendor.lock there, its integrity checked.
# Nothing is fetched when that version is there already.
fetch_npm() {
  local name=$1 folder=$2 version='' integrity='' found_name work archive actual
  while read -r found_name version integrity; do
    [[ $found_name == "$name" ]] && break
  done < <(grep -v '^#' "$root/script/vendor.lock")
  [[ $found_name == "$name" ]] || fail "script/vendor.lock has no line for $name."
  [[ -f $folder/.version && $(<"$folder/.version") == "$version $integrity" ]] && return
  say "$name $version"
  mkdir -p "$build_dir"
  work=$(mktemp -d "$build_dir/fetch.XXXXXX")
  archive=$(cd "$work" && npm pack --silent --ignore-scripts "$name@$version") ||
    { rm -rf "$work"; fail "npm could not fetch $name $version."; }
  archive=$work/${archive##*$'\n'}
  actual=sha512-$(file_integrity "$archive")
  if [[ $actual != "$integrity" ]]; then
    rm -rf "$work"
    fail "what npm fetched as $name $version is not the pinned archive." \
      "expected $integrity" "found    $actual"
  fi
  tar -xzf "$archive" -C "$work" --no-same-owner
  rm -rf "$folder"
  mkdir -p "$(dirname "$folder")"
  mv "$work/package" "$folder"
  printf '%s %s\n' "$version" "$integrity" >"$folder/.version"
  rm -rf "$work"
}

# The SHA-512 of a file in base64, as npm writes it.
file_integrity() {
  printf '%b' "$(sha512sum "$1" | cut -d ' ' -f 1 | sed 's/../\\x&/g')" | base64 --wrap=0
}

# content_stamp path...: one hash over the names and contents of all files below the paths.
content_stamp() {
  (cd "$root" && find "$@" -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -print0 |
    LC_ALL=C sort -z | xargs -0 -r sha256sum | sha256sum | cut -d ' ' -f 1)
}

# stamp_is NAME VALUE: whether the last successful step NAME was for VALUE.
stamp_is() { [[ -f $stamp_dir/$1 && $(<"$stamp_dir/$1") == "$2" ]]; }
set_stamp() {
  mkdir -p "$stamp_dir"
  printf '%s\n' "$2" >"$stamp_dir/$1"
}

# Installs what tests/journeys needs beside a Chromium, unless it is there.
journey_packages() {
  local lock
  lock=$(content_stamp tests/journeys/package-lock.json)
  if [[ ! -d $root/tests/journeys/node_modules ]] || ! stamp_is journey-packages "$lock"; then
    (cd "$root/tests/journeys" && npm ci --no-audit --no-fund --loglevel=error)
    set_stamp journey-packages "$lock"
  fi
}

# seconds_since START (of SECONDS), as "1 min 5 s".
seconds_since() {
  local passed=$((SECONDS - $1))
  if ((passed < 60)); then printf '%d s' "$passed"; else printf '%d min %d s' $((passed / 60)) $((passed % 60)); fi
}

# fuzz_for SECONDS: builds the fuzz targets and runs each for so long, from its seeds in
# tests/fuzz/corpus and what earlier runs have found. What ends a target is left in
# build/fuzz/found; giving the target that file as its argument repeats it.
fuzz_for() {
  local seconds=$1 source name pid names=() broken=()
  "$root/script/build" --preset fuzz --no-web
  mkdir -p "$build_dir/fuzz/found"
  for source in "$root"/tests/fuzz/*_fuzz.cpp; do names+=("$(basename "$source" _fuzz.cpp)"); done
  while ((${#names[@]})); do
    local -A running=()
    for name in "${names[@]:0:$(nproc)}"; do
      fuzz_one "$name" "$seconds" &
      running[$name]=$!
    done
    names=("${names[@]:$(nproc)}")
    for name in "${!running[@]}"; do
      pid=${running[$name]}
      if wait "$pid"; then
        say "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log_dir/fuzz-$name.log") inputs"
      else
        tail -n 40 "$log_dir/fuzz-$name.log" >&2
        broken+=("$name")
      fi
    done
  done
  ((${#broken[@]} == 0)) || fail "found something: ${broken[*]} (in build/fuzz/found)"
}

fuzz_one() {
  local name=$1 seconds=$2 fuzzers=$build_dir/fuzz
  local -a options=(-max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1)
  if [[ -f $root/tests/fuzz/$name.dict ]]; then
    options+=(-dict="$root/tests/fuzz/$name.dict")
  fi
  mkdir -p "$fuzzers/corpus/$name"
  "$fuzzers/${name}_fuzz" "${options[@]}" -artifact_prefix="$fuzzers/found/$name-" \
    "$fuzzers/corpus/$name" "$root/tests/fuzz/corpus/$name" >"$log_dir/fuzz-$name.log" 2>&1
}

# run_apart command...: runs it in a shell of its own that stops at its first failure, and leaves
# its status in `apart_status`. Never call it in a condition: there bash would not stop.
run_apart() {
  set +e
  (set -e; "$@")
  # shellcheck disable=SC2034  # for the caller
  apart_status=$?
  set -e
}
