package dev.keysmith.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.harness.Core;
import dev.keysmith.core.page.PageRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RefusalsTest {

  private static final Actor ANN = Actor.operator(1, "ann");

  @RegisterExtension final Core core = new Core();

  private final Refusals refusals = core.get(Refusals.class);

  private List<AuditEntry> entries() {
    return core.get(Audit.class).list(new PageRequest(0, 500, "id", Map.of())).items();
  }

  private void refuse(int times, String address) {
    for (int i = 0; i < times; i++) {
      refusals.refused(ANN, "access.refused", address, "/panel/tokens");
    }
  }

  @Test
  void writesTheFirstAtOnceAndCountsTheOthersOfTenMinutes() {
    refuse(1000, "192.0.2.1");

    assertThat(entries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.by()).isEqualTo(ANN);
              assertThat(entry.subject().label()).isEqualTo("/panel/tokens");
              assertThat(entry.details()).containsEntry("address", "192.0.2.1");
            });
    core.clock().advance(Refusals.INTERVAL);
    refuse(1, "192.0.2.1");

    assertThat(entries()).hasSize(3);
    assertThat(entries().get(1).details())
        .containsEntry("repeated", "999")
        .containsEntry("address", "192.0.2.1");
  }

  @Test
  void tellsActorsActsAndAddressesApart() {
    refuse(2, "192.0.2.1");
    refuse(2, "192.0.2.2");
    refusals.refused(Actor.token(1, "ann"), "access.refused", "192.0.2.1", "GET /api/tokens");
    refusals.signInFailed("passkey", "192.0.2.1");

    assertThat(entries()).hasSize(4);
  }

  @Test
  void writesFewEntriesHoweverManyAddressesThereAre() {
    for (int i = 0; i < 5000; i++) {
      refuse(1, "10.0." + (i >> 8) + "." + (i & 255));
    }

    assertThat(entries()).hasSize(Refusals.SEPARATE + 1);
    refusals.finish();
    assertThat(entries()).hasSize(Refusals.SEPARATE + 2);
    assertThat(entries().get(Refusals.SEPARATE + 1).details())
        .containsEntry("repeated", Integer.toString(5000 - Refusals.SEPARATE - 1));
  }

  @Test
  void saysWhoseRefusalItWasHoweverManyStrangersAreRefused() {
    for (int i = 0; i < 500; i++) {
      refusals.signInFailed("passkey", "10.0." + (i >> 8) + "." + (i & 255));
    }
    refuse(1, "192.0.2.1");

    assertThat(entries())
        .hasSize(Refusals.SEPARATE + 2)
        .last()
        .satisfies(
            entry -> {
              assertThat(entry.by()).isEqualTo(ANN);
              assertThat(entry.details()).containsEntry("address", "192.0.2.1");
            });
  }

  /** What was refused is rolled back; that it was refused is not. */
  @Test
  void staysWhenTheTransactionOfTheCallerIsRolledBack() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    core.inTransaction(
                        () -> {
                          refuse(1, "192.0.2.1");
                          throw new IllegalStateException("rolled back");
                        })))
        .isNotNull();

    assertThat(entries()).hasSize(1);
  }
}
