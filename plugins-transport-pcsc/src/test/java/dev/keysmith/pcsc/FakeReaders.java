package dev.keysmith.pcsc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.smartcardio.ATR;
import javax.smartcardio.Card;
import javax.smartcardio.CardChannel;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CardTerminals;
import jnasmartcardio.Smartcardio.JnaPCSCException;
import org.jspecify.annotations.Nullable;

/** A PC/SC service with readers and cards, behind javax.smartcardio as the provider answers it. */
final class FakeReaders {

  static final int NO_SERVICE = 0x8010001D;
  static final int SHARING_VIOLATION = 0x8010000B;
  static final int NOT_TRANSACTED = 0x80100016;
  static final int REMOVED_CARD = 0x80100069;

  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private boolean running = true;
  private int generation;
  int connections;
  int resets;

  private static final class Slot {
    @Nullable ApduWire card;
    int insertion;
    boolean connected;
  }

  static JnaPCSCException failure(int code) {
    return new JnaPCSCException(code, "PC/SC says so");
  }

  synchronized void insert(String reader, ApduWire card) {
    Slot slot = slots.computeIfAbsent(reader, name -> new Slot());
    slot.card = card;
    slot.insertion++;
    slot.connected = false;
  }

  synchronized void remove(String reader) {
    Slot slot = slots.get(reader);
    slot.card = null;
    slot.connected = false;
  }

  synchronized void unplugReader(String reader) {
    slots.remove(reader);
  }

  /** Another program connects to the card, or leaves it. */
  synchronized void occupy(String reader, boolean occupied) {
    slots.get(reader).connected = occupied;
  }

  synchronized boolean isConnected(String reader) {
    return slots.get(reader).connected;
  }

  synchronized void stop() {
    running = false;
    generation++;
  }

  synchronized void start() {
    running = true;
  }

  /** As the provider establishes a context. */
  synchronized CardTerminals establish() throws CardException {
    if (!running) {
      throw failure(NO_SERVICE);
    }
    return new Context(generation);
  }

  private final class Context extends CardTerminals {

    private final int born;
    private Map<String, Integer> known = Map.of();
    private List<String> inserted = List.of();

    private Context(int born) {
      this.born = born;
    }

    private void check() throws CardException {
      if (born != generation || !running) {
        throw failure(NO_SERVICE);
      }
    }

    private Map<String, Integer> present() {
      Map<String, Integer> present = new LinkedHashMap<>();
      slots.forEach(
          (name, slot) -> {
            if (slot.card != null) {
              present.put(name, slot.insertion);
            }
          });
      return present;
    }

    @Override
    public List<CardTerminal> list(State state) throws CardException {
      synchronized (FakeReaders.this) {
        check();
        List<String> names =
            switch (state) {
              case CARD_INSERTION -> inserted;
              case CARD_PRESENT -> List.copyOf(present().keySet());
              default -> List.copyOf(slots.keySet());
            };
        return names.stream().<CardTerminal>map(Terminal::new).toList();
      }
    }

    @Override
    public boolean waitForChange(long timeout) throws CardException {
      synchronized (FakeReaders.this) {
        check();
        Map<String, Integer> now = present();
        List<String> changed = new ArrayList<>(now.keySet());
        Map<String, Integer> before = known;
        changed.removeIf(name -> now.get(name).equals(before.get(name)));
        inserted = changed;
        known = now;
        return !now.equals(before);
      }
    }
  }

  private final class Terminal extends CardTerminal {

    private final String name;

    private Terminal(String name) {
      this.name = name;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public Card connect(String protocol) throws CardException {
      synchronized (FakeReaders.this) {
        Slot slot = slots.get(name);
        if (!protocol.equals("EXCLUSIVE;*")) {
          throw new IllegalArgumentException(protocol);
        }
        if (slot == null || slot.card == null) {
          throw failure(REMOVED_CARD);
        }
        if (slot.connected) {
          throw failure(SHARING_VIOLATION);
        }
        slot.connected = true;
        connections++;
        return new Connected(slot, slot.card, slot.insertion);
      }
    }

    @Override
    public boolean isCardPresent() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean waitForCardPresent(long timeout) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean waitForCardAbsent(long timeout) {
      throw new UnsupportedOperationException();
    }
  }

  private final class Connected extends Card {

    private static final byte[] ATR_OF_KEY = {
      0x3B, (byte) 0x86, (byte) 0x80, 0x01, 'F', 'i', 'd', 'o', 'X', '!', 0
    };

    private final Slot slot;
    private final ApduWire card;
    private final int insertion;

    private Connected(Slot slot, ApduWire card, int insertion) {
      this.slot = slot;
      this.card = card;
      this.insertion = insertion;
    }

    private byte[] transmit(byte[] command) throws CardException {
      byte[] answer;
      try {
        check();
        answer = card.transmit(command);
      } catch (RuntimeException e) {
        throw failure(NOT_TRANSACTED);
      }
      check();
      return answer;
    }

    private void check() throws CardException {
      synchronized (FakeReaders.this) {
        if (slot.card != card || slot.insertion != insertion) {
          throw failure(REMOVED_CARD);
        }
      }
    }

    @Override
    public ATR getATR() {
      return new ATR(ATR_OF_KEY.clone());
    }

    @Override
    public String getProtocol() {
      return "T=1";
    }

    @Override
    public CardChannel getBasicChannel() {
      return new FakeChannel(this, this::transmit);
    }

    @Override
    public CardChannel openLogicalChannel() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void beginExclusive() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void endExclusive() {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] transmitControlCommand(int code, byte[] command) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void disconnect(boolean reset) throws CardException {
      check();
      synchronized (FakeReaders.this) {
        resets += reset ? 1 : 0;
        slot.connected = false;
      }
    }
  }
}
