package dev.keysmith.pcsc;

import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyWatchContract;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.nfc.CardTraits;
import dev.keysmith.testing.key.nfc.VirtualCard;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

/** Arrival and removal of keys at readers. */
class PcscWatchTest extends KeyWatchContract {

  private final FakeReaders readers = new FakeReaders();
  private final KeyTransport transport =
      new PcscTransport(new CardReaders(readers::establish, false), new Random(1), Timeouts.USUAL);
  private final Deque<String> occupied = new ArrayDeque<>();

  @AfterEach
  void close() {
    transport.close();
  }

  @Override
  protected KeyTransport transport() {
    return transport;
  }

  @Override
  protected void plugIn() {
    String reader = "Reader " + occupied.size();
    readers.insert(
        reader, new VirtualCard(VirtualKey.builder().build(), CardTraits.USUAL)::transmit);
    occupied.push(reader);
  }

  @Override
  protected void pullOut() {
    readers.remove(occupied.pop());
  }
}
