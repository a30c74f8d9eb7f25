package dev.keysmith.core.ctap.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.Text;
import dev.keysmith.spi.idp.CredentialCreationOptions.UserEntity;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A map from a key's answer, read with checks: each violation is a {@link CtapException}. */
public final class CborMap {

  private static final CBOREncodeOptions CANONICAL = new CBOREncodeOptions("ctap2canonical=true");
  private static final CBOREncodeOptions STRICT =
      new CBOREncodeOptions("allowduplicatekeys=false;resolvereferences=false;allowempty=false");

  /** RP IDs have at most 253 characters, and keys cut names at 64 bytes. */
  private static final int LONGEST_TEXT = 255;

  /** Control characters, and those that turn the direction of text round. */
  private static final Pattern UNREADABLE =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");

  private final CBORObject map;
  private final String source;

  /** By {@code Integer} and {@code String}; the library compares CBOR with CBOR, which is slow. */
  private final Map<Object, CBORObject> members = new HashMap<>();

  private CborMap(CBORObject map, String source) {
    this.map = map;
    this.source = source;
    for (Map.Entry<CBORObject, CBORObject> member : map.getEntries()) {
      CBORObject key = member.getKey();
      if (key.getType() == CBORType.TextString) {
        members.put(key.AsString(), member.getValue());
      } else if (key.getType() == CBORType.Integer && key.CanValueFitInInt32()) {
        members.put(key.AsInt32Value(), member.getValue());
      }
    }
  }

  /**
   * Decodes the one map that fills {@code encoded}.
   *
   * @param encoded mended in place where text is cut within a character
   * @param source what the map is, for messages
   */
  public static CborMap decode(byte[] encoded, String source) {
    try {
      if (CborScan.endOfItem(encoded, 0) != encoded.length) {
        throw CtapException.unreadable(source, "more than one CBOR item", null);
      }
      return of(CBORObject.DecodeFromBytes(encoded, STRICT), source);
    } catch (IllegalArgumentException | ArithmeticException | CBORException e) {
      throw CtapException.unreadable(source, "not valid CBOR", e);
    }
  }

  /** What a command without an answer answers. */
  public static CborMap empty(String source) {
    return new CborMap(CBORObject.NewMap(), source);
  }

  private static CborMap of(CBORObject value, String source) {
    if (value.getType() != CBORType.Map) {
      throw CtapException.unreadable(source, "a map was expected", null);
    }
    return new CborMap(value, source);
  }

  /** The CTAP2 canonical form (CTAP 2.1, section 8). */
  public static byte[] encode(CBORObject value) {
    return value.EncodeToBytes(CANONICAL);
  }

  /** A user account; empty names are left out (CTAP 2.1, section 6.1.2). */
  public static CBORObject user(UserEntity user) {
    CBORObject map = CBORObject.NewMap().Add("id", user.id().toArray());
    addText(map, "name", user.name());
    addText(map, "displayName", user.displayName());
    return map;
  }

  /**
   * Adds text unless it is empty; half characters, which CBOR cannot hold, become question marks.
   */
  public static void addText(CBORObject map, String key, String text) {
    if (!text.isEmpty()) {
      map.Add(key, new String(text.getBytes(UTF_8), UTF_8));
    }
  }

  /** The CTAP2 canonical form of this map. */
  public Bytes encoded() {
    return Bytes.of(encode(map));
  }

  /** The map as the library has it, to be put into another structure. */
  CBORObject content() {
    return map;
  }

  public boolean isEmpty() {
    return map.size() == 0;
  }

  public boolean has(Object key) {
    return find(key).isPresent();
  }

  public Optional<Bytes> bytes(Object key) {
    return find(key).map(value -> asBytes(key, value));
  }

  public Bytes requiredBytes(Object key) {
    return required(key, bytes(key));
  }

  public Optional<String> text(Object key) {
    return find(key).map(value -> asText(key, value));
  }

  public String requiredText(Object key) {
    return required(key, text(key));
  }

  public Optional<Boolean> bool(Object key) {
    return find(key).map(value -> asBool(key, value));
  }

  /** An unsigned integer of at most 63 bits. */
  public Optional<Long> number(Object key) {
    return find(key).map(value -> asUnsigned(key, value));
  }

  public long requiredNumber(Object key) {
    return required(key, number(key));
  }

  /** A count or length that fits an {@code int}. */
  public Optional<Integer> integer(Object key) {
    return number(key).map(value -> (int) Math.min(value, Integer.MAX_VALUE));
  }

  /** Any integer of at most 32 bits. */
  public int requiredSigned(Object key) {
    CBORObject value = required(key, find(key));
    check(key, value, v -> v.getType() == CBORType.Integer && v.CanValueFitInInt32());
    return value.AsInt32Value();
  }

  public Optional<CborMap> map(Object key) {
    return find(key).map(value -> of(value, name(key)));
  }

  public CborMap requiredMap(Object key) {
    return required(key, map(key));
  }

  public List<String> texts(Object key) {
    return list(key, value -> asText(key, value));
  }

  public List<Integer> integers(Object key) {
    return list(key, value -> (int) Math.min(asUnsigned(key, value), Integer.MAX_VALUE));
  }

  List<Long> numbers(Object key) {
    return list(key, value -> asUnsigned(key, value));
  }

  public List<CborMap> maps(Object key) {
    return list(key, value -> of(value, name(key)));
  }

  /** The map from text to truth values under a key, in the order of the answer. */
  public Map<String, Boolean> flags(Object key) {
    return entries(key, this::asBool);
  }

  /** The map from text to unsigned integers under a key, in the order of the answer. */
  public Map<String, Long> levels(Object key) {
    return entries(key, this::asUnsigned);
  }

  /** The members whose keys are integers above {@code last}, encoded each for itself. */
  public Map<Integer, Bytes> numberedAbove(int last) {
    Map<Integer, Bytes> found = new HashMap<>();
    members.forEach(
        (key, value) -> {
          if (key instanceof Integer number && number > last) {
            found.put(number, Bytes.of(value.EncodeToBytes()));
          }
        });
    return Map.copyOf(found);
  }

  private <T> Map<String, T> entries(Object key, BiFunction<Object, CBORObject, T> read) {
    Map<String, T> found = new LinkedHashMap<>();
    map(key)
        .ifPresent(
            nested ->
                nested
                    .map
                    .getEntries()
                    .forEach(
                        entry ->
                            found.put(
                                asText(key, entry.getKey()), read.apply(key, entry.getValue()))));
    return Collections.unmodifiableMap(found);
  }

  private <T> List<T> list(Object key, Function<CBORObject, T> read) {
    Optional<CBORObject> value = find(key);
    value.ifPresent(v -> check(key, v, array -> array.getType() == CBORType.Array));
    return value.map(v -> v.getValues().stream().map(read).toList()).orElse(List.of());
  }

  private Bytes asBytes(Object key, CBORObject value) {
    check(key, value, v -> v.getType() == CBORType.ByteString);
    return Bytes.of(value.GetByteString());
  }

  private String asText(Object key, CBORObject value) {
    check(key, value, v -> v.getType() == CBORType.TextString);
    return shown(value.AsString());
  }

  /** People read what a key says: in one line, of some length, in the order in which it stands. */
  private static String shown(String text) {
    return Text.cut(UNREADABLE.matcher(text).replaceAll("\uFFFD"), LONGEST_TEXT);
  }

  private Boolean asBool(Object key, CBORObject value) {
    check(key, value, v -> v.getType() == CBORType.Boolean);
    return value.AsBoolean();
  }

  private Long asUnsigned(Object key, CBORObject value) {
    check(
        key,
        value,
        v -> v.getType() == CBORType.Integer && v.CanValueFitInInt64() && v.AsInt64Value() >= 0);
    return value.AsInt64Value();
  }

  private Optional<CBORObject> find(Object key) {
    return Optional.ofNullable(members.get(key));
  }

  private <T> T required(Object key, Optional<T> value) {
    return value.orElseThrow(
        () -> CtapException.unreadable(source, "member " + label(key) + " is missing", null));
  }

  private void check(Object key, CBORObject value, Predicate<CBORObject> condition) {
    if (!condition.test(value)) {
      throw CtapException.unreadable(source, "member " + label(key) + " has a wrong type", null);
    }
  }

  private String name(Object key) {
    return source + ", member " + label(key);
  }

  private static String label(Object key) {
    return key instanceof Integer number ? "0x" + Integer.toHexString(number) : key.toString();
  }
}
