package dev.keysmith.pcsc;

import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyWatchContract;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.nfc.CardTraits;
import dev.keysmith.testing.key.nfc.VirtualCard;
import dev.keysmith.testing.key.nfc.VpcdSlot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Arrival and removal of keys at a reader of pcscd. */
class PcscdWatchIT extends KeyWatchContract {

  private static Pcscd pcscd;

  private final KeyTransport transport =
      new PcscTransport(
          new CardReaders(JnaTerminals::establish, true), new Random(1), Timeouts.USUAL);
  private final Deque<VpcdSlot> slots = new ArrayDeque<>();

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
    new SeenKeys(transport).await(0);
    transport.close();
  }

  @Override
  protected KeyTransport transport() {
    return transport;
  }

  @Override
  protected void plugIn() {
    slots.push(
        VpcdSlot.insert(
            new VirtualCard(VirtualKey.builder().build(), CardTraits.USUAL),
            pcscd.port(slots.size())));
    // The service polls its readers; the contract counts from when it knows.
    new SeenKeys(transport).await(slots.size());
  }

  @Override
  protected void pullOut() {
    slots.pop().close();
  }
}
