package dev.keysmith.war.json;

import dev.keysmith.war.text.Texts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads and writes JSON bodies as records. */
@Provider
@Consumes("application/json")
@Produces({"application/json", "application/problem+json"})
public class JsonProvider implements MessageBodyReader<Object>, MessageBodyWriter<Object> {

  @Context HttpServletRequest request;

  @Override
  public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType as) {
    return !isRaw(type);
  }

  @Override
  public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType as) {
    return !isRaw(type);
  }

  private static boolean isRaw(Class<?> type) {
    return InputStream.class.isAssignableFrom(type) || type == byte[].class || type == String.class;
  }

  @Override
  public @Nullable Object readFrom(
      Class<Object> type,
      Type generic,
      Annotation[] annotations,
      MediaType as,
      MultivaluedMap<String, String> headers,
      InputStream body) {
    Object value;
    try {
      value = Json.MAPPER.readValue(body, Json.MAPPER.constructType(generic));
    } catch (JacksonException e) {
      throw BadJson.from(e);
    }
    MissingFields.check(value);
    return value;
  }

  @Override
  public void writeTo(
      Object value,
      Class<?> type,
      Type generic,
      Annotation[] annotations,
      MediaType as,
      MultivaluedMap<String, Object> headers,
      OutputStream body) {
    Json.writer(Texts.of(request)).writeValue(body, value);
  }
}
