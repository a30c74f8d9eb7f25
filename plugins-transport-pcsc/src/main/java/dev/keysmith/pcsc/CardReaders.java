package dev.keysmith.pcsc;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CardTerminals;
import javax.smartcardio.CardTerminals.State;
import org.jspecify.annotations.Nullable;

/**
 * The PC/SC service of this machine and the cards at its readers. Thread-safe.
 *
 * <p>One context looks, and each open card has its own: PC/SC does one call at a time in a context,
 * and a card may take long. A context that has failed is given back, and the next call establishes
 * another, so that a service which was started again is found.
 */
final class CardReaders implements AutoCloseable {

  /** Calls until the provider has told each change and takes the present for known. */
  private static final int MOST_CHANGES = 4;

  private final Callable<CardTerminals> contexts;
  private final Map<String, Long> insertions = new LinkedHashMap<>();
  private @Nullable CardTerminals looking;
  private boolean expected;
  private boolean closed;
  private long insertion;

  /**
   * @param contexts establishes a context; throws {@link CardException} or {@link LinkageError}
   * @param required whether a machine without the service is at fault
   */
  CardReaders(Callable<CardTerminals> contexts, boolean required) {
    this.contexts = contexts;
    this.expected = required;
  }

  /**
   * The readers that hold a card, in the service's order, each with a number that no other
   * insertion has.
   *
   * @throws PluginException if the service cannot be asked; not if it was never there and need not
   *     be
   */
  synchronized Map<String, Long> cards() {
    try {
      return look();
    } catch (CardException e) {
      forget();
      if (PcscError.isWithoutService(e)) {
        return withoutService(PcscError.stopped());
      }
      throw PcscError.exception("ask for the readers", e);
    } catch (LinkageError e) {
      return withoutService(PcscError.noLibrary(e));
    }
  }

  private Map<String, Long> withoutService(PluginException problem) {
    if (expected) {
      throw problem;
    }
    return Map.of();
  }

  private Map<String, Long> look() throws CardException {
    if (closed) {
      throw new PluginException(
          Reason.UNAVAILABLE, "The connection to the readers has been shut down.");
    }
    CardTerminals terminals = looking;
    if (terminals == null) {
      terminals = establish();
      looking = terminals;
      expected = true;
    }
    for (int i = 0; i < MOST_CHANGES && terminals.waitForChange(1); i++) {
      for (CardTerminal terminal : terminals.list(State.CARD_INSERTION)) {
        insertions.put(terminal.getName(), ++insertion);
      }
    }
    Map<String, Long> present = new LinkedHashMap<>();
    for (CardTerminal terminal : terminals.list(State.CARD_PRESENT)) {
      Long number = insertions.get(terminal.getName());
      if (number != null) {
        present.put(terminal.getName(), number);
      }
    }
    return present;
  }

  /**
   * Connects to the card at a reader, so that no other program can.
   *
   * @throws PluginException {@code KEY_BUSY} if another program is connected; {@code KEY_ABSENT} if
   *     there is no card
   */
  ExclusiveCard connect(String reader) {
    CardTerminals terminals = null;
    ExclusiveCard card = null;
    try {
      terminals = establish();
      CardTerminal terminal = terminals.getTerminal(reader);
      if (terminal == null) {
        throw PcscError.absent();
      }
      card = new ExclusiveCard(terminal.connect("EXCLUSIVE;*"), terminals);
      return card;
    } catch (CardException e) {
      throw PcscError.exception("connect to the card", e);
    } catch (LinkageError e) {
      throw PcscError.noLibrary(e);
    } finally {
      if (card == null && terminals != null) {
        JnaTerminals.release(terminals);
      }
    }
  }

  private CardTerminals establish() throws CardException {
    try {
      return contexts.call();
    } catch (CardException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void forget() {
    if (looking != null) {
      JnaTerminals.release(looking);
      looking = null;
    }
    insertions.clear();
  }

  @Override
  public synchronized void close() {
    closed = true;
    forget();
  }
}
