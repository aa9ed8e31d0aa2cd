#!/bin/sh
# Starts a node: the first one begins the chain, every other joins it.
set -eu

if [ ! -f "$XAI_DATA_DIR/chain/genesis.json" ]; then
  mkdir -p "$XAI_DATA_DIR/chain"
  cp /genesis/genesis.json "$XAI_DATA_DIR/chain/genesis.json"
fi

set -- --data-dir "$XAI_DATA_DIR" --key /keys/node.key \
  --p2p-port 8545 --rpc-port 8546 --ws-port 8547 --metrics-port 9090 --public-p2p-port 30303
if [ "$POD_NAME" != "xai-blockchain-node-0" ]; then
  set -- "$@" --bootstrap "$P2P_BOOTSTRAP"
fi
exec xai-node "$@"
