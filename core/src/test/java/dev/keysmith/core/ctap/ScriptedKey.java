package dev.keysmith.core.ctap;

import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/** A key that gives prepared answers and remembers what it was asked. */
public final class ScriptedKey implements KeyConnection {

  /** {@code getInfo} of a key of CTAP 2.1 with a PIN, that takes two credentials at a time. */
  static final String INFO =
      info(
          Cbor.map(
              Cbor.text("rk"), Cbor.TRUE,
              Cbor.text("up"), Cbor.TRUE,
              Cbor.text("plat"), Cbor.FALSE,
              Cbor.text("authnrCfg"), Cbor.TRUE,
              Cbor.text("clientPin"), Cbor.TRUE,
              Cbor.text("credMgmt"), Cbor.TRUE,
              Cbor.text("pinUvAuthToken"), Cbor.TRUE,
              Cbor.text("setMinPINLength"), Cbor.TRUE));

  private final Deque<byte[]> answers = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private boolean cancelled;

  /** {@code getInfo} of a key of CTAP 2.1 with other options. */
  static String info(String options) {
    return Cbor.map(
        Cbor.number(1), Cbor.array(Cbor.text("FIDO_2_0"), Cbor.text("FIDO_2_1")),
        Cbor.number(2), Cbor.array(Cbor.text("credProtect")),
        Cbor.number(3), Cbor.bytes("00112233445566778899aabbccddeeff"),
        Cbor.number(4), options,
        Cbor.number(5), Cbor.number(1200),
        Cbor.number(6), Cbor.array(Cbor.number(2), Cbor.number(1)),
        Cbor.number(7), Cbor.number(2),
        Cbor.number(8), Cbor.number(64));
  }

  /** A key that answers {@code getInfo} with {@link #INFO} first. */
  static ScriptedKey known() {
    return new ScriptedKey().answering(INFO);
  }

  /** Next answers success with CBOR, in hexadecimal digits; may be empty. */
  ScriptedKey answering(String cbor) {
    return sending("00" + cbor);
  }

  /** Next answers a status alone. */
  public ScriptedKey refusing(CtapStatus status) {
    return sending(String.format("%02x", status.value()));
  }

  /** Next sends these bytes. */
  public ScriptedKey sending(String hex) {
    answers.add(HexFormat.of().parseHex(hex));
    return this;
  }

  public Ctap2Client client() {
    return new Ctap2Client(this, new SecureRandom());
  }

  /** What it was asked, in hexadecimal digits, without {@code getInfo}. */
  List<String> requests() {
    return requests.stream().filter(request -> !request.equals("04")).toList();
  }

  /** How often it was asked about itself. */
  long timesAskedForInfo() {
    return requests.stream().filter(request -> request.equals("04")).count();
  }

  boolean isCancelled() {
    return cancelled;
  }

  @Override
  public byte[] exchange(byte[] request, Duration timeout, KeepAliveListener listener) {
    requests.add(HexFormat.of().formatHex(request));
    if (answers.isEmpty()) {
      throw new AssertionError("Asked more than " + (requests.size() - 1) + " times");
    }
    return answers.remove();
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  @Override
  public void close() {}
}
