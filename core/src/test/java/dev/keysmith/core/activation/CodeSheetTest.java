package dev.keysmith.core.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.bulk.UserSelection;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.session.Desk;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CodeSheetTest {

  @RegisterExtension final Core core = new Core();

  @Test
  void saysInTheWordsOfTheReaderWhyAUserGetsNoCode() {
    Desk desk = new Desk(core, "u1", "u2");
    desk.provider().remove("u2");
    desk.importAll();
    StringWriter sheet = new StringWriter();
    CodeSheet.Order order =
        new CodeSheet.Order(UserSelection.matching(Map.of()), false, CodeSheetTest::words);

    core.get(CodeSheet.class).write(Desk.OPERATOR, order, sheet);

    assertThat(sheet.toString().lines().skip(1))
        .satisfiesExactly(
            given -> assertThat(given).startsWith("u1@example.org").doesNotContain("words"),
            refused -> assertThat(refused).endsWith(",words of activation.user-left"));
  }

  private static String words(Message message) {
    return "words of " + message.code();
  }
}
