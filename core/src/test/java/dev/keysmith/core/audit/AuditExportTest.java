package dev.keysmith.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.harness.Core;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuditExportTest {

  @RegisterExtension final Core core = new Core();

  @Test
  void writesEachEntryOnceHoweverManyThereAre() throws Exception {
    for (int i = 0; i < 3; i++) {
      record(400, "user.seen", "u" + i);
    }

    assertThat(csv(Map.of())).hasSize(1202).doesNotHaveDuplicates();
    assertThat(csv(Map.of("subject", "u1"))).hasSize(401);
    assertThat(lines(Map.of("subject", "u2"))).hasSize(400);
  }

  @Test
  void writesWhatASpreadsheetDoesNotTakeForAFormula() throws Exception {
    record(1, "user.seen", "=cmd|' /C calc'!A0");

    assertThat(csv(Map.of()).get(1)).contains("'=cmd|").contains("\"{\"\"why\"\":\"\"test\"\"}\"");
    assertThat(lines(Map.of()).get(0))
        .contains("\"label\":\"=cmd|' /C calc'!A0\"", "\"details\":{\"why\":\"test\"}");
  }

  @Test
  void saysInTheLogThatItWasTakenOut() {
    csv(Map.of("action", "user."));

    assertThat(lines(Map.of("action", "audit.")))
        .hasSize(2)
        .first()
        .asString()
        .contains(
            "\"by\":{\"kind\":\"OPERATOR\",\"id\":\"1\",\"name\":\"ann\"}",
            "audit.exported",
            "\"filter action\":\"user.\"");
  }

  @Test
  void refusesFiltersThatItDoesNotKnow() {
    assertThatThrownBy(() -> csv(Map.of("shoe", "42"))).hasMessageContaining("shoe");
  }

  private void record(int times, String action, String label) throws Exception {
    core.inTransaction(
        () -> {
          for (int i = 0; i < times; i++) {
            core.get(Audit.class)
                .record(
                    Actor.operator(1, "ann"),
                    action,
                    Subject.of("user", 1, label),
                    Map.of("why", "test"));
          }
          return null;
        });
  }

  private List<String> csv(Map<String, String> filters) {
    StringWriter text = new StringWriter();
    core.get(AuditExport.class).csv(Actor.operator(1, "ann"), filters, text);
    return text.toString().lines().toList();
  }

  private List<String> lines(Map<String, String> filters) {
    StringWriter text = new StringWriter();
    core.get(AuditExport.class).jsonLines(Actor.operator(1, "ann"), filters, text);
    return text.toString().lines().toList();
  }
}
