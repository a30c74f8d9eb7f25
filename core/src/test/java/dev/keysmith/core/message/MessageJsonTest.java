package dev.keysmith.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MessageJsonTest {

  private enum Sample implements MessageCode {
    PLAIN,
    FULL;

    @Override
    public String code() {
      return "sample." + name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public List<String> parameters() {
      return this == PLAIN ? List.of() : List.of("name", "count", "why");
    }
  }

  @Test
  void readsWhatItHasWritten() {
    Message message = Message.of(Sample.FULL, "Zoë \"Z\"", 3, Message.of(Sample.PLAIN));

    Message read = MessageJson.read(MessageJson.write(message));

    assertThat(read).isEqualTo(message);
    assertThat(read.arguments()).containsEntry("count", 3L);
    assertThat(read.arguments().keySet()).containsExactly("name", "count", "why");
  }

  @Test
  void writesACodeAloneWhereThereAreNoArguments() {
    assertThat(MessageJson.write(Message.of(Sample.PLAIN)))
        .isEqualTo("{\"code\":\"sample.plain\"}");
    assertThat(MessageJson.read("{\"code\":\"sample.plain\"}")).isEqualTo(Message.of(Sample.PLAIN));
  }

  @Test
  void wantsAValueForEachParameter() {
    assertThatThrownBy(() -> Message.of(Sample.FULL, "one"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sample.full takes [name, count, why]");
  }

  @Test
  void cutsAnArgumentThatIsTooLong() {
    Message message = Message.of(Sample.FULL, "x".repeat(5000), 1, "");

    assertThat((String) message.arguments().get("name")).hasSize(1000);
  }
}
