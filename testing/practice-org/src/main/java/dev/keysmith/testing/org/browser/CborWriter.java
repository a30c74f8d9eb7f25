package dev.keysmith.testing.org.browser;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes CBOR as CTAP2 wants it (CTAP 2.1, section 8): lengths known beforehand, whole numbers as
 * keys in order. Callers hand sorted maps in.
 */
final class CborWriter {

  private static final CBORFactory FACTORY = new CBORFactory();

  private final CBORGenerator out;

  private CborWriter(CBORGenerator out) {
    this.out = out;
  }

  static byte[] write(SortedMap<Integer, Object> map) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CBORGenerator generator = FACTORY.createGenerator(bytes)) {
      new CborWriter(generator).value(map);
    } catch (IOException e) {
      throw new IllegalStateException("CBOR could not be written to memory", e);
    }
    return bytes.toByteArray();
  }

  private void value(Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      out.writeStartObject(null, map.size());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        key(entry.getKey());
        value(entry.getValue());
      }
      out.writeEndObject();
    } else if (value instanceof List<?> list) {
      out.writeStartArray(null, list.size());
      for (Object item : list) {
        value(item);
      }
      out.writeEndArray();
    } else {
      scalar(value);
    }
  }

  private void key(Object key) throws IOException {
    if (key instanceof Integer number) {
      out.writeFieldId(number);
    } else {
      out.writeFieldName((String) key);
    }
  }

  private void scalar(Object value) throws IOException {
    if (value instanceof byte[] bytes) {
      out.writeBinary(bytes);
    } else if (value instanceof Integer number) {
      out.writeNumber(number);
    } else if (value instanceof Boolean bool) {
      out.writeBoolean(bool);
    } else {
      out.writeString((String) value);
    }
  }
}
