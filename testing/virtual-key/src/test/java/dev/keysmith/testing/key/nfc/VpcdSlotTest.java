package dev.keysmith.testing.key.nfc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.testing.key.VirtualKey;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The card's side of vpcd's protocol; here the test is vpcd. */
@Timeout(60)
class VpcdSlotTest {

  private static final HexFormat HEX = HexFormat.of();

  private final VirtualKey key = VirtualKey.builder().build();
  private final VirtualCard card = new VirtualCard(key, CardTraits.USUAL);

  @Test
  void answersToPowerToTheAtrAndToCommands() throws IOException {
    try (ServerSocket vpcd = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        VpcdSlot slot = VpcdSlot.insert(card, vpcd.getLocalPort());
        Socket reader = vpcd.accept()) {
      assertThat(slot).isNotNull();
      DataOutputStream out = new DataOutputStream(reader.getOutputStream());
      DataInputStream in = new DataInputStream(reader.getInputStream());
      send(out, "01");
      send(out, "04");
      assertThat(receive(in)).isEqualTo(HEX.formatHex(card.answerToReset()));
      send(out, "00a4040008a0000006472f000100");
      assertThat(receive(in)).endsWith("9000");
      send(out, "02");
      send(out, "80100000010400");
      assertThat(receive(in)).isEqualTo("6d00");
    }
  }

  @Test
  void leavesTheReaderWhenItsKeyIsPulledOut() throws IOException {
    try (ServerSocket vpcd = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        VpcdSlot slot = VpcdSlot.insert(card, vpcd.getLocalPort());
        Socket reader = vpcd.accept()) {
      assertThat(slot).isNotNull();
      key.unplug();
      assertThat(reader.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void saysThatThereIsNoVpcd() throws IOException {
    ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    closed.close();
    assertThatThrownBy(() -> VpcdSlot.insert(card, closed.getLocalPort()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("no vpcd");
  }

  private static void send(DataOutputStream out, String hex) throws IOException {
    byte[] message = HEX.parseHex(hex);
    out.writeShort(message.length);
    out.write(message);
    out.flush();
  }

  private static String receive(DataInputStream in) throws IOException {
    return HEX.formatHex(in.readNBytes(in.readUnsignedShort()));
  }
}
