package dev.keysmith.core.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.platform.Configuration;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurabilityTest {

  @TempDir Path directory;

  private static ConfiguredDataSource database(Map<String, String> configuration) {
    return new ConfiguredDataSource(
        new Configuration(key -> Optional.ofNullable(configuration.get(key))));
  }

  @Test
  void keepsWhatWasCommittedWhenTheProcessIsKilled() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Committer.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("committed");
    } finally {
      process.destroyForcibly().waitFor();
    }

    try (Connection connection =
            database(Map.of("keysmith.data", directory.toString())).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from thing")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(1);
    }
  }

  @Test
  void readsThePasswordFromAFile() throws Exception {
    Path password = Files.writeString(directory.resolve("password"), "right\n");
    Map<String, String> configuration =
        Map.of(
            "keysmith.database.url", "jdbc:h2:mem:login;DB_CLOSE_DELAY=-1",
            "keysmith.database.user", "ks",
            "keysmith.database.password.file", password.toString());
    database(configuration).getConnection().close();

    assertThatThrownBy(
            () ->
                database(
                        Map.of(
                            "keysmith.database.url", "jdbc:h2:mem:login",
                            "keysmith.database.user", "ks",
                            "keysmith.database.password", "wrong"))
                    .getConnection())
        .isInstanceOf(SQLException.class);
    database(configuration).getConnection().close();
  }

  @Test
  void namesTheDatabasesThatItKnows() {
    assertThatThrownBy(() -> database(Map.of("keysmith.database.url", "jdbc:oracle:thin:x")))
        .hasMessageContaining("jdbc:postgresql:");
  }

  @Test
  void saysWhichFileCannotBeRead() {
    assertThatThrownBy(
            () ->
                database(
                    Map.of(
                        "keysmith.data",
                        directory.toString(),
                        "keysmith.database.password.file",
                        "/nowhere/password")))
        .hasMessageContaining("keysmith.database.password.file names /nowhere/password");
  }

  /** Commits a row, says so, and waits to be killed. */
  static final class Committer {
    private Committer() {}

    /** Runs in a process of its own. */
    public static void main(String[] arguments) throws Exception {
      Connection connection = database(Map.of("keysmith.data", arguments[0])).getConnection();
      try (Statement statement = connection.createStatement()) {
        statement.execute("create table thing (id int)");
        connection.setAutoCommit(false);
        statement.execute("insert into thing values (1)");
        connection.commit();
      }
      System.out.println("committed");
      System.in.read();
    }
  }
}
