package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The WAR on PostgreSQL, by configuration alone. */
class PostgreSqlIT {

  @TempDir Path directory;

  @Test
  void startsOnAnEmptyDatabaseSurvivesItsRestartAndKeepsItsData() throws Exception {
    try (RestartablePostgreSql database =
        RestartablePostgreSql.start(directory.resolve("database"))) {
      String token;
      try (ServerProcess server = start(database, "first")) {
        Api administrator =
            Api.anonymous(server.address())
                .with(Files.readString(directory.resolve("keysmith/first-api-token")).strip());
        token = Tokens.create(administrator, "ci", "ADMINISTRATOR");
        Api holder = administrator.with(token);

        database.restart();
        assertThat(holder.get("/api/me").status()).as("the next request").isEqualTo(200);
        Tokens.create(holder, "after the database was restarted", "AUDITOR");
        assertThat(holder.get("/health/ready").status()).isEqualTo(200);
      }

      try (ServerProcess server = start(database, "second")) {
        Api holder = Api.anonymous(server.address()).with(token);
        isStrictBehindTls(Api.anonymous(server.address()).get("/panel/sign-in"));
        assertThat(holder.get("/health/ready").status()).isEqualTo(200);
        assertThat(holder.get("/api/tokens").json().findValuesAsString("label"))
            .contains("ci", "after the database was restarted");
        assertThat(holder.get("/api/audit?action=token.created").json().required("total").asInt())
            .isGreaterThanOrEqualTo(2);
      }
    }
  }

  /** The server knows by its address alone that a proxy with TLS is before it. */
  private static void isStrictBehindTls(Api.Answer page) {
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.http().headers().allValues("Set-Cookie"))
        .filteredOn(cookie -> cookie.startsWith("keysmith="))
        .singleElement(as(STRING))
        .contains("Secure", "HttpOnly", "SameSite=Strict");
    assertThat(page.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
  }

  private ServerProcess start(RestartablePostgreSql database, String log) throws Exception {
    return ServerProcess.start(
        directory.resolve("keysmith"),
        Path.of(System.getProperty("keysmith.it.log") + "-postgresql-" + log),
        List.of(
            "-Dkeysmith.url=https://keysmith.example.org",
            "-Dkeysmith.database.url=" + database.url(),
            "-Dkeysmith.database.user=keysmith",
            "-Dkeysmith.database.password=right"));
  }
}
