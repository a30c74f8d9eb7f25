package dev.keysmith.usb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OpenKeysTest {

  private final OpenKeys keys = new OpenKeys(new Random(1));

  private Reason reasonOfOpen(String id) {
    return catchThrowableOfType(PluginException.class, () -> keys.open(id, ScriptedKey::echo))
        .reason();
  }

  @Test
  void opensEachKeyOnceAndSeveralAtATime() {
    KeyConnection a = keys.open("a", ScriptedKey::echo);
    KeyConnection b = keys.open("b", ScriptedKey::echo);
    assertThat(reasonOfOpen("a")).isEqualTo(Reason.KEY_BUSY);
    a.close();
    keys.open("a", ScriptedKey::echo);
    assertThat(reasonOfOpen("b")).isEqualTo(Reason.KEY_BUSY);
    byte[] request = {4};
    assertThat(b.exchange(request, Duration.ofSeconds(20), KeepAliveListener.NONE))
        .isEqualTo(request);
  }

  @Test
  void canOpenAKeyThatCouldNotBeOpenedBefore() {
    PluginException absent =
        catchThrowableOfType(
            PluginException.class,
            () ->
                keys.open(
                    "a",
                    () -> {
                      throw UsbError.absent();
                    }));
    assertThat(absent.reason()).isEqualTo(Reason.KEY_ABSENT);
    ScriptedKey old = ScriptedKey.echo();
    old.capabilities = 0;
    assertThat(catchThrowableOfType(PluginException.class, () -> keys.open("a", () -> old)))
        .isNotNull();
    assertThat(old.closed).isTrue();
    keys.open("a", ScriptedKey::echo);
  }

  @Test
  void closesAllAndOpensNoneAfterwards() {
    ScriptedKey a = ScriptedKey.echo();
    ScriptedKey b = ScriptedKey.echo();
    keys.open("a", () -> a);
    keys.open("b", () -> b);
    keys.close();
    keys.close();
    assertThat(a.closed).isTrue();
    assertThat(b.closed).isTrue();
    assertThat(reasonOfOpen("a")).isEqualTo(Reason.KEY_ABSENT);
  }

  @Test
  void givesAKeyBackThatWasOpenedWhileTheTransportWasClosed() {
    ScriptedKey late = ScriptedKey.echo();
    PluginException closed =
        catchThrowableOfType(
            PluginException.class,
            () ->
                keys.open(
                    "a",
                    () -> {
                      keys.close();
                      return late;
                    }));
    assertThat(closed.reason()).isEqualTo(Reason.KEY_ABSENT);
    assertThat(late.closed).isTrue();
  }
}
