package dev.keysmith.pcsc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.nfc.CardTraits;
import dev.keysmith.testing.key.nfc.VirtualCard;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PcscTransportTest {

  private static final byte[] GET_INFO = {0x04};
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String READER = "ACS ACR122U 00 00";
  private static final byte[] NOT_FOUND = {0x6A, (byte) 0x82};

  private final FakeReaders readers = new FakeReaders();
  private final KeyTransport transport = transport(false);

  private KeyTransport transport(boolean required) {
    return new PcscTransport(
        new CardReaders(readers::establish, required), new Random(1), Timeouts.USUAL);
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private static VirtualCard card() {
    return new VirtualCard(VirtualKey.builder().build(), CardTraits.USUAL);
  }

  private KeyDescriptor onlyKey() {
    List<KeyDescriptor> keys = transport.listKeys();
    assertThat(keys).hasSize(1);
    return keys.get(0);
  }

  private static void assertFails(Reason reason, String words, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            PluginException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(words);
  }

  @Test
  void isFoundByTheServer() {
    assertThat(ServiceLoader.load(KeyTransportFactory.class))
        .singleElement()
        .satisfies(
            factory -> {
              assertThat(factory.name()).isEqualTo("pcsc");
              assertThat(factory.settings()).hasSize(1);
            });
  }

  @Test
  void namesTheReaderAndWhatTheCardSays() {
    readers.insert(READER, card()::transmit);
    KeyDescriptor key = onlyKey();
    assertThat(key.product()).isEqualTo("ACS ACR122U 00 00 (FidoX!)");
    assertThat(key.location()).isEqualTo("on the reader ACS ACR122U 00 00");
  }

  @Test
  void asksACardOnceAndKeepsItsId() {
    readers.insert(READER, card()::transmit);
    KeyDescriptor key = onlyKey();
    assertThat(onlyKey()).isEqualTo(key);
    assertThat(readers.connections).isEqualTo(1);
  }

  @Test
  void takesACardThatWasSwappedBetweenTwoLooksForAnother() {
    readers.insert(READER, card()::transmit);
    KeyDescriptor key = onlyKey();
    readers.remove(READER);
    readers.insert(READER, card()::transmit);
    assertThat(onlyKey().id()).isNotEqualTo(key.id());
    assertFails(Reason.KEY_ABSENT, "at no reader", () -> transport.open(key.id()));
  }

  @Test
  void leavesOutCardsThatAreNoSecurityKeys() {
    readers.insert(READER, command -> NOT_FOUND);
    assertThat(transport.listKeys()).isEmpty();
    assertThat(transport.listKeys()).isEmpty();
    assertThat(readers.connections).isEqualTo(1);
  }

  @Test
  void seesReadersThatComeAndGo() {
    readers.insert(READER, card()::transmit);
    readers.insert("Other", card()::transmit);
    assertThat(transport.listKeys()).hasSize(2);
    readers.unplugReader(READER);
    assertThat(onlyKey().location()).isEqualTo("on the reader Other");
    readers.insert(READER, card()::transmit);
    assertThat(transport.listKeys()).hasSize(2);
  }

  @Test
  void listsAKeyAsSoonAsAnotherProgramHasLeftIt() {
    readers.insert(READER, card()::transmit);
    readers.occupy(READER, true);
    assertThat(transport.listKeys()).isEmpty();
    readers.occupy(READER, false);
    assertThat(transport.listKeys()).hasSize(1);
  }

  @Test
  void doesNotWaitForACardThatDoesNotAnswer() {
    CountDownLatch end = new CountDownLatch(1);
    readers.insert(READER, command -> never(end));
    readers.insert("Other", card()::transmit);
    assertThat(onlyKey().location()).isEqualTo("on the reader Other");
    assertThat(onlyKey().location()).isEqualTo("on the reader Other");
    assertThat(readers.connections).isEqualTo(2);
    end.countDown();
  }

  private static byte[] never(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return NOT_FOUND;
  }

  @Test
  void opensAKeyForOneAloneAndKeepsItInTheList() {
    readers.insert(READER, card()::transmit);
    KeyDescriptor key = onlyKey();
    try (KeyConnection open = transport.open(key.id())) {
      assertThat(open.exchange(GET_INFO, SOON, KeepAliveListener.NONE)).startsWith(0);
      assertThat(readers.isConnected(READER)).isTrue();
      assertFails(Reason.KEY_BUSY, "another session", () -> transport.open(key.id()));
      assertThat(onlyKey()).isEqualTo(key);
      assertThat(open.exchange(GET_INFO, SOON, KeepAliveListener.NONE)).startsWith(0);
    }
    assertThat(readers.isConnected(READER)).isFalse();
    transport.open(key.id()).close();
  }

  @Test
  void saysThatAnotherProgramHasTheCard() {
    readers.insert(READER, card()::transmit);
    KeyDescriptor key = onlyKey();
    readers.occupy(READER, true);
    assertFails(Reason.KEY_BUSY, "Another program", () -> transport.open(key.id()));
    readers.occupy(READER, false);
    transport.open(key.id()).close();
  }

  @Test
  void rejectsAKeyThatKnowsU2fAlone() {
    readers.insert(READER, PcscTransportTest::u2f);
    KeyDescriptor key = onlyKey();
    assertFails(Reason.REJECTED, "knows only U2F", () -> transport.open(key.id()));
    assertThat(readers.isConnected(READER)).isFalse();
  }

  private static byte[] u2f(byte[] command) {
    return command[1] == (byte) 0xA4
        ? new byte[] {'U', '2', 'F', '_', 'V', '2', (byte) 0x90, 0}
        : new byte[] {0x6D, 0};
  }

  @Test
  void endsAnExchangeWhenTheCardIsTakenAway() {
    VirtualCard card = card();
    readers.insert(READER, card::transmit);
    KeyConnection open = transport.open(onlyKey().id());
    readers.remove(READER);
    assertFails(
        Reason.KEY_ABSENT,
        "left the reader",
        () -> open.exchange(GET_INFO, SOON, KeepAliveListener.NONE));
    open.close();
    assertFails(
        Reason.KEY_ABSENT, "closed", () -> open.exchange(GET_INFO, SOON, KeepAliveListener.NONE));
  }

  @Test
  void hasNoKeysWhereThereIsNoServiceAndNeedNotBe() {
    readers.stop();
    assertThat(transport.listKeys()).isEmpty();
  }

  @Test
  void saysWhatToDoWhereAServiceIsRequired() {
    readers.stop();
    try (KeyTransport strict = transport(true)) {
      assertFails(Reason.MISCONFIGURED, "pcscd", strict::listKeys);
    }
  }

  @Test
  void findsAServiceThatStartsLater() {
    readers.stop();
    assertThat(transport.listKeys()).isEmpty();
    readers.start();
    readers.insert(READER, card()::transmit);
    assertThat(transport.listKeys()).hasSize(1);
  }

  @Test
  void saysThatAServiceHasStoppedAndFindsItAgain() {
    readers.insert(READER, card()::transmit);
    assertThat(transport.listKeys()).hasSize(1);
    readers.stop();
    assertFails(Reason.MISCONFIGURED, "pcscd", transport::listKeys);
    readers.start();
    assertThat(transport.listKeys()).hasSize(1);
  }

  @Test
  void hasNoKeysWhereTheNativeLibraryIsMissing() {
    try (KeyTransport without =
        new PcscTransport(
            new CardReaders(PcscTransportTest::missing, false), new Random(1), Timeouts.USUAL)) {
      assertThat(without.listKeys()).isEmpty();
    }
    try (KeyTransport strict =
        new PcscTransport(
            new CardReaders(PcscTransportTest::missing, true), new Random(1), Timeouts.USUAL)) {
      assertFails(Reason.MISCONFIGURED, "libpcsclite1", strict::listKeys);
    }
  }

  private static javax.smartcardio.CardTerminals missing() {
    throw new UnsatisfiedLinkError("libpcsclite.so.1");
  }

  @Test
  void endsOpenConnectionsWhenItIsClosed() {
    readers.insert(READER, card()::transmit);
    KeyDescriptor key = onlyKey();
    KeyConnection open = transport.open(key.id());
    transport.close();
    assertThat(readers.isConnected(READER)).isFalse();
    assertFails(
        Reason.KEY_ABSENT, "closed", () -> open.exchange(GET_INFO, SOON, KeepAliveListener.NONE));
    assertFails(Reason.UNAVAILABLE, "shut down", transport::listKeys);
    assertFails(Reason.UNAVAILABLE, "shut down", () -> transport.open(key.id()));
  }
}
