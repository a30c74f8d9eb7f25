package dev.keysmith.testing.key.message;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The CTAP2 canonical CBOR encoding form (CTAP 2.1, section 8): integers, text, bytes, booleans,
 * arrays and maps, in definite lengths, with the keys of a map in canonical order.
 */
public final class Cbor {

  private static final CBORFactory FACTORY = new CBORFactory();
  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,8}");

  /** Integers before texts, zero and up before negative ones, short before long, then bytewise. */
  private static final Comparator<Object> CANONICAL =
      Comparator.comparing(Cbor::majorType)
          .thenComparing(key -> encode(key).length)
          .thenComparing(Cbor::encode, Arrays::compareUnsigned);

  private Cbor() {}

  public static byte[] encode(Object value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CBORGenerator generator = FACTORY.createGenerator(out)) {
      write(generator, value);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed.", e);
    }
    return out.toByteArray();
  }

  /**
   * Decodes one value.
   *
   * @throws CtapError {@code INVALID_CBOR} if {@code encoded} is not what {@link #encode} makes
   */
  public static Object decode(byte[] encoded) {
    try (CBORParser parser = FACTORY.createParser(encoded)) {
      parser.nextToken();
      Object value = read(parser);
      // What comes out different again was not canonical: a longer length, a key out of order or
      // there twice, an indefinite length, a tag, bytes after the end.
      if (Arrays.equals(encode(value), encoded)) {
        return value;
      }
    } catch (StreamReadException e) {
      // Answered below, as any other malformed request.
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed.", e);
    }
    throw CtapStatus.INVALID_CBOR.error();
  }

  private static void write(CBORGenerator generator, Object value) throws IOException {
    if (value instanceof Number number) {
      generator.writeNumber(number.longValue());
    } else if (value instanceof String text) {
      generator.writeString(text);
    } else if (value instanceof byte[] bytes) {
      generator.writeBinary(bytes);
    } else if (value instanceof Boolean bool) {
      generator.writeBoolean(bool);
    } else if (value instanceof List<?> list) {
      generator.writeStartArray(list, list.size());
      for (Object element : list) {
        write(generator, element);
      }
      generator.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      writeMap(generator, map);
    } else {
      throw new IllegalArgumentException("Not a CTAP2 value: " + value.getClass());
    }
  }

  private static void writeMap(CBORGenerator generator, Map<?, ?> map) throws IOException {
    List<Object> keys = new ArrayList<>(map.keySet());
    keys.sort(CANONICAL);
    generator.writeStartObject(map, keys.size());
    for (Object key : keys) {
      if (key instanceof Integer integer) {
        generator.writeFieldId(integer);
      } else {
        generator.writeFieldName((String) key);
      }
      write(generator, java.util.Objects.requireNonNull(map.get(key)));
    }
    generator.writeEndObject();
  }

  private static Object read(CBORParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw CtapStatus.INVALID_CBOR.error();
    }
    return switch (token) {
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_STRING -> parser.getText();
      case VALUE_EMBEDDED_OBJECT -> parser.getBinaryValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case START_ARRAY -> readList(parser);
      case START_OBJECT -> readMap(parser);
      default -> throw CtapStatus.INVALID_CBOR.error();
    };
  }

  private static List<Object> readList(CBORParser parser) throws IOException {
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(read(parser));
    }
    return list;
  }

  private static Map<Object, Object> readMap(CBORParser parser) throws IOException {
    Map<Object, Object> map = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      // The parser gives every key as text. No text key of CTAP2 looks like an integer, and one
      // that does will not survive the comparison in decode.
      String key = parser.currentName();
      if (key == null) {
        throw CtapStatus.INVALID_CBOR.error();
      }
      parser.nextToken();
      map.put(INTEGER.matcher(key).matches() ? (Object) Integer.valueOf(key) : key, read(parser));
    }
    return map;
  }

  private static int majorType(Object key) {
    if (key instanceof Integer integer) {
      return integer < 0 ? 1 : 0;
    }
    return 3;
  }

  /** The bytes of a text in UTF-8. */
  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
