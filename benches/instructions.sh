#!/bin/sh
# Counts the instructions of each stage under callgrind. Unlike times, the counts
# hardly differ between runs and machines of one kind.
#
#     benches/instructions.sh          for 10 and 1,000 workloads
#     benches/instructions.sh 100      for so many
set -eu
cd "$(dirname "$0")/.."

if ! command -v valgrind >/dev/null; then
    echo "valgrind is missing" >&2
    exit 1
fi

# Valgrind finds the stages by their names, which the release profile strips.
export CARGO_PROFILE_RELEASE_STRIP=none
stages=${STAGES:-$(cargo build --release --bench stages --message-format=json |
    sed -n 's/.*"executable":"\([^"]*stages[^"]*\)".*/\1/p')}
counts=$(mktemp)
trap 'rm -f "$counts"' EXIT

for workloads in "${@:-10 1000}"; do
    for number in $workloads; do
        valgrind --quiet --tool=callgrind --callgrind-out-file="$counts" "$stages" --once "$number"
        echo "$number workloads"
        echo "| stage  |  instructions |"
        echo "|--------|--------------:|"
        for stage in read merge decode build write; do
            callgrind_annotate --inclusive=yes --threshold=100 "$counts" 2>/dev/null |
                sed -n "s/^ *\([0-9,]*\) .*:stages::stage_$stage.*/\1/p" | head -n 1 |
                { read -r count && printf '| %-6s | %13s |\n' "$stage" "$count"; }
        done
        echo
    done
done
