package dev.keysmith.testing.usb;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keysmith.spi.PluginException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What calls of a transport fail with. */
final class Failures {

  private Failures() {}

  static void assertFails(ThrowingCallable call, PluginException.Reason reason, String message) {
    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(call)
        .withMessageContaining(message)
        .extracting(PluginException::reason)
        .isEqualTo(reason);
  }
}
