package dev.keysmith.core.ctap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.keysmith.core.ctap.CredentialManagement.Metadata;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.pin.PinUvAuthProtocolTwo;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.spi.Bytes;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys have many ways to say that there is nothing to list, and many not to count. */
class NothingToListTest {

  private static final Bytes HASH = Bytes.fromHex("cd".repeat(32));
  private static final String NONE_HELD = "00" + Cbor.map("01", "00", "02", "1819");
  private static final String ONE_HELD = "00" + Cbor.map("01", "01", "02", "18");

  private static final Function<Ctap2Client, List<?>> PARTIES =
      client -> management(client).relyingParties();
  private static final Function<Ctap2Client, List<?>> CREDENTIALS =
      client -> management(client).credentials(HASH);

  private static CredentialManagement management(Ctap2Client client) {
    return client.credentialManagement(
        new PinUvAuthToken(
            new PinUvAuthProtocolTwo(new SecureRandom()),
            new byte[32],
            EnumSet.of(Permission.CREDENTIAL_MANAGEMENT),
            null));
  }

  private static String party(String... more) {
    String[] members = {
      "03", Cbor.map(Cbor.text("id"), Cbor.text("a.example")), "04", Cbor.bytes("ab".repeat(32))
    };
    return Cbor.map(Stream.concat(Stream.of(members), Stream.of(more)).toArray(String[]::new));
  }

  static Stream<Arguments> nothing() {
    return Stream.of(PARTIES, CREDENTIALS)
        .flatMap(
            list ->
                Stream.of("00", "00a0", "2e", "00a10500", "00a10900")
                    .map(answer -> arguments(answer, list)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nothing")
  void isUnderstoodFromTheFirstAnswer(String answer, Function<Ctap2Client, List<?>> list) {
    ScriptedKey key = ScriptedKey.known().sending(answer);
    assertThat(list.apply(key.client())).isEmpty();
    assertThat(key.requests()).hasSize(1);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(PARTIES, CREDENTIALS)
        .flatMap(
            list ->
                Stream.of("01", "27", "2d", "30", "33", "36", "3e", "40", "7f")
                    .map(answer -> arguments(answer, list)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void isUnderstoodFromARefusalOfAKeyThatCountsNone(
      String answer, Function<Ctap2Client, List<?>> list) {
    ScriptedKey key = ScriptedKey.known().sending(answer).sending(NONE_HELD);
    assertThat(list.apply(key.client())).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void isNotBelievedOfAKeyThatCountsOneOrCannotCount(
      String answer, Function<Ctap2Client, List<?>> list) {
    for (String count : List.of(ONE_HELD, "00", "00a0", "01", "30", "00a10100")) {
      ScriptedKey key = ScriptedKey.known().sending(answer).sending(count);
      assertThatThrownBy(() -> list.apply(key.client()))
          .as(count)
          .isInstanceOfSatisfying(
              CtapException.class,
              e -> assertThat(e.code()).isEqualTo(Integer.parseInt(answer, 16)));
    }
  }

  @Test
  void aListWithoutItsLengthGoesOnUntilTheKeyRefuses() {
    for (String end : List.of("30", "2e", "01", "25", "00", "00a0")) {
      ScriptedKey key = ScriptedKey.known().answering(party()).answering(party()).sending(end);
      assertThat(management(key.client()).relyingParties()).as(end).hasSize(2);
    }
  }

  @Test
  void aListWithoutLengthAndEndIsNotBelieved() {
    ScriptedKey key = ScriptedKey.known();
    for (int i = 0; i <= FetchBudget.MOST_ENTRIES; i++) {
      key.answering(party());
    }
    assertThatThrownBy(() -> management(key.client()).relyingParties())
        .isInstanceOfSatisfying(
            CtapException.class,
            e -> assertThat(e.status()).isEqualTo(CtapStatus.UNREADABLE_RESPONSE));
  }

  @Test
  void howFullItIsNeedNotBeTold() {
    for (String answer : List.of("00", "00a0")) {
      assertThat(management(ScriptedKey.known().sending(answer).client()).metadata()).isEmpty();
    }
    assertThat(management(ScriptedKey.known().sending(NONE_HELD).client()).metadata())
        .contains(new Metadata(0, 25));
  }

  @Test
  void noAssertionIsNoCredential() {
    for (String answer : List.of("00", "00a0", "2e")) {
      AssertionRequest request = AssertionRequest.of("a.example", Samples.HASH);
      ScriptedKey asked = ScriptedKey.known().sending(answer);
      assertThatThrownBy(() -> asked.client().getAssertions(request, Samples.TOUCH))
          .isInstanceOfSatisfying(
              CtapException.class,
              e -> assertThat(e.status()).isEqualTo(CtapStatus.NO_CREDENTIALS));
      assertThat(
              ScriptedKey.known()
                  .sending(answer)
                  .client()
                  .findCredential("a.example", List.of(HASH), null))
          .isEmpty();
    }
  }
}
