package dev.keysmith.station.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.station.fake.HeldWebSocket;
import dev.keysmith.station.link.Frame;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private final AtomicInteger overflows = new AtomicInteger();
  private final HeldWebSocket socket = new HeldWebSocket();
  private final Outbox outbox =
      new Outbox(() -> new Frame.Keys(List.of()), overflows::incrementAndGet);

  @Test
  void sendsOneAfterTheOther() {
    outbox.send(new Frame.Opened(1));
    outbox.open(socket);
    outbox.send(new Frame.Opened(2));
    outbox.send(new Frame.Opened(3));
    assertThat(socket.sent()).hasSize(1);
    socket.letOneGo();
    assertThat(socket.sent()).hasSize(2);
    socket.letOneGo();
    assertThat(socket.sent())
        .containsExactly(new Frame.Opened(1), new Frame.Opened(2), new Frame.Opened(3));
  }

  @Test
  void tellsManyChangesOfTheKeysAsOne() {
    outbox.open(socket);
    outbox.send(new Frame.Opened(1));
    for (int i = 0; i < 100; i++) {
      outbox.sendKeys();
    }
    socket.letOneGo();
    socket.letOneGo();
    assertThat(socket.sent()).hasSize(2).last().isInstanceOf(Frame.Keys.class);
  }

  @Test
  void aServerThatDoesNotReadIsGivenUp() {
    outbox.open(socket);
    for (int i = 0; i <= 4 * Channels.MOST; i++) {
      outbox.send(new Frame.Opened(i));
    }
    assertThat(overflows).hasValue(0);
    outbox.send(new Frame.Opened(0));
    assertThat(overflows).hasValue(1);
  }

  @Test
  void nothingIsSentAfterTheEnd() {
    outbox.open(socket);
    outbox.send(new Frame.Opened(1));
    outbox.send(new Frame.Opened(2));
    outbox.close();
    outbox.send(new Frame.Opened(3));
    socket.letOneGo();
    assertThat(socket.sent()).containsExactly(new Frame.Opened(1));
  }
}
