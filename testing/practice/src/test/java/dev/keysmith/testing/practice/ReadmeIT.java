package dev.keysmith.testing.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of the root README, typed into a shell. */
class ReadmeIT {

  private static final Pattern TEN_LINES =
      Pattern.compile("### The main job in ten lines.*?```bash\n(.*?)```", Pattern.DOTALL);

  @TempDir Path data;

  @Test
  void endsWithAnActivePasskeyAndASignInAndKeepsThemForTheNextStart() throws Exception {
    Options options = options();
    try (Practice practice = new Practice(options)) {
      practice.awaitReady();
      String printed = shell(options, tenLines());
      assertThat(printed).contains("\"state\":\"ACTIVE\"").contains("\"signedIn\":true");
    }
    try (Practice practice = new Practice(options)) {
      practice.awaitReady();
      String printed =
          shell(
              options,
              firstLines(2)
                  + "ks passkeys; key sign-in '{\"pin\":\"482913\"}' & sleep 2; key touch; wait");
      assertThat(printed).contains("\"state\":\"ACTIVE\"").contains("\"signedIn\":true");
      bringsTheKeysOfAStation(options);
    }
  }

  private void bringsTheKeysOfAStation(Options options) throws Exception {
    try (PracticeStation station = PracticeStation.start(options)) {
      String printed =
          shell(
              options,
              firstLines(1)
                  + "for i in $(seq 60); do ks station | grep -q 'Practice desk' && break; sleep 1; done;"
                  + " ks station");
      assertThat(printed).contains("Practice desk · ").contains("Key at the desk");
      assertThat(station.isAlive()).isTrue();
    }
  }

  private Options options() throws IOException {
    return Options.parse(
        "--server", System.getProperty("practice.server"),
        "--commands", System.getProperty("practice.commands"),
        "--data", data.toString(),
        "--port", freePort(),
        "--org-port", freePort(),
        "--bench-port", freePort());
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return Integer.toString(socket.getLocalPort());
    }
  }

  private static String tenLines() throws IOException {
    Matcher lines =
        TEN_LINES.matcher(Files.readString(Path.of(System.getProperty("practice.readme"))));
    assertThat(lines.find()).isTrue();
    return lines.group(1);
  }

  private static String firstLines(int count) throws IOException {
    return String.join("\n", tenLines().lines().limit(count).toList()) + "\n";
  }

  /** As typed, but for the ports and the directory, which are this test's own. */
  private String shell(Options options, String lines) throws IOException, InterruptedException {
    String typed =
        lines
            .replace("localhost:8080", "localhost:" + options.port())
            .replace("localhost:8090", "localhost:" + options.orgPort())
            .replace(".practice/", data + "/")
            .replace("/tmp/answer", data + "/answer");
    Path out = data.resolve("shell.txt");
    Process shell =
        new ProcessBuilder("bash", "-c", typed)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(shell.waitFor(2, TimeUnit.MINUTES)).as("the shell ended").isTrue();
    return Files.readString(out);
  }
}
