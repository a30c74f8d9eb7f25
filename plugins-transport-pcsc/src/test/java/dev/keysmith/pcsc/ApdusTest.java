package dev.keysmith.pcsc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.spi.PluginException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of commands, as CTAP 2.1, section 11.3, and ISO 7816-4 ask for them. */
class ApdusTest {

  private static final HexFormat HEX = HexFormat.of();

  private final List<String> sent = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private final Apdus apdus = new Apdus(this::transmit);

  private byte[] transmit(byte[] command) {
    sent.add(HEX.formatHex(command));
    return HEX.parseHex(answers.size() > 1 ? answers.remove(0) : answers.get(0));
  }

  @Test
  void sendsAShortCommand() {
    answers.add("00aa9000");
    Answer answer = apdus.send(0x10, 0x80, new byte[] {4});
    assertThat(sent).containsExactly("801080000104" + "00");
    assertThat(answer.data()).containsExactly(0, 0xaa);
    assertThat(answer.isSuccess()).isTrue();
  }

  @Test
  void sendsNoLengthOfNoData() {
    answers.add("9000");
    apdus.send(0x11, 0, new byte[0]);
    assertThat(sent).containsExactly("8011000000");
  }

  @Test
  void sendsLongCommandsInParts() {
    answers.add("9000");
    apdus.send(0x10, 0x80, new byte[600]);
    String part = "00".repeat(255);
    assertThat(sent)
        .containsExactly(
            "90108000ff" + part, "90108000ff" + part, "801080005a" + "00".repeat(90) + "00");
  }

  @Test
  void sendsWhatFillsOnePartInOne() {
    answers.add("9000");
    apdus.send(0x10, 0x80, new byte[255]);
    assertThat(sent).containsExactly("80108000ff" + "00".repeat(255) + "00");
  }

  @Test
  void sendsExtendedLengthsToACardThatRefusesPartsAndRemembersIt() {
    answers.addAll(List.of("6884", "9000"));
    apdus.send(0x10, 0x80, new byte[600]);
    String extended = "80108000000258" + "00".repeat(600) + "0000";
    assertThat(sent).containsExactly("90108000ff" + "00".repeat(255), extended);
    apdus.send(0x10, 0x80, new byte[600]);
    assertThat(sent).last().isEqualTo(extended);
    assertThat(sent).hasSize(3);
  }

  @Test
  void stopsAtAPartThatIsRefused() {
    answers.add("6700");
    assertThat(apdus.send(0x10, 0x80, new byte[600]).status()).isEqualTo(0x6700);
    assertThat(sent).hasSize(1);
  }

  @Test
  void fetchesALongAnswer() {
    answers.addAll(List.of("0001" + "6102", "0203" + "6101", "049000"));
    Answer answer = apdus.send(0x10, 0x80, new byte[] {4});
    assertThat(answer.data()).containsExactly(0, 1, 2, 3, 4);
    assertThat(sent).containsExactly("80108000010400", "80c0000002", "80c0000001");
  }

  @Test
  void endsWithAnAnswerThatNeverEnds() {
    answers.add("00".repeat(256) + "6100");
    assertUnavailable("more than the 7609 bytes");
    assertThat(sent).hasSize(30);
  }

  @Test
  void endsWithACardThatPromisesMoreAndSendsNothing() {
    answers.add("6100");
    assertUnavailable("nothing, and said that more would follow");
  }

  @Test
  void refusesAnAnswerWithoutStatusWord() {
    answers.add("90");
    assertUnavailable("without a status word");
  }

  @Test
  void refusesAnAnswerThatIsTooLong() {
    answers.add("00".repeat(7610) + "9000");
    assertUnavailable("more than the 7609 bytes");
  }

  private void assertUnavailable(String words) {
    assertThatThrownBy(() -> apdus.send(0x10, 0x80, new byte[] {4}))
        .isInstanceOfSatisfying(
            PluginException.class,
            e -> assertThat(e.reason()).isEqualTo(PluginException.Reason.UNAVAILABLE))
        .hasMessageContaining(words);
  }
}
