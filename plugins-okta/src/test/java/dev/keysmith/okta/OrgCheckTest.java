package dev.keysmith.okta;

import static dev.keysmith.okta.Assertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.okta.LoopbackOrg.Reply;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.IdentityProvider;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrgCheckTest {

  private static final String ABOUT = "GET /.well-known/okta-organization";
  private static final String ME = "GET /api/v1/users/me";

  private LoopbackOrg org;
  private IdentityProvider okta;

  @BeforeEach
  void start() throws IOException {
    org = new LoopbackOrg();
    org.on(ME, "{\"id\":\"00u1\",\"profile\":{\"login\":\"admin\"}}")
        .on("GET /api/v1/users/00u1/factors", "[]")
        .on("GET /api/v1/users", "[]")
        .on("GET /api/v1/groups", "[]");
    okta = org.provider();
  }

  @AfterEach
  void stop() {
    okta.close();
    org.close();
  }

  @ParameterizedTest
  @CsvSource({
    "null, ''",
    "{}, ''",
    "7, ''",
    "'\"login.example.com\"', https://login.example.com",
    "'\"https://Login.example.com/\"', https://login.example.com",
    "'\"//login.example.com\"', ''",
    "'\"\"', ''",
    "'\"not an address\"', ''",
    "'\"https:///\"', ''"
  })
  void survivesEachFormOfTheOtherDomain(String href, String domain) {
    org.on(ABOUT, "{\"pipeline\":null,\"_links\":{\"alternate\":{\"href\":" + href + "}}}");
    String report = okta.check();
    assertThat(report).contains("may read users and groups").doesNotContain("null");
    if (domain.isEmpty()) {
      assertThat(report).doesNotContain("Note:");
    } else {
      assertThat(report).contains("the org also has the domain " + domain + ".");
    }
  }

  @Test
  void saysNothingOfTheDomainThatIsAskedAnyhow() {
    org.on(ABOUT, "{\"_links\":{\"alternate\":{\"href\":\"" + org.origin() + "/\"}}}");
    assertThat(okta.check()).doesNotContain("Note:");
  }

  @Test
  void warnsOfAnOrgOfTheOlderKind() {
    org.on(ABOUT, "{\"pipeline\":\"v1\",\"_links\":null}");
    assertThat(okta.check()).contains("Classic Engine");
  }

  @ParameterizedTest
  @CsvSource({"GET /api/v1/users", "GET /api/v1/groups", "GET /api/v1/users/00u1/factors"})
  void takesOnlyAListForAList(String call) {
    org.on(call, "{}");
    assertFails(okta::check, Reason.UNAVAILABLE).hasMessageContaining("no list");
  }

  @Test
  void namesNobodyRatherThanNull() {
    org.on(ME, "{\"id\":\"00u1\",\"profile\":{\"login\":null}}").on(ABOUT, "{}");
    assertThat(okta.check()).contains("belongs to an unnamed administrator");
    org.on(ME, "{\"id\":null}");
    assertFails(okta::check, Reason.UNAVAILABLE).hasMessageContaining("names no user");
  }

  @Test
  void saysThatAnAdministratorMustActIfAPlainQuestionIsRefused() {
    org.on("GET /api/v1/groups", Reply.error(403, "E9999999", "No"));
    assertFails(okta::check, Reason.MISCONFIGURED);
  }
}
