package dev.keysmith.pcsc;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeyDescriptor;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks one card whether it is a security key, on a thread of its own. */
final class Probe {

  /** A card at the edge of the field fails at first; one that goes on failing is left alone. */
  private static final int MOST_ATTEMPTS = 5;

  private final CardReaders service;
  private final String reader;
  private final long insertion;
  private final int attempt;
  private final String id;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile Optional<KeyDescriptor> descriptor = Optional.empty();
  private volatile boolean again;

  Probe(CardReaders service, String reader, long insertion, int attempt, String id) {
    this.service = service;
    this.reader = reader;
    this.insertion = insertion;
    this.attempt = attempt;
    this.id = id;
  }

  void start(Timeouts patience) {
    Thread thread = new Thread(() -> run(patience), "pcsc-probe");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(Timeouts patience) {
    try {
      ask(patience);
    } catch (PluginException e) {
      // A card that another program uses is asked again for as long as it is there.
      again = e.reason() == Reason.KEY_BUSY || attempt < MOST_ATTEMPTS;
    } finally {
      done.countDown();
    }
  }

  private void ask(Timeouts patience) {
    ExclusiveCard card = service.connect(reader);
    try {
      if (new CtapNfc(card, patience).select().isPresent()) {
        descriptor =
            Optional.of(
                new KeyDescriptor(
                    id,
                    HistoricalText.product(reader, card.historicalBytes()),
                    "on the reader " + HistoricalText.line(reader),
                    Optional.empty()));
      }
    } finally {
      card.disconnect(false);
    }
  }

  void await(Deadline deadline) {
    try {
      done.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  String reader() {
    return reader;
  }

  long insertion() {
    return insertion;
  }

  /** How often the card has been asked, this time included. */
  int attempt() {
    return attempt;
  }

  boolean isAtWork() {
    return done.getCount() > 0;
  }

  boolean isDueAgain() {
    return !isAtWork() && again;
  }

  /** The key; empty if the card is none, or has not answered yet. */
  Optional<KeyDescriptor> descriptor() {
    return descriptor;
  }
}
