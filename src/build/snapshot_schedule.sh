set -eu

# One snapshot of each claim, under the claim's name and the time.
if [ -n "${CLAIM:-}" ]; then
  claims=$CLAIM
else
  claims=
  found=$(kubectl get persistentvolumeclaims --selector="$CLAIM_SELECTOR" \
    --output='jsonpath={range .items[*]}{.metadata.name}{"\n"}{end}')
  for claim in $found; do
    case ${claim#"$CLAIM_PREFIX"} in
      "$claim" | '' | *[!0-9]*) ;;
      *) claims="$claims $claim" ;;
    esac
  done
fi
if [ -z "$claims" ]; then
  echo "there is no claim to make a snapshot of" >&2
  exit 1
fi
now=$(date -u +%Y%m%d-%H%M%S)
failed=0
for claim in $claims; do
  tries=3
  until printf '{"apiVersion":"snapshot.storage.k8s.io/v1","kind":"VolumeSnapshot","metadata":{"name":"%s","labels":%s},"spec":{"volumeSnapshotClassName":%s,"source":{"persistentVolumeClaimName":"%s"}}}' \
    "$claim-$now" "$SNAPSHOT_LABELS" "$SNAPSHOT_CLASS" "$claim" |
    kubectl create --filename=-; do
    tries=$((tries - 1))
    if [ "$tries" -eq 0 ]; then
      failed=1
      break
    fi
    sleep 10
  done
done

# Of those that can be restored from, the oldest go. What is not ready yet
# counts for nothing: it may never be.
snapshots=$(kubectl get volumesnapshots.snapshot.storage.k8s.io --selector="$SNAPSHOT_SELECTOR" \
  --sort-by=.metadata.creationTimestamp \
  --output='jsonpath={range .items[*]}{.status.readyToUse}={.spec.source.persistentVolumeClaimName}={.metadata.name}{"\n"}{end}')
for claim in $claims; do
  count=0
  for snapshot in $snapshots; do
    case $snapshot in
      "true=$claim="*) count=$((count + 1)) ;;
    esac
  done
  for snapshot in $snapshots; do
    [ "$count" -gt "$KEEP" ] || break
    case $snapshot in
      "true=$claim="*)
        kubectl delete volumesnapshots.snapshot.storage.k8s.io "${snapshot##*=}" --wait=false
        count=$((count - 1))
        ;;
    esac
  done
done
exit "$failed"
