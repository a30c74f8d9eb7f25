package dev.keysmith.core.ctap.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.function.Consumer;

/** CBOR from a key, read as whatever a member may be. */
class CborFuzz {

  private static final List<Object> KEYS = List.of(1, 2, 3, -1, "id", "alg");

  private static final List<Consumer<CborMap>> READINGS =
      KEYS.stream().flatMap(key -> readings(key).stream()).toList();

  private static List<Consumer<CborMap>> readings(Object key) {
    return List.of(
        map -> map.bytes(key),
        map -> map.text(key),
        map -> map.bool(key),
        map -> map.number(key),
        map -> map.integer(key),
        map -> map.requiredSigned(key),
        map -> map.map(key).ifPresent(CborMap::encoded),
        map -> map.texts(key),
        map -> map.integers(key),
        map -> map.numbers(key),
        map -> map.maps(key).forEach(CborMap::encoded),
        map -> map.flags(key),
        map -> map.levels(key),
        map -> map.numberedAbove(0));
  }

  @FuzzTest
  void isReadTheSameTwiceOrRefused(byte[] input) {
    CborMap map;
    try {
      map = CborMap.decode(input.clone(), "input");
    } catch (CtapException e) {
      assertThat(e.status()).isEqualTo(CtapStatus.UNREADABLE_RESPONSE);
      return;
    }
    READINGS.forEach(reading -> read(map, reading));
    byte[] encoded = map.encoded().toArray();
    assertThat(CborMap.decode(encoded.clone(), "input").encoded().toArray()).isEqualTo(encoded);
  }

  private static void read(CborMap map, Consumer<CborMap> reading) {
    try {
      reading.accept(map);
    } catch (CtapException e) {
      assertThat(e.status()).isEqualTo(CtapStatus.UNREADABLE_RESPONSE);
    }
  }
}
