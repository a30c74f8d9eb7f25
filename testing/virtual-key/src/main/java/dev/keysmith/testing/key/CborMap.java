package dev.keysmith.testing.key;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a request, read with the checks that CTAP 2.1, section 8, asks for. */
record CborMap(Map<?, ?> values) {

  static final CborMap EMPTY = new CborMap(Map.of());

  /** The parameters behind the command byte; without any, an empty map. */
  static CborMap parse(byte[] encoded) {
    return encoded.length == 0 ? EMPTY : of(Cbor.decode(encoded));
  }

  static CborMap of(Object value) {
    if (value instanceof Map<?, ?> map) {
      return new CborMap(map);
    }
    throw CtapStatus.CBOR_UNEXPECTED_TYPE.error();
  }

  boolean has(Object key) {
    return values.containsKey(key);
  }

  Optional<byte[]> bytes(Object key) {
    return value(key, byte[].class);
  }

  Optional<String> text(Object key) {
    return value(key, String.class);
  }

  Optional<Boolean> bool(Object key) {
    return value(key, Boolean.class);
  }

  Optional<Integer> integer(Object key) {
    Optional<Long> number = value(key, Long.class);
    if (number.isPresent() && number.get() != number.get().intValue()) {
      throw CtapStatus.INVALID_PARAMETER.error();
    }
    return number.map(Long::intValue);
  }

  Optional<CborMap> map(Object key) {
    return value(key, Map.class).map(CborMap::of);
  }

  /** The maps in an array; an empty list if the array is absent. */
  List<CborMap> maps(Object key) {
    List<CborMap> maps = new ArrayList<>();
    for (Object element : value(key, List.class).orElse(List.of())) {
      maps.add(of(element));
    }
    return maps;
  }

  /** The texts in an array, if it is there. */
  Optional<List<String>> texts(Object key) {
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
  static <T> T required(Optional<T> value) {
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
