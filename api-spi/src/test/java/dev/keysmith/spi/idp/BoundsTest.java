package dev.keysmith.spi.idp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundsTest {

  private static DirectoryUser user(String id, String name) {
    return new DirectoryUser(id, "ann", name, Optional.empty(), DirectoryUser.Status.ACTIVE);
  }

  private static Factor factor(String id) {
    return new Factor(
        id, Factor.Status.PENDING, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static void isRefused(Runnable construction) {
    assertThatThrownBy(construction::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("printable ASCII without spaces");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\n", "\u00e4", "a\0"})
  void idsThatBreakTheirBoundsAreRefused(String id) {
    isRefused(() -> user(id, "Ann"));
    isRefused(() -> factor(id));
    isRefused(() -> new DirectoryGroup(id, "Staff", Optional.empty()));
    isRefused(() -> new RegistrationTicket(id, "f"));
    isRefused(() -> new RegistrationTicket("u", id));
  }

  @Test
  void idsHaveUpTo255Characters() {
    String longest = "~".repeat(255);
    assertThat(factor(longest).id()).isEqualTo(longest);
    assertThat(new RegistrationTicket(longest, "!").userId()).isEqualTo(longest);
    isRefused(() -> factor(longest + "~"));
  }

  @Test
  void namesAreCutBetweenCharacters() {
    assertThat(user("u", "n".repeat(300)).displayName()).isEqualTo("n".repeat(255));
    assertThat(new DirectoryGroup("g", "n".repeat(254) + "\ud83d\udd11", Optional.empty()).name())
        .isEqualTo("n".repeat(254));
  }
}
