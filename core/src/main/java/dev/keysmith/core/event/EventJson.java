package dev.keysmith.core.event;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.nio.charset.StandardCharsets;

/** Events as JSON, so that what is stored can be read by people and by later versions. */
final class EventJson implements Serializer {

  private static final Jsonb JSON = JsonbBuilder.create();

  static String write(Object event) {
    return JSON.toJson(event);
  }

  static <T> T read(String json, Class<T> type) {
    return JSON.fromJson(json, type);
  }

  @Override
  public byte[] serialize(Object data) {
    return write(data).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public <T> T deserialize(Class<T> type, byte[] data) {
    return read(new String(data, StandardCharsets.UTF_8), type);
  }
}
