package dev.keysmith.war.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.keysmith.core.message.Message;
import dev.keysmith.war.text.Texts;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** The JSON dialect of the API: ISO-8601 times, absent for empty, nothing unknown accepted. */
public final class Json {

  /** The one mapper; immutable. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(EnumFeature.READ_ENUMS_USING_TO_STRING)
          .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
          .changeDefaultPropertyInclusion(
              all ->
                  JsonInclude.Value.construct(
                      JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          .addModule(
              new SimpleModule("messages").addSerializer(Message.class, new MessageSerializer()))
          .build();

  private Json() {}

  /** Writes values with the texts of their messages in one language. */
  public static ObjectWriter writer(Texts texts) {
    return MAPPER.writer().withAttribute(MessageSerializer.TEXTS, texts);
  }
}
