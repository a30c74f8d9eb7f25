package dev.keysmith.usb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import java.time.Duration;
import java.util.Random;

/** What the tests of connections do with them. */
final class Connections {

  static final Duration LONG = Duration.ofSeconds(20);
  static final Duration SHORT = Duration.ofMillis(50);
  static final byte[] CANCELLED = {0x2D};

  /** For keys that are given up in the end: what is waited for in vain is not waited for long. */
  static final Timeouts LITTLE =
      new Timeouts(
          Duration.ofMillis(300),
          Duration.ofMillis(20),
          Duration.ofMillis(50),
          Duration.ofMillis(30),
          Duration.ofMillis(100));

  private Connections() {}

  static UsbConnection open(ScriptedKey key, Runnable whenClosed) {
    return open(key, Timeouts.USUAL, whenClosed);
  }

  static UsbConnection open(ScriptedKey key, Timeouts patience, Runnable whenClosed) {
    return UsbConnection.open(key, new Random(1), patience, whenClosed);
  }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static Reason reasonOf(Runnable call) {
    PluginException e = catchThrowableOfType(PluginException.class, call::run);
    assertThat(e).isNotNull();
    assertThat(e).hasMessageMatching("(?s).{10,}\\.");
    return e.reason();
  }

  static Reason failure(UsbConnection connection, Duration timeout) {
    return reasonOf(() -> connection.exchange(bytes(3), timeout, KeepAliveListener.NONE));
  }

  static void assertStillUsable(UsbConnection connection, ScriptedKey key) {
    key.script = key::echo;
    byte[] request = bytes(200);
    assertThat(connection.exchange(request, LONG, KeepAliveListener.NONE)).isEqualTo(request);
  }
}
