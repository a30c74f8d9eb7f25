package dev.keysmith.testing.usb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@InGuest
class GuestIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final Guest guest;

  GuestIT(Guest guest) {
    this.guest = guest;
  }

  @Test
  void tellsWhatACommandWroteAndHowItEnded() {
    Finished finished = guest.bash(SOON, "echo to-out; echo to-err >&2; exit 7");

    assertThat(finished.exit()).isEqualTo(7);
    assertThat(finished.out()).isEqualTo("to-out\n");
    assertThat(finished.err()).isEqualTo("to-err\n");
    assertThatThrownBy(finished::output).hasMessageContaining("to-err").hasMessageContaining("7");
  }

  @Test
  void tellsWhichCommandDoesNotExist() {
    assertThatThrownBy(() -> guest.run(SOON, "/no/such/command"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("/no/such/command");
  }

  @Test
  void answersQuestionsOnATerminal() {
    String script = "read -s -p 'PIN? ' pin < /dev/tty; echo; echo ${#pin} digits";
    try (GuestProcess process = guest.startOnTerminal("/bin/bash", "-c", script)) {
      process.awaitOutput("PIN? ", SOON);
      process.write("123456\n");
      assertThat(process.await(SOON).output()).contains("6 digits");
    }
  }

  @Test
  void endsACommandThatTakesTooLong() {
    try (GuestProcess process = guest.start("/bin/bash", "-c", "echo begun; sleep 1000")) {
      process.awaitOutput("begun", SOON);
      assertThatThrownBy(() -> process.await(Duration.ofMillis(100)))
          .hasMessageContaining("did not end")
          .hasMessageContaining("begun");
      assertThat(process.await(SOON).exit()).isEqualTo(128 + 9);
    }
  }

  @Test
  void runsSeveralCommandsAtOnce() {
    try (GuestProcess reader = guest.start("/bin/bash", "-c", "read line; echo got $line")) {
      assertThat(guest.run(SOON, "/bin/echo", "meanwhile").output()).isEqualTo("meanwhile\n");
      reader.write("this\n");
      assertThat(reader.await(SOON).output()).isEqualTo("got this\n");
    }
  }

  @Test
  void carriesMuchOutputWhole() {
    String output = guest.bash(SOON, "seq 100000").output();

    assertThat(output).hasLineCount(100_000).endsWith("\n100000\n");
  }

  @Test
  void cannotChangeTheFilesOfThisMachineButThoseShared() throws IOException {
    Path here = Path.of("target").toAbsolutePath();
    guest.bash(SOON, "echo lost > %s/lost-file; echo kept > /shared/kept".formatted(here)).output();

    assertThat(here.resolve("lost-file")).doesNotExist();
    assertThat(Files.readString(guest.shared().resolve("kept"))).isEqualTo("kept\n");
  }

  @Test
  void reachesThisMachinesLoopbackThroughARelay() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        GuestProcess relay = guest.relay("127.0.0.1:7000", "10.0.2.2:" + server.getLocalPort());
        GuestProcess client =
            guest.start(
                "/bin/bash", "-c", "exec 3<> /dev/tcp/127.0.0.1/7000; echo hi >&3; cat <&3")) {
      server.setSoTimeout((int) SOON.toMillis());
      try (Socket connection = server.accept()) {
        assertThat(connection.getInputStream().readNBytes(3))
            .containsExactly("hi\n".getBytes(StandardCharsets.UTF_8));
        connection.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
      }
      assertThat(client.await(SOON).output()).isEqualTo("hello\n");
      assertThat(relay.isRunning()).isTrue();
    }
  }

  @Test
  void waitsForWhatBecomesTrue() {
    try (GuestProcess later = guest.start("/bin/bash", "-c", "read; touch /run/later")) {
      later.write("\n");
      guest.await("[ -e /run/later ]");
      later.await(SOON);
    }
  }
}
