package dev.keysmith.testing.key.hid;

/** What can go wrong on the wire, once, on demand. */
public enum HidFault {
  /** Before the next response comes a report for a channel of another program. */
  FOREIGN_CHANNEL,
  /** The second continuation packet of the next response that long has a wrong sequence number. */
  WRONG_SEQUENCE,
  /** After each report of the next response comes a read of length zero. */
  ZERO_LENGTH_READS,
  /** A thousand keep-alives come before the next CBOR response. */
  KEEP_ALIVE_FLOOD,
  /** The next CBOR response announces more than 7,609 bytes. */
  OVERSIZE_ANSWER,
  /** Before the next answer to INIT comes one with the nonce of another program. */
  STALE_REPORT,
  /** The key is pulled out after the first report of the next response that has several. */
  UNPLUG_IN_TRANSFER,
  /** The next request other than INIT is answered with ERR_CHANNEL_BUSY. */
  CHANNEL_BUSY,
  /** The next request other than INIT is not answered at all. */
  SILENCE
}
