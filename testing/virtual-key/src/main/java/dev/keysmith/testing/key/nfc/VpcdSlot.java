package dev.keysmith.testing.key.nfc;

import dev.keysmith.spi.PluginException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/**
 * A virtual card in a slot of vpcd, the virtual reader of Debian's package vsmartcard-vpcd. It is
 * there until it is closed, or its key is pulled out.
 */
public final class VpcdSlot implements AutoCloseable {

  private static final int CONTROL_LENGTH = 1;
  private static final int POWER_OFF = 0;
  private static final int POWER_ON = 1;
  private static final int RESET = 2;
  private static final int ANSWER_TO_RESET = 4;

  private final VirtualCard card;
  private final Socket socket;

  private VpcdSlot(VirtualCard card, Socket socket) {
    this.card = card;
    this.socket = socket;
  }

  /**
   * Puts a card into a slot of this machine's vpcd.
   *
   * @param port of the slot: 35963 and on, unless its configuration says otherwise
   */
  public static VpcdSlot insert(VirtualCard card, int port) {
    try {
      VpcdSlot slot = new VpcdSlot(card, new Socket(InetAddress.getLoopbackAddress(), port));
      card.key().onUnplug(slot::close);
      Thread thread = new Thread(slot::serve, "vpcd-slot");
      thread.setDaemon(true);
      thread.start();
      return slot;
    } catch (IOException e) {
      throw new UncheckedIOException("There is no vpcd at port " + port, e);
    }
  }

  private void serve() {
    try (socket;
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
      while (true) {
        byte[] message = new byte[in.readUnsignedShort()];
        in.readFully(message);
        if (message.length == CONTROL_LENGTH) {
          control(message[0], out);
        } else {
          send(out, card.transmit(message));
        }
      }
    } catch (IOException | PluginException e) {
      card.reset();
    }
  }

  private void control(int code, DataOutputStream out) throws IOException {
    switch (code) {
      case POWER_OFF, POWER_ON, RESET -> card.reset();
      case ANSWER_TO_RESET -> send(out, card.answerToReset());
      default -> {
        // vpcd has no other.
      }
    }
  }

  private static void send(DataOutputStream out, byte[] answer) throws IOException {
    out.writeShort(answer.length);
    out.write(answer);
    out.flush();
  }

  /** Takes the card away. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
