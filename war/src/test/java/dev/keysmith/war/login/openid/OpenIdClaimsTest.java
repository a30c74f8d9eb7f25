package dev.keysmith.war.login.openid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenIdClaimsTest {

  @Test
  void readsTextsAloneAndNoNull() {
    assertThat(OpenIdClaims.list("ann")).containsExactly("ann");
    assertThat(OpenIdClaims.list(Arrays.asList("a", null, Map.of("b", "c"), List.of("d"), 7)))
        .containsExactly("a", "7");
    assertThat(OpenIdClaims.list(Map.of("name", "ann"))).isEmpty();
  }
}
