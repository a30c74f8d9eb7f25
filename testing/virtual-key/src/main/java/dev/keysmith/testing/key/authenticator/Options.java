package dev.keysmith.testing.key.authenticator;

import dev.keysmith.testing.key.message.CborMap;
import dev.keysmith.testing.key.message.CtapStatus;
import java.util.Optional;

/** The {@code options} of a request. */
record Options(Optional<Boolean> rk, Optional<Boolean> up) {

  /** Reads them; the key has no built-in user verification, so it refuses to be asked for it. */
  static Options of(CborMap parameters, int key, boolean hasPinUvAuthParam) {
    CborMap options = parameters.map(key).orElse(CborMap.EMPTY);
    if (options.bool("uv").orElse(false) && !hasPinUvAuthParam) {
      throw CtapStatus.INVALID_OPTION.error();
    }
    return new Options(options.bool("rk"), options.bool("up"));
  }
}
