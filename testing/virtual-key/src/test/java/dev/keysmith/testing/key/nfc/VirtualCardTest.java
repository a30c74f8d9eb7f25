package dev.keysmith.testing.key.nfc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.spi.PluginException;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The card as CTAP 2.1, section 11.3, and ISO 7816-4 describe it. */
@Timeout(60)
class VirtualCardTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final String SELECT = "00a4040008a0000006472f000100";
  private static final String GET_INFO = "80100000010400";

  private final VirtualKey key = VirtualKey.builder().touch(TouchPolicy.byHand()).build();
  private VirtualCard card = new VirtualCard(key, CardTraits.USUAL);

  private String send(String apdu) {
    return HEX.formatHex(card.transmit(HEX.parseHex(apdu)));
  }

  private byte[] getInfo() {
    return key.exchange(new byte[] {4}, status -> {});
  }

  @Test
  void namesItsVersionWhenItIsSelected() {
    assertThat(send(SELECT)).isEqualTo(HEX.formatHex("U2F_V2".getBytes()) + "9000");
    card = new VirtualCard(key, CardTraits.USUAL.naming("FIDO_2_0"));
    assertThat(send(SELECT)).isEqualTo(HEX.formatHex("FIDO_2_0".getBytes()) + "9000");
  }

  @Test
  void answersNothingUntilItIsSelectedAndAfterAReset() {
    assertThat(send(GET_INFO)).isEqualTo("6d00");
    assertThat(send("00a4040008a0000006472f000200")).isEqualTo("6a82");
    assertThat(send(GET_INFO)).isEqualTo("6d00");
    send(SELECT);
    assertThat(send("80120100")).isEqualTo("9000");
    card.reset();
    assertThat(send(GET_INFO)).isEqualTo("6d00");
  }

  @Test
  void givesALongAnswerInParts() {
    send(SELECT);
    byte[] expected = getInfo();
    assertThat(expected.length).isGreaterThan(256);
    byte[] first = card.transmit(HEX.parseHex(GET_INFO));
    assertThat(first).hasSize(258).endsWith(0x61, expected.length - 256);
    byte[] second = card.transmit(HEX.parseHex("80c0000000"));
    assertThat(second).hasSize(expected.length - 256 + 2).endsWith(0x90, 0x00);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(first, 0, 256);
    whole.write(second, 0, second.length - 2);
    assertThat(whole.toByteArray()).isEqualTo(expected);
  }

  @Test
  void givesAnExtendedAnswerAtOnce() {
    send(SELECT);
    byte[] answer = card.transmit(HEX.parseHex("80100000000001040000"));
    assertThat(answer).hasSize(getInfo().length + 2).endsWith(0x90, 0x00);
  }

  @Test
  void takesARequestInParts() {
    send(SELECT);
    assertThat(send("9010000001" + "04")).isEqualTo("9000");
    assertThat(send("8010000001" + "00" + "00")).endsWith("9000");
    assertThat(key.requestsSeen(4)).isEqualTo(1);
  }

  @Test
  void refusesWhatItsTraitsLeaveOut() {
    card = new VirtualCard(key, CardTraits.USUAL.withoutChaining().withoutExtended());
    send(SELECT);
    assertThat(send("901000000104")).isEqualTo("6884");
    assertThat(send("80100000000001040000")).isEqualTo("6700");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"80", "8010000002" + "04", "8010000001" + "0400" + "00", "80100000000002" + "04"})
  void refusesLengthsThatDoNotFit(String apdu) {
    send(SELECT);
    assertThat(send(apdu)).isEqualTo("6700");
  }

  @Test
  void asksForPatienceUntilItIsTouched() {
    send(SELECT);
    assertThat(send("80108000010b00")).isIn("029100", "019100");
    key.touch();
    String answer = send("8011000000");
    while (answer.endsWith("9100")) {
      answer = send("8011000000");
      key.touch();
    }
    assertThat(answer).isEqualTo("009000");
    assertThat(send("8011000000")).isEqualTo("6985");
  }

  @Test
  void givesUpWhenItIsCancelled() {
    send(SELECT);
    assertThat(send("80108000010b00")).endsWith("9100");
    String answer = send("8011110000");
    while (answer.endsWith("9100")) {
      answer = send("8011110000");
    }
    assertThat(answer).isEqualTo("2d9000");
  }

  @Test
  void givesUpWhenItIsSelectedAnew() {
    send(SELECT);
    assertThat(send("80108000010b00")).endsWith("9100");
    send(SELECT);
    assertThat(send("8011000000")).isEqualTo("6985");
    assertThat(send(GET_INFO)).contains("61");
  }

  @Test
  void isGoneWhenItsKeyIsPulledOut() {
    send(SELECT);
    key.unplug();
    assertThatThrownBy(() -> send(GET_INFO)).isInstanceOf(PluginException.class);
  }

  @Test
  void saysWhatItIsWhenItGetsPower() {
    assertThat(HEX.formatHex(card.answerToReset()))
        .startsWith("3b888001" + HEX.formatHex("Keysmith".getBytes()))
        .hasSize(26);
    byte check = 0;
    byte[] answer = card.answerToReset();
    for (int i = 1; i < answer.length; i++) {
      check ^= answer[i];
    }
    assertThat(check).isZero();
  }
}
