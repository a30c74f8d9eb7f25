package dev.keysmith.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.problem.PluginMessage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageConverterTest {

  private final MessageConverter converter = new MessageConverter();

  private Message stored(String json) {
    Message read = converter.convertToEntityAttribute(json);
    assertThat(read).isNotNull();
    return read;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "it's {0} ''{''",
        "<b>\"\\\u0000\u0007\u2028",
        "\uD83D\uDE00 and \uD83D alone",
        "null",
        "",
      })
  void keepsEachText(String text) {
    Message message = Message.of(PluginMessage.REJECTED, text);

    String json = converter.convertToDatabaseColumn(message);

    assertThat(json).isNotNull().doesNotContain("\u0000");
    assertThat(stored(json)).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A sentence.", "{\"code\":null}", "[]", "{\"code\":{}}", "{", "", "{}"})
  void showsWhatIsNoMessageAsItIs(String text) {
    assertThat(stored(text)).isEqualTo(new Message(Message.EARLIER, Map.of("text", text)));
  }

  @Test
  void showsWhatHasOtherArgumentsAsItIs() {
    String other = "{\"code\":\"a\",\"arguments\":{\"b\":[1]}}";
    assertThat(stored(other).is(PluginMessage.REJECTED)).isFalse();
    assertThat(stored(other).arguments()).containsEntry("text", other);
  }

  @Test
  void readsNestingOfAnyDepthThatFits() {
    String deep = "{\"code\":\"a\",\"arguments\":{\"b\":".repeat(250) + "1" + "}}".repeat(250);
    assertThat(stored(deep)).isNotNull();
    assertThat(stored("[".repeat(8000)).code()).isEqualTo(Message.EARLIER);
    assertThat(stored("{\"a\":".repeat(1600)).code()).isEqualTo(Message.EARLIER);
  }

  @Test
  void takesNoMoreThanItsColumn() {
    Message message = Message.of(PluginMessage.REJECTED, "\u0001".repeat(1000));
    for (int i = 0; i < 12; i++) {
      message = new Message("outer", Map.of("text", "\u0002".repeat(1000), "why", message));
    }

    String json = converter.convertToDatabaseColumn(message);

    assertThat(json).isNotNull().hasSizeLessThanOrEqualTo(8000);
    assertThat(stored(json).code()).isEqualTo("outer");
  }
}
