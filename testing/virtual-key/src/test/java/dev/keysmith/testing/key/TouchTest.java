package dev.keysmith.testing.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.upokecenter.cbor.CBORObject;
import dev.keysmith.spi.MovableClock;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeepAliveListener.Status;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TouchTest {

  private static final int SELECTION = 0x0B;

  private final MovableClock clock = new MovableClock();
  private final VirtualKey key =
      VirtualKey.builder().clock(clock).touch(TouchPolicy.byHand()).build();

  private int select(KeepAliveListener listener) {
    return new Platform(key, 2).listening(listener).send(SELECTION).status();
  }

  @Test
  void asksForATouchAndTakesIt() {
    List<Status> heard = new ArrayList<>();

    int status =
        select(
            keepAlive -> {
              heard.add(keepAlive);
              key.touch();
            });

    assertThat(status).isZero();
    assertThat(heard).containsOnly(Status.USER_PRESENCE_NEEDED);
  }

  @Test
  void doesNotCountATouchBeforeItAsked() {
    key.touch();

    assertThat(select(keepAlive -> clock.advance(Duration.ofSeconds(31)))).isEqualTo(0x2F);
  }

  @Test
  void givesUpAfter30SecondsAndNotBefore() {
    List<Status> heard = new ArrayList<>();

    int status =
        select(
            keepAlive -> {
              heard.add(keepAlive);
              clock.advance(Duration.ofSeconds(10));
            });

    assertThat(status).isEqualTo(0x2F);
    assertThat(heard).hasSize(3);
  }

  @Test
  void deniesACredentialThatNobodyConfirms() {
    assertThat(untouched().send(0x01, Platform.creation("example.org", "ann")).status())
        .isEqualTo(0x27);
  }

  @Test
  void deniesAnAssertionThatNobodyConfirms() {
    makeDiscoverable();

    assertThat(untouched().send(0x02, assertion()).status()).isEqualTo(0x27);
  }

  @Test
  void deniesToBeChosenByAnOldPlatformIfNobodyConfirms() {
    CBORObject choice = assertion().Add(6, new byte[0]).Add(7, 1);

    assertThat(untouched().send(0x02, choice).status()).isEqualTo(0x27);
  }

  @Test
  void reportsAnExcludedCredentialThoughNobodyConfirms() {
    byte[] id = makeDiscoverable();
    CBORObject excluded = Platform.map("id", id, "type", "public-key");
    CBORObject again =
        Platform.creation("example.org", "ann").Add(5, CBORObject.NewArray().Add(excluded));

    assertThat(untouched().send(0x01, again).status()).isEqualTo(0x19);
  }

  private Platform untouched() {
    return new Platform(key, 2).listening(keepAlive -> clock.advance(Duration.ofSeconds(10)));
  }

  private byte[] makeDiscoverable() {
    CBORObject creation = Platform.creation("example.org", "ann").Add(7, Platform.map("rk", true));
    assertThat(
            new Platform(key, 2).listening(keepAlive -> key.touch()).send(0x01, creation).status())
        .isZero();
    return key.credentials().get(0).id().toArray();
  }

  private static CBORObject assertion() {
    return Platform.map(1, "example.org", 2, new byte[32]);
  }

  @Test
  void ignoresEveryTouchIfNobodyShallTouchIt() {
    key.touchPolicy(TouchPolicy.never());

    int status =
        select(
            keepAlive -> {
              key.touch();
              clock.advance(Duration.ofSeconds(10));
            });

    assertThat(status).isEqualTo(0x2F);
  }

  @Test
  void isTouchedAfterAWhile() {
    key.touchPolicy(TouchPolicy.after(Duration.ofSeconds(5)));
    List<Status> heard = new ArrayList<>();

    int status =
        select(
            keepAlive -> {
              heard.add(keepAlive);
              clock.advance(Duration.ofSeconds(2));
            });

    assertThat(status).isZero();
    assertThat(heard).hasSize(3);
  }

  @Test
  void endsAWaitingRequestWhenItIsCancelled() {
    assertThat(select(keepAlive -> key.cancel())).isEqualTo(0x2D);
  }

  @Test
  void doesNotRememberACancellationOfNothing() {
    key.cancel();

    assertThat(select(keepAlive -> key.touch())).isZero();
  }

  @Test
  void endsAWaitingRequestWhenItIsPulledOut() {
    assertThatThrownBy(() -> select(keepAlive -> key.unplug()))
        .isInstanceOfSatisfying(
            PluginException.class,
            e -> assertThat(e.reason()).isEqualTo(PluginException.Reason.KEY_ABSENT));

    key.plugIn();
    assertThat(select(keepAlive -> key.touch())).isZero();
  }

  @Test
  void doesNotGoOnWithARequestFromBeforeItWasPulledOut() {
    assertThatThrownBy(
            () ->
                select(
                    keepAlive -> {
                      key.unplug();
                      key.plugIn();
                      key.touch();
                    }))
        .isInstanceOf(PluginException.class);
  }

  @Test
  void changesNothingWithoutATouch() {
    int status =
        new Platform(key, 2)
            .listening(keepAlive -> key.cancel())
            .send(0x01, Platform.creation("example.org", "ann").Add(7, Platform.map("rk", true)))
            .status();

    assertThat(status).isEqualTo(0x2D);
    assertThat(key.credentials()).isEmpty();
  }

  @Test
  void saysThatItWorksWhileItTakesItsTime() {
    VirtualKey slow =
        VirtualKey.builder().clock(clock).processingTime(Duration.ofSeconds(1)).build();
    List<Status> heard = new ArrayList<>();

    int status =
        new Platform(slow, 2)
            .listening(
                keepAlive -> {
                  heard.add(keepAlive);
                  clock.advance(Duration.ofMillis(300));
                })
            .send(0x04)
            .status();

    assertThat(status).isZero();
    assertThat(heard).hasSize(4).containsOnly(Status.PROCESSING);
  }
}
