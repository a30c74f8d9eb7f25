package dev.keysmith.testing.usb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.testing.key.VirtualKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Debian's python-fido2 judges the virtual key. */
@InGuest
class PythonFido2IT {

  private static final Duration LONG = Duration.ofMinutes(2);

  private final Guest guest;
  private final Room room;

  PythonFido2IT(Guest guest, Room room) {
    this.guest = guest;
    this.room = room;
  }

  @BeforeEach
  void shareTheScript() throws IOException {
    try (InputStream script = getClass().getResourceAsStream("judge.py")) {
      Files.copy(script, guest.shared().resolve("judge.py"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void findsNoFaultByEitherPinProtocol(String protocol) {
    // A clock that stands still: the script may take longer than the key permits a reset.
    Clock still = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    VirtualKey key = VirtualKey.builder().clock(still).build();
    try (PluggedKey plugged = room.plug(key)) {
      String held =
          guest
              .run(LONG, "/usr/bin/python3", "/shared/judge.py", plugged.node(), protocol)
              .output();

      assertThat(held).endsWith("authenticatorConfig\nreset\n");
      assertThat(key.hasPin()).isFalse();
    }
  }
}
