package dev.keysmith.war.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.PluginMessage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that another version has stored, or another hand, and those that hold any text. */
class OddMessagesTest {

  private final Texts english = Texts.in(Locale.ENGLISH);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "it's {0} and {1,choice,0#a} ''{''",
        "<script>alert(1)</script> & \"quotes\" \\",
        "null",
        "",
      })
  void keepsEachTextAsItIs(String text) {
    assertThat(english.message(Message.of(PluginMessage.REJECTED, text)))
        .isEqualTo("The plugin says: " + text);
  }

  @Test
  void showsTheCodeOfAMessageThatThisVersionDoesNotKnow() {
    Message later = new Message("later.code", Map.of("why", new Message("later.why", Map.of())));

    assertThat(english.message(later)).contains("later.code", "later.why");
    assertThat(MessageView.of(later, english).arguments()).containsKey("why");
  }

  @Test
  void showsTheCodeWhereTheArgumentsDoNotFitTheText() {
    Message inner = new Message("key.absent", Map.of());
    for (Map<String, Object> arguments :
        List.of(
            Map.<String, Object>of(),
            Map.<String, Object>of("left", "three"),
            Map.<String, Object>of("left", inner))) {
      assertThat(english.message(new Message("key.pin-wrong", arguments)))
          .contains("key.pin-wrong")
          .doesNotContain("{0");
    }
  }
}
