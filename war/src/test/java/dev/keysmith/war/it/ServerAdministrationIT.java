package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

@ArquillianTest
@RunAsClient
class ServerAdministrationIT {

  @ArquillianResource URI base;

  @Test
  void rotatesTheMasterKeyAndSaysWhoDidIt() throws IOException {
    Api administrator = Api.administrator(base);
    int before = rotations(administrator);
    String file = masterKey();

    Api.Answer rotated = post(administrator, "/api/master-key/rotate");

    assertThat(rotated.status()).as(rotated.http().body()).isEqualTo(204);
    assertThat(masterKey()).isNotEqualTo(file);
    assertThat(rotations(administrator)).isEqualTo(before + 1);
  }

  @Test
  void leavesTheServerToAdministrators() {
    Api administrator = Api.administrator(base);
    int before = rotations(administrator);
    for (String role : new String[] {"OPERATOR", "AUDITOR"}) {
      Api other = administrator.with(Tokens.create(administrator, "not allowed", role));

      assertThat(post(other, "/api/master-key/rotate").problem()).isEqualTo("login.role-missing");
      assertThat(other.get("/api/dead-letters").problem()).isEqualTo("login.role-missing");
      assertThat(post(other, "/api/dead-letters/1/retry").status()).isEqualTo(403);
      assertThat(other.delete("/api/dead-letters/1").status()).isEqualTo(403);
    }
    assertThat(rotations(administrator)).isEqualTo(before);
  }

  @Test
  void saysThatAnEventIsNoDeadLetter() {
    Api administrator = Api.administrator(base);

    assertThat(post(administrator, "/api/dead-letters/none/retry").problem())
        .isEqualTo("event.no-dead-letter");
    assertThat(administrator.delete("/api/dead-letters/none").problem())
        .isEqualTo("event.no-dead-letter");
    assertThat(administrator.delete("/api/dead-letters/none").status()).isEqualTo(404);
  }

  private static int rotations(Api administrator) {
    return administrator
        .get("/api/audit?action=master-key.rotated")
        .json()
        .required("total")
        .asInt();
  }

  private static String masterKey() throws IOException {
    return Files.readString(ServerFiles.data().resolve("master-key.json"));
  }

  private static Api.Answer post(Api api, String path) {
    return api.send("POST", path, BodyPublishers.noBody(), Map.of());
  }
}
