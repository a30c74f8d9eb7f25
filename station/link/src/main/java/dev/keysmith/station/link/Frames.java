package dev.keysmith.station.link;

import com.upokecenter.cbor.CBORObject;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.Text;
import dev.keysmith.spi.key.KeepAliveListener.Status;
import dev.keysmith.spi.key.KeyDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Frames as bytes and back. */
public final class Frames {

  /** The longest CTAP2 message (CTAP 2.1, section 11.2.4). */
  private static final int LONGEST_MESSAGE = 7609;

  private static final int LONGEST_SIGNATURE = 64;
  private static final int LONGEST_TEXT = 1000;
  private static final int LONGEST_NAME = 128;
  private static final int REPLACEMENT = 0xfffd;
  private static final int MOST_NODES = 64;

  private Frames() {}

  /** The bytes of a frame; at most {@link Link#MOST_BYTES}. */
  public static byte[] encode(Frame frame) {
    CBORObject map = CBORObject.NewMap();
    if (frame instanceof Frame.FromServer fromServer) {
      write(map, fromServer);
    } else if (frame instanceof Frame.FromStation fromStation) {
      write(map, fromStation);
    }
    return map.EncodeToBytes();
  }

  private static void write(CBORObject map, Frame.FromServer frame) {
    if (frame instanceof Frame.Welcome welcome) {
      map.Add("type", "welcome")
          .Add("server", text(welcome.server()))
          .Add("node", text(welcome.node()));
      map.Add("nodes", texts(welcome.nodes())).Add("nonce", welcome.nonce());
      writeVersion(map, welcome.version());
    } else if (frame instanceof Frame.Accepted accepted) {
      map.Add("type", "accepted").Add("name", text(accepted.name()));
    } else if (frame instanceof Frame.Refused refused) {
      map.Add("type", "refused").Add("refusal", refused.refusal().name());
      map.Add("message", text(refused.message(), LONGEST_TEXT));
    } else if (frame instanceof Frame.Open open) {
      map.Add("type", "open").Add("channel", open.channel());
      map.Add("transport", text(open.transport())).Add("key", text(open.key()));
    } else if (frame instanceof Frame.Exchange exchange) {
      map.Add("type", "exchange").Add("channel", exchange.channel());
      map.Add("serial", exchange.serial()).Add("request", exchange.request());
      map.Add("timeout", Math.toIntExact(exchange.timeout().toMillis()));
    } else if (frame instanceof Frame.Cancel cancel) {
      map.Add("type", "cancel").Add("channel", cancel.channel());
    } else if (frame instanceof Frame.Close close) {
      map.Add("type", "close").Add("channel", close.channel());
    }
  }

  private static void write(CBORObject map, Frame.FromStation frame) {
    if (frame instanceof Frame.Proof proof) {
      map.Add("type", "proof")
          .Add("station", proof.station())
          .Add("program", text(proof.program()));
      map.Add("system", text(proof.system())).Add("signature", proof.signature());
      writeVersion(map, proof.version());
    } else if (frame instanceof Frame.Keys keys) {
      map.Add("type", "keys").Add("transports", transports(keys.transports()));
    } else if (frame instanceof Frame.Opened opened) {
      map.Add("type", "opened").Add("channel", opened.channel());
    } else if (frame instanceof Frame.Answer answer) {
      map.Add("type", "answer").Add("channel", answer.channel()).Add("serial", answer.serial());
      map.Add("response", answer.response());
    } else if (frame instanceof Frame.Failed failed) {
      map.Add("type", "failed").Add("channel", failed.channel()).Add("serial", failed.serial());
      map.Add("reason", failed.reason().name());
      map.Add("message", text(failed.message(), LONGEST_TEXT));
    } else if (frame instanceof Frame.KeepAlive alive) {
      map.Add("type", "keep-alive").Add("channel", alive.channel());
      map.Add("serial", alive.serial()).Add("status", alive.status().name());
    }
  }

  private static String text(String text) {
    return text(text, LONGEST_NAME);
  }

  /** CBOR holds no half characters, which devices and plugins may well give. */
  private static String text(String text, int longest) {
    return Text.cut(text, longest)
        .codePoints()
        .map(each -> Character.getType(each) == Character.SURROGATE ? REPLACEMENT : each)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static void writeVersion(CBORObject map, LinkVersion version) {
    map.Add("major", version.major()).Add("minor", version.minor());
  }

  private static CBORObject texts(List<String> texts) {
    CBORObject array = CBORObject.NewArray();
    texts.forEach(text -> array.Add(text(text)));
    return array;
  }

  private static CBORObject transports(List<TransportState> transports) {
    CBORObject array = CBORObject.NewArray();
    for (TransportState transport : transports) {
      CBORObject map = CBORObject.NewMap().Add("name", text(transport.name()));
      transport
          .problem()
          .ifPresent(
              problem ->
                  map.Add("reason", problem.reason().name())
                      .Add("message", text(problem.message(), LONGEST_TEXT)));
      CBORObject keys = CBORObject.NewArray();
      transport.keys().forEach(key -> keys.Add(key(key)));
      array.Add(map.Add("keys", keys));
    }
    return array;
  }

  private static CBORObject key(KeyDescriptor key) {
    CBORObject map =
        CBORObject.NewMap()
            .Add("id", text(key.id()))
            .Add("product", text(key.product()))
            .Add("location", text(key.location()));
    key.serialNumber().ifPresent(serial -> map.Add("serial-number", text(serial)));
    return map;
  }

  /**
   * The frame that fills an array; empty if it is one that a later version has added.
   *
   * @throws LinkException if it is not a frame
   */
  public static Optional<Frame> decode(byte[] encoded) {
    if (encoded.length > Link.MOST_BYTES) {
      throw new LinkException("A frame is longer than " + Link.MOST_BYTES + " bytes.");
    }
    FrameMap map = FrameMap.decode(encoded);
    return Optional.ofNullable(
        switch (map.text("type", LONGEST_NAME)) {
          case "welcome" -> welcome(map);
          case "accepted" -> new Frame.Accepted(map.text("name", LONGEST_NAME));
          case "refused" ->
              new Frame.Refused(
                  map.oneOf("refusal", Refusal.class, Refusal.BUSY),
                  map.text("message", LONGEST_TEXT));
          case "open" ->
              new Frame.Open(
                  map.number("channel"),
                  map.text("transport", LONGEST_NAME),
                  map.text("key", LONGEST_NAME));
          case "exchange" -> exchange(map);
          case "cancel" -> new Frame.Cancel(map.number("channel"));
          case "close" -> new Frame.Close(map.number("channel"));
          case "proof" -> proof(map);
          case "keys" -> keys(map);
          case "opened" -> new Frame.Opened(map.number("channel"));
          case "answer" ->
              new Frame.Answer(
                  map.number("channel"), map.number("serial"), message(map, "response"));
          case "failed" ->
              new Frame.Failed(
                  map.number("channel"),
                  map.number("serial"),
                  map.oneOf("reason", Reason.class, Reason.UNAVAILABLE),
                  map.text("message", LONGEST_TEXT));
          case "keep-alive" ->
              new Frame.KeepAlive(
                  map.number("channel"),
                  map.number("serial"),
                  map.oneOf("status", Status.class, Status.PROCESSING));
          default -> null;
        });
  }

  private static Frame welcome(FrameMap map) {
    byte[] nonce = map.bytes("nonce", Proofs.NONCE_LENGTH);
    if (nonce.length != Proofs.NONCE_LENGTH) {
      throw new LinkException("The server's nonce is too short.");
    }
    return new Frame.Welcome(
        version(map),
        map.text("server", LONGEST_NAME),
        map.text("node", LONGEST_NAME),
        map.texts("nodes", MOST_NODES, LONGEST_NAME),
        nonce);
  }

  private static Frame proof(FrameMap map) {
    return new Frame.Proof(
        map.longNumber("station"),
        version(map),
        map.text("program", LONGEST_NAME),
        map.text("system", LONGEST_NAME),
        map.bytes("signature", LONGEST_SIGNATURE));
  }

  private static Frame exchange(FrameMap map) {
    int timeout = map.number("timeout");
    if (timeout == 0) {
      throw new LinkException("An exchange has no time.");
    }
    return new Frame.Exchange(
        map.number("channel"),
        map.number("serial"),
        message(map, "request"),
        Duration.ofMillis(timeout));
  }

  private static byte[] message(FrameMap map, String name) {
    byte[] message = map.bytes(name, LONGEST_MESSAGE);
    if (message.length == 0) {
      throw new LinkException("A CTAP2 message is empty.");
    }
    return message;
  }

  private static LinkVersion version(FrameMap map) {
    return new LinkVersion(map.number("major"), map.number("minor"));
  }

  private static Frame keys(FrameMap map) {
    List<TransportState> transports = new ArrayList<>();
    int keys = 0;
    for (FrameMap each : map.maps("transports", Link.MOST_TRANSPORTS)) {
      TransportState state = transport(each);
      keys += state.keys().size();
      transports.add(state);
    }
    if (keys > Link.MOST_KEYS) {
      throw new LinkException("A station has more than " + Link.MOST_KEYS + " keys.");
    }
    return new Frame.Keys(List.copyOf(transports));
  }

  private static TransportState transport(FrameMap map) {
    Optional<TransportState.Problem> problem =
        map.has("reason")
            ? Optional.of(
                new TransportState.Problem(
                    map.oneOf("reason", Reason.class, Reason.UNAVAILABLE),
                    map.text("message", LONGEST_TEXT)))
            : Optional.empty();
    List<KeyDescriptor> keys =
        map.maps("keys", Link.MOST_KEYS).stream().map(Frames::descriptor).toList();
    return new TransportState(map.text("name", TransportState.LONGEST_NAME), problem, keys);
  }

  private static KeyDescriptor descriptor(FrameMap map) {
    String id = map.text("id", LONGEST_NAME);
    if (id.isEmpty()) {
      throw new LinkException("A security key has no id.");
    }
    return new KeyDescriptor(
        id,
        map.text("product", LONGEST_NAME),
        map.text("location", LONGEST_NAME),
        map.optionalText("serial-number", LONGEST_NAME));
  }
}
