package dev.keysmith.core.apitoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.problem.ProblemException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApiTokensTest {

  private static final Actor ANN = Actor.operator(1, "ann");

  @RegisterExtension final Core core = new Core();

  private final ApiTokens tokens = core.get(ApiTokens.class);

  private IssuedApiToken issue(Role role, @Nullable Duration lifetime) {
    return tokens.create(
        ANN,
        new NewApiToken(
            "test", role, lifetime == null ? null : core.clock().instant().plus(lifetime)));
  }

  @Test
  void knowsATokenByItsTextAlone() {
    IssuedApiToken issued = issue(Role.OPERATOR, null);

    assertThat(issued.text()).hasSize(46).startsWith('k', 's', '_');
    assertThat(tokens.authenticate(issued.text())).map(ApiToken::role).contains(Role.OPERATOR);
    issued.text()[45] ^= 1;
    assertThat(tokens.authenticate(issued.text())).isEmpty();
    assertThat(tokens.authenticate(new char[0])).isEmpty();
  }

  @Test
  void refusesATokenFromTheInstantItExpires() {
    IssuedApiToken issued = issue(Role.AUDITOR, Duration.ofDays(1));

    core.clock().advance(Duration.ofDays(1).minusMillis(1));
    assertThat(tokens.authenticate(issued.text())).isPresent();
    core.clock().advance(Duration.ofMillis(1));
    assertThat(tokens.authenticate(issued.text())).isEmpty();
  }

  @Test
  void refusesARevokedToken() {
    IssuedApiToken issued = issue(Role.AUDITOR, null);

    tokens.revoke(ANN, issued.token().id());

    assertThat(tokens.authenticate(issued.text())).isEmpty();
    assertThat(tokens.get(issued.token().id()).revoked()).contains(core.clock().instant());
  }

  @Test
  void keepsTheLastAdministratorIn() {
    IssuedApiToken first = issue(Role.ADMINISTRATOR, null);
    issue(Role.OPERATOR, null);

    assertThatThrownBy(() -> tokens.revoke(ANN, first.token().id()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.code()).isEqualTo("token.last-administrator"));
    assertThat(tokens.authenticate(first.text())).isPresent();

    issue(Role.ADMINISTRATOR, null);
    tokens.revoke(ANN, first.token().id());
    assertThat(tokens.authenticate(first.text())).isEmpty();
  }

  @Test
  void recordsUseCoarsely() {
    IssuedApiToken issued = issue(Role.OPERATOR, null);
    tokens.authenticate(issued.text());
    var firstUse = core.clock().instant();

    core.clock().advance(Duration.ofMinutes(9));
    tokens.authenticate(issued.text());
    assertThat(tokens.get(issued.token().id()).lastUsed()).contains(firstUse);

    core.clock().advance(Duration.ofMinutes(2));
    tokens.authenticate(issued.text());
    assertThat(tokens.get(issued.token().id()).lastUsed()).contains(core.clock().instant());
  }

  @Test
  void refusesLabelsThatCannotBeTold() {
    for (String label : new String[] {"", "  ", "a\nb", "a".repeat(65)}) {
      assertThatThrownBy(() -> new NewApiToken(label, Role.AUDITOR, null))
          .isInstanceOf(ProblemException.class);
    }
  }
}
