package dev.keysmith.core.ctap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.pin.PinUvAuthProtocolTwo;
import dev.keysmith.core.ctap.wire.CborMap;
import dev.keysmith.core.ctap.wire.CtapCommand;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.spi.Bytes;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a key lists is as untrusted as all else, its length above all. */
class HostileListTest {

  private static final Bytes HASH = Bytes.fromHex("cd".repeat(32));
  private static final String HUGE = "1b7fffffffffffffff";

  private static final Consumer<Ctap2Client> PARTIES =
      client -> management(client).relyingParties();
  private static final Consumer<Ctap2Client> CREDENTIALS =
      client -> management(client).credentials(HASH);
  private static final Consumer<Ctap2Client> METADATA = client -> management(client).metadata();
  private static final Consumer<Ctap2Client> ASSERTIONS =
      client -> client.getAssertions(AssertionRequest.of("a.example", Samples.HASH), Samples.TOUCH);

  private static CredentialManagement management(Ctap2Client client) {
    SecureRandom random = new SecureRandom();
    return client.credentialManagement(
        new PinUvAuthToken(
            new PinUvAuthProtocolTwo(random),
            new byte[32],
            EnumSet.of(Permission.CREDENTIAL_MANAGEMENT),
            null));
  }

  private static String party(String total) {
    String id = Cbor.map(Cbor.text("id"), Cbor.text("a.example"));
    return total.isEmpty()
        ? Cbor.map("03", id, "04", Cbor.bytes(HASH.toHex()))
        : Cbor.map("03", id, "04", Cbor.bytes(HASH.toHex()), "05", total);
  }

  private static String credential(String user, String id, String publicKey, String total) {
    return Cbor.map("06", user, "07", id, "08", publicKey, "09", total);
  }

  private static String credential(String total) {
    return credential(
        Cbor.map(Cbor.text("id"), Cbor.bytes("01")),
        Cbor.map(Cbor.text("id"), Cbor.bytes("c0ffee")),
        Cbor.map("01", "02"),
        total);
  }

  private static String assertion(String data, String count) {
    return Cbor.map(
        "01", Cbor.map(Cbor.text("id"), Cbor.bytes("a1")),
        "02", Cbor.bytes(data),
        "03", Cbor.bytes("00"),
        "05", count);
  }

  private static Arguments answers(String what, Consumer<Ctap2Client> command, String answer) {
    return Arguments.of(what, command, answer);
  }

  static Stream<Arguments> hostile() {
    String data = "ab".repeat(32) + "01" + "00000005";
    String user = Cbor.map(Cbor.text("id"), Cbor.bytes("01"));
    String id = Cbor.map(Cbor.text("id"), Cbor.bytes("c0ffee"));
    return Stream.of(
        answers("2^31 relying parties", PARTIES, party("1a80000000")),
        answers("2^63 - 1 relying parties", PARTIES, party(HUGE)),
        answers("2^64 - 1 relying parties", PARTIES, party("1bffffffffffffffff")),
        answers("minus one relying party", PARTIES, party("20")),
        answers("half a relying party", PARTIES, party("f93800")),
        answers("1,001 relying parties", PARTIES, party("1903e9")),
        answers("a relying party that is a list", PARTIES, Cbor.map("03", "80", "05", "01")),
        answers("no relying party where one is said to be", PARTIES, Cbor.map("05", "01")),
        answers("2^31 credentials", CREDENTIALS, credential("1a80000000")),
        answers("minus one credential", CREDENTIALS, credential("20")),
        answers("credentials in text", CREDENTIALS, credential(Cbor.text("1"))),
        answers("a user that is text", CREDENTIALS, credential("6161", id, "a0", "01")),
        answers("a user without a handle", CREDENTIALS, credential("a0", id, "a0", "01")),
        answers("an id that is no descriptor", CREDENTIALS, credential(user, "41ff", "a0", "01")),
        answers("a descriptor without an id", CREDENTIALS, credential(user, "a0", "a0", "01")),
        answers("a public key that is bytes", CREDENTIALS, credential(user, id, "41ff", "01")),
        answers("negative room", METADATA, Cbor.map("01", "20", "02", "00")),
        answers("no room", METADATA, Cbor.map("01", "00")),
        answers("room in text", METADATA, Cbor.map("01", "00", "02", Cbor.text("much"))),
        answers("2^31 assertions", ASSERTIONS, assertion(data, "1a80000000")),
        answers("minus one assertion", ASSERTIONS, assertion(data, "20")),
        answers("an assertion of nothing", ASSERTIONS, assertion("", "01")),
        answers("truncated data", ASSERTIONS, assertion(data.substring(0, 60), "01")),
        answers("data that goes on", ASSERTIONS, assertion(data + "00", "01")),
        answers(
            "extensions that are none",
            ASSERTIONS,
            assertion("ab".repeat(32) + "81" + "00000005" + "5affffffff", "01")),
        answers(
            "a credential id longer than the data",
            ASSERTIONS,
            assertion("ab".repeat(32) + "41" + "00000005" + "00".repeat(16) + "03ff", "01")),
        answers(
            "a signature that is text",
            ASSERTIONS,
            Cbor.map("02", Cbor.bytes(data), "03", "6161")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void isRefusedAtTheFirstAnswer(String what, Consumer<Ctap2Client> command, String answer) {
    ScriptedKey key = ScriptedKey.known().answering(answer);
    assertUnreadable(() -> command.accept(key.client()));
    assertThat(key.requests()).hasSize(1);
  }

  @Test
  void absurdRoomIsTakenForMuch() {
    ScriptedKey key = ScriptedKey.known().answering(Cbor.map("01", "00", "02", HUGE));
    assertThat(management(key.client()).metadata().orElseThrow().remaining())
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aListThatBecomesNonsenseIsRefused() {
    ScriptedKey key =
        ScriptedKey.known().answering(party("03")).answering(party("")).sending("00ff");
    assertUnreadable(() -> PARTIES.accept(key.client()));
    assertThat(key.requests()).hasSize(3);
  }

  @Test
  void aKeyThatHasEverMoreCredentialsIsNotBelieved() {
    FetchBudget budget = new FetchBudget(CtapCommand.CREDENTIAL_MANAGEMENT, () -> 0);
    for (int list = 0; list < 3; list++) {
      budget.announce(1000);
    }
    assertUnreadable(() -> budget.announce(1));
  }

  @Test
  void aKeyThatTakesItsTimeForEachEntryIsNotWaitedForToTheEnd() {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    FetchBudget budget = new FetchBudget(CtapCommand.CREDENTIAL_MANAGEMENT, now::get);
    ThrowingCallable slow =
        () ->
            budget.next(
                () -> {
                  now.addAndGet(25_000_000_000L);
                  return CborMap.empty("entry");
                });
    for (int entry = 0; entry < 5; entry++) {
      assertThatCode(slow).doesNotThrowAnyException();
    }
    assertUnreadable(slow);
  }

  private static void assertUnreadable(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CtapException.class,
            e -> assertThat(e.status()).isEqualTo(CtapStatus.UNREADABLE_RESPONSE));
  }
}
