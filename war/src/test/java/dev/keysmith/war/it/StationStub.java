package dev.keysmith.war.it;

import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.station.link.Frame;
import dev.keysmith.station.link.Link;
import dev.keysmith.station.link.LinkVersion;
import dev.keysmith.station.link.Proofs;
import dev.keysmith.station.link.Refusal;
import dev.keysmith.station.link.TransportState;
import java.net.URI;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A station that shows keys and opens none. */
public final class StationStub implements AutoCloseable {

  private final URI base;
  private final String origin;
  private final KeyPair pair = StationLine.newPair();
  private long number;
  private @Nullable StationLine line;

  /** A station of the server under test. */
  public StationStub(URI base) {
    this(base, Proofs.origin(base));
  }

  /** A station that comes by way of a proxy, so that the server knows itself by another origin. */
  StationStub(URI base, String origin) {
    this.base = base;
    this.origin = origin;
  }

  /** Pairs it. */
  public StationStub pair(String code) {
    byte[] publicKey = pair.getPublic().getEncoded();
    byte[] statement = Proofs.pairing(origin, code.replace("-", "").toCharArray(), publicKey);
    number =
        Api.anonymous(base)
            .post(
                Link.PAIRING_PATH,
                Map.of(
                    "code",
                    code,
                    "publicKey",
                    Base64.getEncoder().encodeToString(publicKey),
                    "proof",
                    Base64.getEncoder().encodeToString(sign(statement)),
                    "program",
                    "0.0.1",
                    "system",
                    "test"))
            .json()
            .required("station")
            .asLong();
    return this;
  }

  private byte[] sign(byte[] statement) {
    return Proofs.sign(pair.getPrivate(), statement);
  }

  /** Connects it. */
  public StationStub connect() {
    StationLine connected = StationLine.connect(base, Map.of());
    byte[] nonce = connected.next(Frame.Welcome.class).nonce();
    connected.send(
        new Frame.Proof(
            number,
            LinkVersion.CURRENT,
            "0.0.1",
            "test",
            sign(Proofs.connection(origin, number, nonce))));
    connected.next(Frame.Accepted.class);
    line = connected;
    return this;
  }

  /** Shows one key. */
  public void plug(String id, String location) {
    KeyDescriptor key = new KeyDescriptor(id, "Security key", location, Optional.empty());
    line.send(new Frame.Keys(List.of(new TransportState("usb", Optional.empty(), List.of(key)))));
  }

  /** Whether the server has refused it as one that is not paired. */
  public boolean isRefused() {
    return line.next(Frame.Refused.class).refusal() == Refusal.NOT_PAIRED;
  }

  @Override
  public void close() {
    if (line != null) {
      line.close();
    }
  }
}
