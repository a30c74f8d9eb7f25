package dev.keysmith.station.link;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import dev.keysmith.spi.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The map of a frame, read with checks: each violation is a {@link LinkException}. */
final class FrameMap {

  private static final CBOREncodeOptions STRICT =
      new CBOREncodeOptions("allowduplicatekeys=false;resolvereferences=false;allowempty=false");

  private final CBORObject map;

  private FrameMap(CBORObject map) {
    if (map.getType() != CBORType.Map) {
      throw new LinkException("A frame holds something else where a map must be.");
    }
    this.map = map;
  }

  static FrameMap decode(byte[] encoded) {
    try {
      return new FrameMap(CBORObject.DecodeFromBytes(encoded, STRICT));
    } catch (CBORException | IllegalArgumentException | ArithmeticException e) {
      throw new LinkException("A frame is not valid CBOR.", e);
    }
  }

  boolean has(String name) {
    return member(name) != null;
  }

  private @Nullable CBORObject member(String name) {
    CBORObject value = map.get(name);
    return value == null || value.isNull() || value.isUndefined() ? null : value;
  }

  private CBORObject required(String name, CBORType type) {
    CBORObject value = member(name);
    if (value == null || value.getType() != type || value.isTagged()) {
      throw new LinkException("A frame lacks \"" + name + "\", or it is of another type.");
    }
    return value;
  }

  /** A text; what is longer is cut. */
  String text(String name, int longest) {
    return Text.cut(required(name, CBORType.TextString).AsString(), longest);
  }

  Optional<String> optionalText(String name, int longest) {
    return has(name) ? Optional.of(text(name, longest)) : Optional.empty();
  }

  /** A number from 0 on. */
  int number(String name) {
    CBORObject value = required(name, CBORType.Integer);
    if (!value.CanValueFitInInt32() || value.AsInt32Value() < 0) {
      throw outOfRange(name);
    }
    return value.AsInt32Value();
  }

  long longNumber(String name) {
    CBORObject value = required(name, CBORType.Integer);
    if (!value.CanValueFitInInt64() || value.AsInt64Value() < 0) {
      throw outOfRange(name);
    }
    return value.AsInt64Value();
  }

  private static LinkException outOfRange(String name) {
    return new LinkException("A frame has a number \"" + name + "\" that is out of range.");
  }

  byte[] bytes(String name, int longest) {
    byte[] value = required(name, CBORType.ByteString).GetByteString();
    if (value.length > longest) {
      throw new LinkException("A frame has more bytes in \"" + name + "\" than are allowed.");
    }
    return value;
  }

  List<FrameMap> maps(String name, int most) {
    List<FrameMap> maps = new ArrayList<>();
    for (CBORObject value : array(name, most).getValues()) {
      maps.add(new FrameMap(value));
    }
    return maps;
  }

  List<String> texts(String name, int most, int longest) {
    List<String> texts = new ArrayList<>();
    for (CBORObject value : array(name, most).getValues()) {
      if (value.getType() != CBORType.TextString) {
        throw new LinkException("A frame has something else than texts in \"" + name + "\".");
      }
      texts.add(Text.cut(value.AsString(), longest));
    }
    return texts;
  }

  private CBORObject array(String name, int most) {
    CBORObject array = required(name, CBORType.Array);
    if (array.size() > most) {
      throw new LinkException("A frame has more items in \"" + name + "\" than are allowed.");
    }
    return array;
  }

  /** One of the names of an enum; of a name that a later version has added, the fallback. */
  <E extends Enum<E>> E oneOf(String name, Class<E> type, E fallback) {
    String text = text(name, 64);
    for (E value : type.getEnumConstants()) {
      if (value.name().equals(text)) {
        return value;
      }
    }
    return fallback;
  }
}
