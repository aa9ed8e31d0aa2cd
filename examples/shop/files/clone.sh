# Every pod but the first starts as a copy of the first.
set -eu
case "$POD" in *-0) exit 0 ;; esac
[ -s "$PGDATA/PG_VERSION" ] && exit 0
pg_basebackup --host="$PRIMARY" --username=replicator --pgdata="$PGDATA" --wal-method=stream --write-recovery-conf
