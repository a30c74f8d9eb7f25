package dev.keysmith.testing.key.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.hid.HidFault;
import dev.keysmith.testing.key.hid.HidHost;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VirtualKeyBenchTest {

  @TempDir Path directory;

  private VirtualKeyBench bench;
  private String id;

  @BeforeEach
  void openBench() throws IOException {
    bench = new VirtualKeyBench(directory, 0, VirtualKey::builder);
    id = bench.create(VirtualKey.builder().serialNumber("4711").touch(TouchPolicy.byHand()));
  }

  @AfterEach
  void closeBench() throws IOException {
    bench.close();
  }

  private Socket ask(String line) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), bench.port());
    socket.setSoTimeout(20_000);
    socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static String line(Socket socket) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = socket.getInputStream().read(); next > '\n'; ) {
      line.write(next);
      next = socket.getInputStream().read();
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private String answerTo(String request) throws IOException {
    try (Socket socket = ask(request)) {
      return line(socket);
    }
  }

  private static void write(Socket socket, int channel, int command, byte[] message)
      throws IOException {
    ByteBuffer report = ByteBuffer.allocate(64).putInt(channel).put((byte) (command | 0x80));
    socket.getOutputStream().write(report.putShort((short) message.length).put(message).array());
  }

  private static ByteBuffer read(Socket socket) throws IOException {
    return ByteBuffer.wrap(socket.getInputStream().readNBytes(64));
  }

  private static int channel(Socket socket) throws IOException {
    write(socket, HidHost.BROADCAST, 0x06, new byte[8]);
    return read(socket).getInt(15);
  }

  @Test
  void listsItsKeys() throws IOException {
    bench.key(bench.create(VirtualKey.builder().product("Second"))).unplug();

    JsonNode list = new ObjectMapper().readTree(answerTo("LIST"));

    assertThat(list).hasSize(2);
    assertThat(list.get(0).get("id").asText()).isEqualTo(id);
    assertThat(list.get(0).get("serial").asText()).isEqualTo("4711");
    assertThat(list.get(0).get("plugged").asBoolean()).isTrue();
    assertThat(list.get(1).get("product").asText()).isEqualTo("Second");
    assertThat(list.get(1).get("plugged").asBoolean()).isFalse();
    assertThat(list.get(1).get("location").asText()).isNotBlank();
  }

  @Test
  void carriesReportsBothWays() throws IOException {
    try (Socket socket = ask("OPEN " + id)) {
      assertThat(line(socket)).isEqualTo("OK");
      int channel = channel(socket);

      write(socket, channel, 0x10, new byte[] {0x0B});
      assertThat(read(socket).get(4)).isEqualTo((byte) 0xBB);
      bench.key(id).touch();
      ByteBuffer answer = read(socket);
      while (answer.get(4) == (byte) 0xBB) {
        answer = read(socket);
      }

      assertThat(answer.getInt(0)).isEqualTo(channel);
      assertThat(answer.get(4)).isEqualTo((byte) 0x90);
      assertThat(answer.get(7)).isZero();
    }
  }

  @Test
  void servesOneClientPerKeyAtATime() throws IOException {
    try (Socket first = ask("OPEN " + id)) {
      assertThat(line(first)).isEqualTo("OK");

      assertThat(answerTo("OPEN " + id)).isEqualTo("BUSY");
      assertThat(answerTo("LIST")).contains(id);
    }
    try (Socket second = ask("OPEN " + id)) {
      assertThat(line(second)).isEqualTo("OK");
    }
  }

  @Test
  void hangsUpWhenTheKeyIsPulledOutAndTakesItBack() throws IOException {
    try (Socket socket = ask("OPEN " + id)) {
      line(socket);
      bench.key(id).unplug();

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(answerTo("OPEN " + id)).isEqualTo("ABSENT");
    bench.key(id).plugIn();
    try (Socket socket = ask("OPEN " + id)) {
      assertThat(line(socket)).isEqualTo("OK");
      assertThat(channel(socket)).isNotZero();
    }
  }

  @Test
  void freesTheKeyOfAClientThatGoesAwayInTheMiddle() throws IOException {
    try (Socket socket = ask("OPEN " + id)) {
      line(socket);
      write(socket, channel(socket), 0x10, new byte[] {0x0B});
      read(socket);
    }
    bench.key(id).touchPolicy(TouchPolicy.automatic());

    try (Socket socket = ask("OPEN " + id)) {
      assertThat(line(socket)).isEqualTo("OK");
    }
  }

  @Test
  void saysWhatItUnderstands() throws IOException {
    assertThat(answerTo("HELLO")).startsWith("ERROR");
    assertThat(answerTo("OPEN nothing")).isEqualTo("ABSENT");
    assertThat(answerTo("OPEN ../" + id)).isEqualTo("ABSENT");
    assertThatThrownBy(() -> bench.key("nothing")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsItsKeysWhenItIsClosed() throws IOException {
    bench.close();

    try (VirtualKeyBench next = new VirtualKeyBench(directory, 0, VirtualKey::builder)) {
      assertThat(next.list()).extracting(BenchListing::serial).containsExactly("4711");
      assertThat(next.create(VirtualKey.builder())).isNotEqualTo(id);
      next.delete(id);
      assertThat(next.list()).hasSize(1);
    }
    try (VirtualKeyBench last = new VirtualKeyBench(directory, 0, VirtualKey::builder)) {
      assertThat(last.list()).extracting(BenchListing::serial).doesNotContain("4711");
    }
  }

  @Test
  void misbehavesOnDemand() throws IOException {
    try (Socket socket = ask("OPEN " + id)) {
      line(socket);
      int channel = channel(socket);
      bench.inject(id, HidFault.CHANNEL_BUSY);

      write(socket, channel, 0x01, new byte[1]);

      assertThat(read(socket).get(7)).isEqualTo((byte) 0x06);
    }
  }
}
