package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/** Tokens of the tests. */
public final class Tokens {

  private Tokens() {}

  /** Creates a token and returns its text. */
  public static String create(Api administrator, String label, String role) {
    Api.Answer created = administrator.post("/api/tokens", Map.of("label", label, "role", role));
    assertThat(created.status()).as(created.http().body()).isEqualTo(201);
    return created.json().required("text").asString();
  }
}
