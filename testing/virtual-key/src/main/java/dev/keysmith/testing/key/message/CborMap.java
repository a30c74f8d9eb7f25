package dev.keysmith.testing.key.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a request, read with the checks that CTAP 2.1, section 8, asks for. */
public record CborMap(Map<?, ?> values) {

  public static final CborMap EMPTY = new CborMap(Map.of());

  /** The parameters behind the command byte; without any, an empty map. */
  public static CborMap parse(byte[] encoded) {
    return encoded.length == 0 ? EMPTY : of(Cbor.decode(encoded));
  }

  static CborMap of(Object value) {
    if (value instanceof Map<?, ?> map) {
      return new CborMap(map);
    }
    throw CtapStatus.CBOR_UNEXPECTED_TYPE.error();
  }

  public boolean has(Object key) {
    return values.containsKey(key);
  }

  public Optional<byte[]> bytes(Object key) {
    return value(key, byte[].class);
  }

  public Optional<String> text(Object key) {
    return value(key, String.class);
  }

  public Optional<Boolean> bool(Object key) {
    return value(key, Boolean.class);
  }

  public Optional<Integer> integer(Object key) {
    Optional<Long> number = value(key, Long.class);
    if (number.isPresent() && number.get() != number.get().intValue()) {
      throw CtapStatus.INVALID_PARAMETER.error();
    }
    return number.map(Long::intValue);
  }

  public Optional<CborMap> map(Object key) {
    return value(key, Map.class).map(CborMap::of);
  }

  /** The maps in an array; an empty list if the array is absent. */
  public List<CborMap> maps(Object key) {
    List<CborMap> maps = new ArrayList<>();
    for (Object element : value(key, List.class).orElse(List.of())) {
      maps.add(of(element));
    }
    return maps;
  }

  /** The texts in an array, if it is there. */
  public Optional<List<String>> texts(Object key) {
    return value(key, List.class)
        .map(
            list -> {
              List<String> texts = new ArrayList<>();
              for (Object element : list) {
                texts.add(cast(element, String.class));
              }
              return texts;
            });
  }

  /** The value of a parameter that must be there. */
  public static <T> T required(Optional<T> value) {
    return value.orElseThrow(CtapStatus.MISSING_PARAMETER::error);
  }

  private <T> Optional<T> value(Object key, Class<T> type) {
    Object value = values.get(key);
    return value == null ? Optional.empty() : Optional.of(cast(value, type));
  }

  private static <T> T cast(Object value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw CtapStatus.CBOR_UNEXPECTED_TYPE.error();
    }
    return type.cast(value);
  }
}
