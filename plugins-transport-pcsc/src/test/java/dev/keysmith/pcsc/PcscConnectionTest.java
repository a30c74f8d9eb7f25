package dev.keysmith.pcsc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.TouchPolicy;
import dev.keysmith.testing.key.nfc.CardTraits;
import dev.keysmith.testing.key.nfc.VirtualCard;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.smartcardio.CardException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PcscConnectionTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final byte[] GET_INFO = {0x04};

  /** authenticatorSelection: waits for a touch. */
  private static final byte[] SELECTION = {0x0B};

  private static final Timeouts IMPATIENT =
      new Timeouts(
          Duration.ofMillis(500),
          Duration.ofMillis(100),
          Duration.ofMillis(1),
          Duration.ofMillis(100));

  private final List<PcscConnection> opened = new ArrayList<>();
  private final List<Integer> closings = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(PcscConnection::close);
  }

  private FakeReaders readers = new FakeReaders();

  private PcscConnection open(ApduWire wire, Timeouts patience) {
    readers = new FakeReaders();
    readers.insert("Reader", wire);
    CardReaders service = new CardReaders(readers::establish, true);
    PcscConnection connection =
        PcscConnection.open(
            () -> service.connect("Reader"), patience, () -> closings.add(opened.size()));
    opened.add(connection);
    return connection;
  }

  private static VirtualKey waiting() {
    return VirtualKey.builder().touch(TouchPolicy.byHand()).build();
  }

  private static byte[] exchange(PcscConnection connection, byte[] request) {
    return connection.exchange(request, SOON, KeepAliveListener.NONE);
  }

  private static void assertFails(Reason reason, String words, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            PluginException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"U2F_V2", "FIDO_2_0", "FIDO_2_1"})
  void speaksToAKeyWhateverVersionItNames(String version) {
    VirtualCard card =
        new VirtualCard(VirtualKey.builder().build(), CardTraits.USUAL.naming(version));
    assertThat(exchange(open(card::transmit, Timeouts.USUAL), GET_INFO)).startsWith(0);
  }

  /** The key answers what is no CBOR with status 0x12 only if it has got all of it. */
  @Test
  void carriesLongRequestsToEachKindOfCard() {
    byte[] request = new byte[3000];
    request[0] = 0x01;
    for (CardTraits traits :
        List.of(
            CardTraits.USUAL,
            CardTraits.USUAL.withoutChaining(),
            CardTraits.USUAL.withoutExtended(),
            CardTraits.USUAL.withoutKeepAlives())) {
      VirtualCard card = new VirtualCard(VirtualKey.builder().build(), traits);
      byte[] answer = exchange(open(card::transmit, Timeouts.USUAL), request);
      assertThat(answer).isEqualTo(card.key().exchange(request, KeepAliveListener.NONE));
    }
  }

  /** The provider follows eight times of 256 bytes by itself. */
  @ParameterizedTest
  @ValueSource(ints = {255, 256, 2046, 2047, 2048, 2049, 2304, 7609})
  void fetchesAnswersOfAnyLength(int length) {
    ByteBuffer left = ByteBuffer.allocate(length);
    PcscConnection connection =
        open(command -> command[1] == (byte) 0xA4 ? fido2() : nextPart(left), Timeouts.USUAL);
    assertThat(exchange(connection, GET_INFO)).hasSize(length);
  }

  private static byte[] nextPart(ByteBuffer left) {
    byte[] part = new byte[Math.min(256, left.remaining())];
    left.get(part);
    int status =
        left.hasRemaining() ? 0x6100 | (left.remaining() > 255 ? 0 : left.remaining()) : 0x9000;
    return ByteBuffer.allocate(part.length + 2).put(part).putShort((short) status).array();
  }

  @Test
  void tellsSignsOfLifeUntilTheKeyIsTouched() {
    VirtualKey key = waiting();
    PcscConnection connection =
        open(new VirtualCard(key, CardTraits.USUAL)::transmit, Timeouts.USUAL);
    List<KeepAliveListener.Status> told = new ArrayList<>();
    byte[] answer =
        connection.exchange(
            SELECTION,
            SOON,
            status -> {
              told.add(status);
              key.touch();
            });
    assertThat(answer).containsExactly(0);
    assertThat(told).contains(KeepAliveListener.Status.USER_PRESENCE_NEEDED);
  }

  @Test
  void endsWithTheKeysAnswerWhenItIsCancelled() {
    PcscConnection connection =
        open(new VirtualCard(waiting(), CardTraits.USUAL)::transmit, Timeouts.USUAL);
    byte[] answer = connection.exchange(SELECTION, SOON, status -> connection.cancel());
    assertThat(answer).containsExactly(0x2D);
    assertThat(exchange(connection, GET_INFO)).startsWith(0);
  }

  @Test
  void cancelsAtTheKeyWhenTheTimeIsOver() {
    VirtualKey key = waiting();
    PcscConnection connection =
        open(new VirtualCard(key, CardTraits.USUAL)::transmit, Timeouts.USUAL);
    assertFails(
        Reason.TIMED_OUT,
        "did not finish within 300 ms",
        () -> connection.exchange(SELECTION, Duration.ofMillis(300), KeepAliveListener.NONE));
    assertThat(key.waitsForTouch()).isFalse();
    assertThat(exchange(connection, GET_INFO)).startsWith(0);
  }

  @Test
  void doesNothingWhenThereIsNothingToCancel() {
    PcscConnection connection =
        open(
            new VirtualCard(VirtualKey.builder().build(), CardTraits.USUAL)::transmit,
            Timeouts.USUAL);
    connection.cancel();
    assertThat(exchange(connection, GET_INFO)).startsWith(0);
    connection.cancel();
    assertThat(exchange(connection, GET_INFO)).startsWith(0);
  }

  @Test
  void endsWithoutAnAnswerWhenTheKeyKnowsNoCancellation() {
    CountDownLatch end = new CountDownLatch(1);
    VirtualCard card = new VirtualCard(VirtualKey.builder().build(), CardTraits.USUAL);
    AtomicReference<Boolean> deaf = new AtomicReference<>(false);
    PcscConnection connection =
        open(command -> deaf.get() ? hang(end) : card.transmit(command), IMPATIENT);
    deaf.set(true);
    assertFails(
        Reason.TIMED_OUT,
        "did not confirm",
        () -> connection.exchange(GET_INFO, Duration.ofMillis(50), KeepAliveListener.NONE));
    assertFails(Reason.KEY_BUSY, "still works", () -> exchange(connection, GET_INFO));
    deaf.set(false);
    end.countDown();
  }

  private static byte[] hang(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new byte[] {0x6F, 0};
  }

  @Test
  void endsWithACardThatAsksForPatienceForEver() {
    PcscConnection connection =
        open(
            command -> command[1] == (byte) 0xA4 ? fido2() : new byte[] {1, (byte) 0x91, 0},
            IMPATIENT);
    assertFails(
        Reason.TIMED_OUT,
        "did not confirm",
        () -> connection.exchange(GET_INFO, Duration.ofMillis(100), KeepAliveListener.NONE));
    connection.close();
    assertThat(readers.resets).isEqualTo(1);
  }

  @Test
  void doesNotResetACardThatHasLeft() {
    VirtualCard card = new VirtualCard(VirtualKey.builder().build(), CardTraits.USUAL);
    PcscConnection connection = open(card::transmit, Timeouts.USUAL);
    card.key().unplug();
    assertFails(Reason.KEY_ABSENT, "left the reader", () -> exchange(connection, GET_INFO));
    connection.close();
    assertThat(readers.resets).isZero();
  }

  private static byte[] fido2() {
    return HexFormat.of().parseHex("4649444f5f325f309000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"6f00", "9000", "90", "", "6100", "9101"})
  void saysThatTheCardSentNonsenseAndSelectsItAnew(String answer) {
    AtomicReference<String> next = new AtomicReference<>(answer);
    List<Byte> instructions = new ArrayList<>();
    PcscConnection connection =
        open(
            command -> {
              instructions.add(command[1]);
              return command[1] == (byte) 0xA4 ? fido2() : HexFormat.of().parseHex(next.get());
            },
            Timeouts.USUAL);
    assertFails(Reason.UNAVAILABLE, "The security key sent", () -> exchange(connection, GET_INFO));
    next.set("00a09000");
    instructions.clear();
    assertThat(exchange(connection, GET_INFO)).containsExactly(0, 0xA0);
    assertThat(instructions).containsExactly((byte) 0xA4, (byte) 0x10);
  }

  @Test
  void asksAKeyThatKnowsNoPatienceWithoutIt() {
    List<String> sent = new ArrayList<>();
    PcscConnection connection =
        open(
            command -> {
              sent.add(HexFormat.of().formatHex(command));
              if (command[1] == (byte) 0xA4) {
                return fido2();
              }
              return HexFormat.of().parseHex(command[2] == 0 ? "009000" : "6a86");
            },
            Timeouts.USUAL);
    assertThat(exchange(connection, GET_INFO)).containsExactly(0);
    assertThat(sent).endsWith("80108000010400", "80100000010400");
  }

  @Test
  void givesTheCardBackOnceAndTellsTheKeyThatAllIsDone() {
    List<String> sent = new ArrayList<>();
    PcscConnection connection =
        open(
            command -> {
              sent.add(HexFormat.of().formatHex(command));
              return fido2();
            },
            Timeouts.USUAL);
    connection.close();
    connection.close();
    assertThat(sent).last().isEqualTo("8012010000");
    assertThat(closings).hasSize(1);
  }

  @Test
  void givesTheCardBackWhenItIsNoKey() {
    assertFails(
        Reason.REJECTED,
        "is no FIDO security key",
        () -> open(command -> new byte[] {0x6A, (byte) 0x82}, Timeouts.USUAL));
    assertThat(closings).hasSize(1);
  }

  @Test
  void saysThatACardDoesNotAnswer() {
    CountDownLatch end = new CountDownLatch(1);
    assertFails(Reason.UNAVAILABLE, "does not answer", () -> open(c -> hang(end), IMPATIENT));
    end.countDown();
  }

  @Test
  void putsErrorsOfPcscIntoWords() {
    assertThat(words(0x8010006A)).isEqualTo("MISCONFIGURED");
    assertThat(words(0x80100069)).isEqualTo("KEY_ABSENT");
    assertThat(words(0x80100016)).isEqualTo("KEY_ABSENT");
    assertThat(words(0x8010000B)).isEqualTo("KEY_BUSY");
    assertThat(words(0x8010001E)).isEqualTo("MISCONFIGURED");
    assertThat(words(0x80100014)).isEqualTo("UNAVAILABLE");
    assertThat(PcscError.exception("try", new CardException("other")).reason())
        .isEqualTo(Reason.UNAVAILABLE);
  }

  private static String words(int code) {
    return PcscError.exception("try", FakeReaders.failure(code)).reason().name();
  }
}
