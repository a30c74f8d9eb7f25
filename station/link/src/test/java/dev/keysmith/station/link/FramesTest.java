package dev.keysmith.station.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.upokecenter.cbor.CBORObject;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener.Status;
import dev.keysmith.spi.key.KeyDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FramesTest {

  private static final KeyDescriptor KEY =
      new KeyDescriptor("usb:1-2", "Kéy", "USB bus 1, port 2", Optional.of("0042"));

  static Stream<Frame> frames() {
    return Stream.of(
        new Frame.Welcome(
            LinkVersion.CURRENT, "1.2.3", "a", List.of("a", "b"), new byte[Proofs.NONCE_LENGTH]),
        new Frame.Accepted("Reception"),
        new Frame.Refused(Refusal.VERSION, "Update the station."),
        new Frame.Open(1, "usb", "usb:1-2"),
        new Frame.Exchange(1, 1, new byte[] {4}, Duration.ofSeconds(30)),
        new Frame.Cancel(1),
        new Frame.Close(1),
        new Frame.Proof(51, LinkVersion.CURRENT, "1.2.3", "Linux", new byte[64]),
        new Frame.Keys(
            List.of(
                new TransportState("usb", Optional.empty(), List.of(KEY)),
                new TransportState(
                    "pcsc",
                    Optional.of(new TransportState.Problem(Reason.MISCONFIGURED, "No pcscd.")),
                    List.of()))),
        new Frame.Opened(1),
        new Frame.Answer(1, 1, new byte[] {0}),
        new Frame.Failed(1, 0, Reason.KEY_BUSY, "Another program uses the security key."),
        new Frame.KeepAlive(1, 1, Status.USER_PRESENCE_NEEDED));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void comeOutAsTheyWentIn(Frame frame) {
    Frame decoded = Frames.decode(Frames.encode(frame)).orElseThrow();

    assertThat(decoded).usingRecursiveComparison().isEqualTo(frame);
    assertThat(decoded).hasSameClassAs(frame);
  }

  @Test
  void holdHalfCharactersAsAReplacement() {
    KeyDescriptor half =
        new KeyDescriptor("\ud800", "a\udc00", "\ud83d\udd11", Optional.of("b\ud800c"));
    Frame.Keys keys =
        new Frame.Keys(List.of(new TransportState("usb", Optional.empty(), List.of(half))));
    Frame.Keys decoded = (Frame.Keys) Frames.decode(Frames.encode(keys)).orElseThrow();
    assertThat(decoded.transports().get(0).keys())
        .containsExactly(
            new KeyDescriptor("\ufffd", "a\ufffd", "\ud83d\udd11", Optional.of("b\ufffdc")));
    Frame failed = new Frame.Failed(1, 1, Reason.UNAVAILABLE, "\udc00");
    assertThat(Frames.decode(Frames.encode(failed)))
        .contains(new Frame.Failed(1, 1, Reason.UNAVAILABLE, "\ufffd"));
  }

  @Test
  void ofALaterVersionAreIgnored() {
    byte[] later = CBORObject.NewMap().Add("type", "firmware").EncodeToBytes();
    byte[] member =
        CBORObject.NewMap().Add("type", "close").Add("channel", 7).Add("why", 1).EncodeToBytes();

    assertThat(Frames.decode(later)).isEmpty();
    assertThat(Frames.decode(member)).contains(new Frame.Close(7));
  }

  @Test
  void ofALaterVersionWithAnUnknownReasonAreUnderstood() {
    byte[] later =
        CBORObject.NewMap()
            .Add("type", "failed")
            .Add("channel", 7)
            .Add("serial", 2)
            .Add("reason", "ON_FIRE")
            .Add("message", "It burns.")
            .EncodeToBytes();

    assertThat(Frames.decode(later))
        .contains(new Frame.Failed(7, 2, Reason.UNAVAILABLE, "It burns."));
  }

  static Stream<CBORObject> garbage() {
    return Stream.of(
        CBORObject.FromObject("close"),
        CBORObject.NewMap(),
        CBORObject.NewMap().Add("type", 4),
        CBORObject.NewMap().Add("type", "close"),
        CBORObject.NewMap().Add("type", "close").Add("channel", -1),
        CBORObject.NewMap().Add("type", "close").Add("channel", 1L << 40),
        CBORObject.NewMap().Add("type", "close").Add("channel", 1.5),
        CBORObject.NewMap()
            .Add("type", "answer")
            .Add("channel", 1)
            .Add("serial", 1)
            .Add("response", new byte[0]),
        CBORObject.NewMap()
            .Add("type", "answer")
            .Add("channel", 1)
            .Add("serial", 1)
            .Add("response", new byte[7610]),
        CBORObject.NewMap().Add("type", "keys").Add("transports", manyKeys(Link.MOST_KEYS + 1)));
  }

  @ParameterizedTest
  @MethodSource("garbage")
  void thatAreNoneAreRefused(CBORObject garbage) {
    byte[] encoded = garbage.EncodeToBytes();

    assertThatThrownBy(() -> Frames.decode(encoded)).isInstanceOf(LinkException.class);
  }

  private static CBORObject manyKeys(int count) {
    CBORObject keys = CBORObject.NewArray();
    IntStream.range(0, count)
        .forEach(
            number ->
                keys.Add(
                    CBORObject.NewMap()
                        .Add("id", "key-" + number)
                        .Add("product", "Key")
                        .Add("location", "port")));
    return CBORObject.NewArray().Add(CBORObject.NewMap().Add("name", "usb").Add("keys", keys));
  }

  @Test
  void longerThanAllowedAreRefusedUnread() {
    byte[] endless = new byte[Link.MOST_BYTES + 1];

    assertThatThrownBy(() -> Frames.decode(endless))
        .isInstanceOf(LinkException.class)
        .hasMessageContaining("65536");
  }

  @Test
  void showNoContent() {
    assertThat(new Frame.Exchange(1, 1, new byte[] {83, 84}, Duration.ofSeconds(1)).toString())
        .doesNotContain("83", "84", "5354");
  }
}
