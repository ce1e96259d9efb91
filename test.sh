#!/usr/bin/env bash
# Installs what the tests need where it is missing, then runs them all. The last line is 'N passed, N failed'.
#   ./test.sh                       everything
#   ./test.sh --filter EXPRESSION   some of it (a filter of `dotnet test`)
#   ./test.sh chaos                 processes and servers killed, frozen and starved, in full, with a table of what was found
set -uo pipefail
cd "$(dirname "$0")" || exit 1

need() {
  command -v "$1" > /dev/null && return
  if ! command -v apt-get > /dev/null; then
    echo "The tests need '$1'. Install it (Debian's package is '$2') and run this again." >&2
    exit 1
  fi
  local root=""
  [ "$(id -u)" = 0 ] || root=sudo
  [ -n "${apt_updated:-}" ] || { $root apt-get update -qq && apt_updated=1; }
  DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends "${@:2}" > /dev/null || {
    echo "Could not install $2." >&2
    exit 1
  }
}
need redis-server redis-server
need chromium chromium fonts-dejavu-core

# With this set, a test whose server is absent fails instead of being skipped.
export LIBRARYPORTAL_REQUIRE_SERVERS=1
export DOTNET_CLI_TELEMETRY_OPTOUT=1

chaos=
if [ "${1:-}" = chaos ]; then
  shift
  chaos=1
  LIBRARYPORTAL_CHAOS_TABLE=$(mktemp)
  export LIBRARYPORTAL_CHAOS=full LIBRARYPORTAL_CHAOS_TABLE
  # One scenario after the other, so that each has the machine to itself.
  set -- --filter Category=Chaos "$@" -- xUnit.MaxParallelThreads=1
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
dotnet test LibraryPortal.sln --logger "trx;LogFilePrefix=run" --logger "console;verbosity=minimal" --results-directory "$results" "$@"
status=$?

passed=0 failed=0 skipped=0
for file in "$results"/*.trx; do
  [ -e "$file" ] || continue
  counters=$(grep -o '<Counters [^>]*>' "$file")
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<< "$counters"; }
  passed=$((passed + $(count passed)))
  failed=$((failed + $(count failed)))
  skipped=$((skipped + $(count total) - $(count executed)))
done
# A run that broke before it could count is a failure too.
[ "$status" -ne 0 ] && [ "$failed" -eq 0 ] && failed=1
[ "$passed" -eq 0 ] && [ "$failed" -eq 0 ] && failed=1

if [ -n "$chaos" ]; then
  echo "| what happened | store | jobs | lost | outcomes | in the history | ran again | of these, worker alive | recovered, p99 | resumed after |"
  echo "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
  sort "$LIBRARYPORTAL_CHAOS_TABLE"
  rm -f "$LIBRARYPORTAL_CHAOS_TABLE"
  echo
fi

[ "$skipped" -eq 0 ] || echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
