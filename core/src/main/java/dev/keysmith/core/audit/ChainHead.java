package dev.keysmith.core.audit;

import java.util.List;

/**
 * The end of the chain.
 *
 * @param entries how many there are; the number of the last one
 * @param hash of the last one; empty if there is none
 */
record ChainHead(long entries, String hash) {

  static final String PURPOSE = "audit-head";
  static final ChainHead NONE = new ChainHead(0, "");

  List<String> values() {
    return List.of(Long.toString(entries), hash);
  }
}
