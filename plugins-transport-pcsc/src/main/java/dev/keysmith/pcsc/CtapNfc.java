package dev.keysmith.pcsc;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The FIDO applet of one card (CTAP 2.1, section 11.3). Used by one thread; {@link #cancel} comes
 * from others.
 */
final class CtapNfc {

  private static final byte[] SELECT = HexFormat.of().parseHex("00A4040008A0000006472F000100");
  private static final byte[] GET_INFO = {0x04};
  private static final String FIDO2 = "FIDO_2";

  private static final int MESSAGE = 0x10;
  private static final int GET_RESPONSE = 0x11;
  private static final int CONTROL = 0x12;

  /** P1 of NFCCTAP_MSG: we ask for the answer by NFCCTAP_GETRESPONSE if it takes long. */
  private static final int KEEP_ALIVES_WANTED = 0x80;

  /** P1 of NFCCTAP_GETRESPONSE: end the request. */
  private static final int CANCEL = 0x11;

  /** P1 of NFCCTAP_CONTROL: no more messages follow. */
  private static final int END = 0x01;

  private static final int LONGEST_VERSION = 32;

  private final Apdus apdus;
  private final Timeouts patience;
  private int parameter = KEEP_ALIVES_WANTED;
  private boolean outOfStep;
  private boolean deaf;

  // Guarded by this.
  private boolean cancelled;

  CtapNfc(ApduWire wire, Timeouts patience) {
    this.apdus = new Apdus(wire);
    this.patience = patience;
  }

  /** Selects the FIDO applet; empty if the card has none. Else the version that it names. */
  Optional<String> select() {
    Answer answer = apdus.sendPlain(SELECT.clone());
    if (!answer.isSuccess() || answer.data().length > LONGEST_VERSION) {
      return Optional.empty();
    }
    return Optional.of(new String(answer.data(), StandardCharsets.US_ASCII));
  }

  /**
   * Selects the applet and makes sure that it speaks CTAP2. A key that has both names U2F_V2
   * (section 11.3.4), so it is asked.
   */
  void open() {
    String version =
        select()
            .orElseThrow(
                () -> rejected("The card at the reader is no FIDO security key. Use one."));
    if (!version.startsWith(FIDO2) && !answersGetInfo()) {
      throw rejected("This security key knows only U2F at this reader. Use a FIDO2 security key.");
    }
  }

  private boolean answersGetInfo() {
    Answer answer = apdus.send(MESSAGE, 0, GET_INFO);
    return answer.isSuccess() && answer.data().length > 0 && answer.data()[0] == 0;
  }

  private static PluginException rejected(String message) {
    return new PluginException(Reason.REJECTED, message);
  }

  /** Before an exchange begins: an earlier cancellation does not concern it. */
  synchronized void begin() {
    cancelled = false;
  }

  /** Ends the exchange under way as soon as the key asks for patience. */
  synchronized void cancel() {
    cancelled = true;
    notifyAll();
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  /** Sends a request and waits for the answer; {@link #cancel} ends the waiting. */
  byte[] exchange(byte[] request, KeepAliveListener listener) {
    if (outOfStep) {
      open();
    }
    outOfStep = true;
    Answer answer = await(send(request), listener);
    if (!answer.isSuccess()) {
      throw answer.refused();
    }
    if (answer.data().length == 0) {
      throw Answer.malformed("an empty answer");
    }
    outOfStep = false;
    return answer.data();
  }

  /** A key that does not know the parameter has not begun to work. */
  private Answer send(byte[] request) {
    Answer answer = apdus.send(MESSAGE, parameter, request);
    if (answer.status() == Answer.WRONG_PARAMETERS && parameter != 0) {
      parameter = 0;
      return apdus.send(MESSAGE, parameter, request);
    }
    return answer;
  }

  private Answer await(Answer first, KeepAliveListener listener) {
    Answer answer = first;
    while (answer.status() == Answer.KEEP_ALIVE && !isCancelled()) {
      tell(listener, answer.data());
      pause();
      if (!isCancelled()) {
        answer = apdus.send(GET_RESPONSE, 0, new byte[0]);
      }
    }
    return answer.status() == Answer.KEEP_ALIVE ? awaitCancellation() : answer;
  }

  private Answer awaitCancellation() {
    Deadline grace = Deadline.in(patience.cancelGrace());
    Answer answer = apdus.send(GET_RESPONSE, CANCEL, new byte[0]);
    while (answer.status() == Answer.KEEP_ALIVE && !grace.passed()) {
      answer = apdus.send(GET_RESPONSE, CANCEL, new byte[0]);
    }
    deaf = answer.status() == Answer.KEEP_ALIVE;
    if (!answer.isSuccess()) {
      throw notCancelled();
    }
    return answer;
  }

  /** CTAP 2.1, section 11.3.7.2. */
  private static void tell(KeepAliveListener listener, byte[] status) {
    switch (status.length == 0 ? 0 : status[0]) {
      case 1 -> listener.onKeepAlive(KeepAliveListener.Status.PROCESSING);
      case 2 -> listener.onKeepAlive(KeepAliveListener.Status.USER_PRESENCE_NEEDED);
      default -> {
        // A status that is not in the standard carries no information.
      }
    }
  }

  private synchronized void pause() {
    Deadline end = Deadline.in(patience.keepAlivePause());
    try {
      while (!cancelled && !end.passed()) {
        wait(Math.max(1, end.remainingNanos() / 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancelled = true;
    }
  }

  /** Tells the key that no more messages follow; false if it works on what was cancelled. */
  boolean end() {
    if (!outOfStep) {
      apdus.send(CONTROL, END, new byte[0]);
    }
    return !deaf;
  }

  static PluginException notCancelled() {
    return new PluginException(
        Reason.TIMED_OUT,
        "The request was cancelled, but the security key did not confirm it. Take it off the"
            + " reader and hold it there again.");
  }
}
