package dev.keysmith.core.message;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores messages as {@link MessageJson}, in at most 8000 characters. A stored text that is not one
 * is shown as it is: a row that was written by another hand must not hide the others of a list.
 */
@Converter(autoApply = true)
public class MessageConverter implements AttributeConverter<@Nullable Message, @Nullable String> {

  private static final int MOST = 8000;
  private static final int SHORT_ARGUMENT = 200;

  @Override
  public @Nullable String convertToDatabaseColumn(@Nullable Message message) {
    if (message == null) {
      return null;
    }
    String json = MessageJson.write(message);
    if (json.length() <= MOST) {
      return json;
    }
    String shorter = MessageJson.write(message.withArgumentsOf(SHORT_ARGUMENT));
    return shorter.length() <= MOST
        ? shorter
        : MessageJson.write(new Message(message.code(), Map.of()));
  }

  @Override
  public @Nullable Message convertToEntityAttribute(@Nullable String stored) {
    if (stored == null) {
      return null;
    }
    try {
      return MessageJson.read(stored);
    } catch (RuntimeException e) {
      // The parser has exceptions of several kinds, one without a type for what nests too deeply.
      return new Message(Message.EARLIER, Map.of("text", stored));
    }
  }
}
