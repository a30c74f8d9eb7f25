package dev.keysmith.war.json;

import dev.keysmith.core.message.Message;
import dev.keysmith.war.text.MessageView;
import dev.keysmith.war.text.Texts;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes messages with their texts, in the language that the writer was made for. */
final class MessageSerializer extends ValueSerializer<Message> {

  /** The attribute of a writer that holds its {@link Texts}; English without it. */
  static final String TEXTS = Texts.class.getName();

  @Override
  public void serialize(Message message, JsonGenerator json, SerializationContext context) {
    Texts texts =
        context.getAttribute(TEXTS) instanceof Texts chosen ? chosen : Texts.in(Locale.ENGLISH);
    context.writeValue(json, MessageView.of(message, texts));
  }
}
