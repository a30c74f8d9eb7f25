package dev.keysmith.pcsc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.TouchPolicy;
import dev.keysmith.testing.key.nfc.CardTraits;
import dev.keysmith.testing.key.nfc.VirtualCard;
import dev.keysmith.testing.key.nfc.VpcdSlot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminals;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The transport with Debian's pcscd: the virtual key is a card at the virtual reader vpcd. */
@Timeout(120)
class PcscdIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final byte[] GET_INFO = {0x04};
  private static final byte[] SELECTION = {0x0B};
  private static final String READER = "Virtual PCD 00 00";

  private static Pcscd pcscd;

  private final KeyTransport transport =
      new PcscTransport(
          new CardReaders(JnaTerminals::establish, true), new Random(1), Timeouts.USUAL);
  private final SeenKeys seen = new SeenKeys(transport);
  private final List<VpcdSlot> slots = new ArrayList<>();

  @BeforeAll
  static void start() {
    pcscd = Pcscd.start();
  }

  @AfterAll
  static void stop() {
    if (pcscd != null) {
      pcscd.close();
    }
  }

  @AfterEach
  void close() {
    slots.forEach(VpcdSlot::close);
    seen.await(0);
    transport.close();
  }

  private VirtualCard insert(CardTraits traits) {
    return insert(VirtualKey.builder().build(), traits);
  }

  private VirtualCard insert(VirtualKey key, CardTraits traits) {
    VirtualCard card = new VirtualCard(key, traits);
    slots.add(VpcdSlot.insert(card, pcscd.port(0)));
    return card;
  }

  private static void assertFails(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            PluginException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void namesTheReaderAndWhatTheCardSays() {
    insert(CardTraits.USUAL);
    KeyDescriptor key = seen.await(1).get(0);
    assertThat(key.product()).isEqualTo(READER + " (Keysmith)");
    assertThat(key.location()).isEqualTo("on the reader " + READER);
    assertThat(transport.listKeys()).containsExactly(key);
  }

  @Test
  void carriesShortChainedAndExtendedCommandsAndLongAnswers() {
    byte[] request = new byte[3000];
    request[0] = 0x01;
    for (CardTraits traits :
        List.of(
            CardTraits.USUAL,
            CardTraits.USUAL.withoutChaining(),
            CardTraits.USUAL.withoutExtended().naming("FIDO_2_0"),
            CardTraits.USUAL.withoutKeepAlives())) {
      VirtualCard card = insert(traits);
      try (KeyConnection open = transport.open(seen.await(1).get(0).id())) {
        assertThat(open.exchange(GET_INFO, SOON, KeepAliveListener.NONE))
            .hasSizeGreaterThan(256)
            .isEqualTo(card.key().exchange(GET_INFO, KeepAliveListener.NONE));
        assertThat(open.exchange(request, SOON, KeepAliveListener.NONE))
            .isEqualTo(card.key().exchange(request, KeepAliveListener.NONE));
      }
      slots.remove(0).close();
      seen.await(0);
    }
  }

  @Test
  void waitsForATouchAndIsCancelled() {
    VirtualKey key = VirtualKey.builder().touch(TouchPolicy.byHand()).build();
    insert(key, CardTraits.USUAL);
    try (KeyConnection open = transport.open(seen.await(1).get(0).id())) {
      assertThat(open.exchange(SELECTION, SOON, status -> key.touch())).containsExactly(0);
      assertThat(open.exchange(SELECTION, SOON, status -> open.cancel())).containsExactly(0x2D);
      assertThat(open.exchange(GET_INFO, SOON, KeepAliveListener.NONE)).startsWith(0);
    }
  }

  @Test
  void endsAnExchangeWhenTheCardIsTakenAway() {
    VirtualKey key = VirtualKey.builder().touch(TouchPolicy.byHand()).build();
    insert(key, CardTraits.USUAL);
    try (KeyConnection open = transport.open(seen.await(1).get(0).id())) {
      assertFails(Reason.KEY_ABSENT, () -> open.exchange(SELECTION, SOON, status -> key.unplug()));
    }
    assertThat(seen.await(0)).isEmpty();
  }

  @Test
  void takesACardThatIsPutBackForAnother() {
    insert(CardTraits.USUAL);
    String id = seen.await(1).get(0).id();
    slots.remove(0).close();
    seen.await(0);
    insert(CardTraits.USUAL);
    assertThat(seen.await(1).get(0).id()).isNotEqualTo(id);
    assertFails(Reason.KEY_ABSENT, () -> transport.open(id));
  }

  @Test
  void leavesACardToTheProgramThatHasIt() throws CardException {
    insert(CardTraits.USUAL);
    String id = seen.await(1).get(0).id();
    CardTerminals other = JnaTerminals.establish();
    Card shared = other.getTerminal(READER).connect("*");
    assertFails(Reason.KEY_BUSY, () -> transport.open(id));
    shared.disconnect(false);
    try (KeyConnection open = transport.open(id)) {
      assertThatThrownBy(() -> other.getTerminal(READER).connect("*"))
          .isInstanceOf(CardException.class);
      assertThat(open.exchange(GET_INFO, SOON, KeepAliveListener.NONE)).startsWith(0);
    }
    other.getTerminal(READER).connect("*").disconnect(false);
    JnaTerminals.release(other);
  }

  @Test
  void findsTheServiceThatWasStoppedAndStartedAgain() {
    insert(CardTraits.USUAL);
    KeyConnection open = transport.open(seen.await(1).get(0).id());
    pcscd.stop();
    assertFails(Reason.MISCONFIGURED, transport::listKeys);
    assertThatThrownBy(() -> open.exchange(GET_INFO, SOON, KeepAliveListener.NONE))
        .isInstanceOf(PluginException.class);
    open.close();
    pcscd.startAgain();
    insert(CardTraits.USUAL);
    try (KeyConnection anew = openOnceSettled()) {
      assertThat(anew.exchange(GET_INFO, SOON, KeepAliveListener.NONE)).startsWith(0);
    }
  }

  /** While the service starts, a card may come, go and come again, each time with another id. */
  private KeyConnection openOnceSettled() {
    long end = System.nanoTime() + SOON.toNanos();
    while (true) {
      try {
        return transport.open(seen.await(1).get(0).id());
      } catch (PluginException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
  }

  /** The judge is Debian's python-fido2, by pyscard. */
  @Test
  void isAKeyForOthersToo() throws IOException, InterruptedException {
    VirtualCard card = insert(CardTraits.USUAL);
    seen.await(1);
    Process judge = new ProcessBuilder("/usr/bin/python3", "-").redirectErrorStream(true).start();
    try (InputStream program = PcscdIT.class.getResourceAsStream("judge.py")) {
      program.transferTo(judge.getOutputStream());
    }
    judge.getOutputStream().close();
    String said = new String(judge.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(judge.waitFor()).as(said).isZero();
    assertThat(said)
        .contains("aaguid " + card.key().aaguid())
        .contains("made True")
        .contains("verified");
    assertThat(card.key().credentials()).hasSize(1);
  }
}
