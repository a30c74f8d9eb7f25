package dev.keysmith.core.ctap;

import static dev.keysmith.core.ctap.Samples.HASH;
import static dev.keysmith.core.ctap.Samples.TOUCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.spi.Bytes;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What getAssertion sends, byte by byte, and how it reads the answers. */
class GetAssertionTest {

  private static final Bytes SPEC_ID =
      Bytes.fromHex(
          "f22006de4f905af68a43942f024f2a5ece603d9c6d4b3df8be08ed01fc442646"
              + "d034858ac75bed3fd580bf9808d94fcbee82b9b2ef6677af0adcc35852ea6b9e");

  /** The example of CTAP 2.0, section 6.1 (message encoding). */
  private static final String SPEC_REQUEST =
      "02a4016b6578616d706c652e636f6d025820687134968222ec17202e42505f8ed2b16ae22f16bb05b88c25db9e60"
          + "2645f1410382a26269645840f22006de4f905af68a43942f024f2a5ece603d9c6d4b3df8be08ed01fc442646"
          + "d034858ac75bed3fd580bf9808d94fcbee82b9b2ef6677af0adcc35852ea6b9e64747970656a7075626c6963"
          + "2d6b6579a26269645832"
          + "03".repeat(50)
          + "64747970656a7075626c69632d6b657905a1627576f5";

  private static final AssertionRequest REQUEST = AssertionRequest.of("example.com", HASH);
  private static final String AUTH_DATA = "ab".repeat(32) + "01" + "00000005";

  @Test
  void asksAsInTheExampleOfTheStandard() {
    ScriptedKey key = ScriptedKey.known().answering(answer("f220", "", 1));
    AssertionRequest request =
        REQUEST.allowing(List.of(SPEC_ID, Bytes.fromHex("03".repeat(50)))).verifiedByKey();
    key.client().getAssertions(request, TOUCH);
    assertThat(key.requests()).containsExactly(SPEC_REQUEST);
  }

  @Test
  void fetchesAsManyAssertionsAsTheKeyAnnounces() {
    ScriptedKey key =
        ScriptedKey.known()
            .answering(answer("a1", "01", 3))
            .answering(answer("a2", "02", 0))
            .answering(answer("a3", "", 0));
    List<Assertion> assertions = key.client().getAssertions(REQUEST, TOUCH);
    assertThat(assertions)
        .extracting(Assertion::credentialId)
        .containsExactly(Bytes.fromHex("a1"), Bytes.fromHex("a2"), Bytes.fromHex("a3"));
    assertThat(assertions.get(1).userHandle()).contains(Bytes.fromHex("02"));
    assertThat(assertions.get(2).userHandle()).isEmpty();
    assertThat(assertions.get(0).authenticatorData().signCount()).isEqualTo(5);
    assertThat(key.requests().subList(1, 3)).containsExactly("08", "08");
  }

  @Test
  void aKeyMayLeaveOutTheOnlyCredentialOfTheAllowList() {
    String answer = Cbor.map("02", Cbor.bytes(AUTH_DATA), "03", Cbor.bytes("00"));
    AssertionRequest request = REQUEST.allowing(List.of(SPEC_ID));
    ScriptedKey key = ScriptedKey.known().answering(answer);
    assertThat(key.client().getAssertions(request, TOUCH))
        .extracting(Assertion::credentialId)
        .containsExactly(SPEC_ID);
    ScriptedKey without = ScriptedKey.known().answering(answer);
    assertUnreadable(() -> without.client().getAssertions(REQUEST, TOUCH));
  }

  @Test
  void aKeyThatClaimsManyCredentialsIsNotBelieved() {
    ScriptedKey key = ScriptedKey.known().answering(answer("a1", "01", 1_000_000));
    assertUnreadable(() -> key.client().getAssertions(REQUEST, TOUCH));
    assertThat(key.requests()).hasSize(1);
  }

  @Test
  void listsStayBelowTheMessageSizeOfTheKey() {
    String info =
        Cbor.map(
            Cbor.number(1), Cbor.array(Cbor.text("FIDO_2_0")),
            Cbor.number(3), Cbor.bytes("00".repeat(16)),
            Cbor.number(7), Cbor.number(100));
    ScriptedKey key = new ScriptedKey().answering(info);
    IntStream.range(0, 15).forEach(i -> key.refusing(CtapStatus.NO_CREDENTIALS));
    List<Bytes> ids =
        IntStream.range(0, 30)
            .mapToObj(i -> Bytes.fromHex(String.format("%02x", i).repeat(200)))
            .toList();
    String rpId = "x".repeat(253);
    assertThat(key.client().findCredential(rpId, ids, null)).isEmpty();
    assertThat(key.requests())
        .hasSize(15)
        .allSatisfy(request -> assertThat(request.length() / 2).isLessThanOrEqualTo(1024));
    assertThat(ids)
        .allSatisfy(id -> assertThat(String.join("", key.requests())).contains(id.toHex()));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"OK", "UNREADABLE_RESPONSE", "NO_CREDENTIALS", "INVALID_CREDENTIAL"})
  void anyOtherStatusEndsTheSearchForACredential(CtapStatus status) {
    ScriptedKey key = ScriptedKey.known().refusing(status);
    assertThatThrownBy(() -> key.client().findCredential("example.com", List.of(SPEC_ID), null))
        .isInstanceOfSatisfying(CtapException.class, e -> assertThat(e.status()).isEqualTo(status));
  }

  private static String answer(String id, String userHandle, int count) {
    String credential =
        Cbor.map(Cbor.text("id"), Cbor.bytes(id), Cbor.text("type"), Cbor.text("public-key"));
    String user = Cbor.map(Cbor.text("id"), Cbor.bytes(userHandle));
    StringBuilder members = new StringBuilder();
    members.append("01").append(credential);
    members.append("02").append(Cbor.bytes(AUTH_DATA));
    members.append("03").append(Cbor.bytes("3000"));
    members.append(userHandle.isEmpty() ? "" : "04" + user);
    members.append(count == 0 ? "" : "05" + Cbor.number(count));
    int size = 3 + (userHandle.isEmpty() ? 0 : 1) + (count == 0 ? 0 : 1);
    return String.format("%02x", 0xa0 | size) + members;
  }

  private static void assertUnreadable(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CtapException.class,
            e -> assertThat(e.status()).isEqualTo(CtapStatus.UNREADABLE_RESPONSE));
  }
}
