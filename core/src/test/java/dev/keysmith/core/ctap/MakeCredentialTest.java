package dev.keysmith.core.ctap;

import static dev.keysmith.core.ctap.Samples.HASH;
import static dev.keysmith.core.ctap.Samples.TOUCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.pin.PinUvAuthProtocolOne;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.CredentialCreationOptions;
import dev.keysmith.spi.idp.CredentialCreationOptions.Attestation;
import dev.keysmith.spi.idp.CredentialCreationOptions.CredentialDescriptor;
import dev.keysmith.spi.idp.CredentialCreationOptions.RelyingParty;
import dev.keysmith.spi.idp.CredentialCreationOptions.Requirement;
import dev.keysmith.spi.idp.CredentialCreationOptions.UserEntity;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What makeCredential sends, byte by byte, and how it reads the answer. */
class MakeCredentialTest {

  /**
   * The example of CTAP 2.0, section 6.1 (message encoding), without the {@code icon} member, which
   * CTAP 2.1 has dropped.
   */
  private static final String SPEC_REQUEST =
      "01a5015820687134968222ec17202e42505f8ed2b16ae22f16bb05b88c25db9e602645f14102a26269646b657861"
          + "6d706c652e636f6d646e616d656441636d6503a3626964582030820193308201"
          + "38a0030201023082019330820138a0030201023082019330826"
          + "46e616d65766a6f686e70736d697468406578616d706c652e636f6d6b646973706c61794e616d656d4a6f686e"
          + "20502e20536d6974680482a263616c672664747970656a7075626c69632d6b6579a263616c67390100647479"
          + "70656a7075626c69632d6b657907a162726bf5";

  private static final String EXAMPLE_COM_HASH =
      "a379a6f6eeafb9a55e378c118034e2751e682fab9f2d30ab13d2125586ce1947";
  private static final String CREDENTIAL = "00112233445566778899aabbccddeeff0004" + "c0ffee01";
  private static final String COSE_KEY =
      "a5010203262001215820" + "11".repeat(32) + "225820" + "22".repeat(32);
  private static final String AUTH_DATA =
      EXAMPLE_COM_HASH + "45" + "0000002a" + CREDENTIAL + COSE_KEY;

  @Test
  void asksAsInTheExampleOfTheStandard() {
    ScriptedKey key = ScriptedKey.known().answering(answer(AUTH_DATA));
    key.client().makeCredential(CredentialRequest.of(spec(), HASH), TOUCH);
    assertThat(key.requests()).containsExactly(SPEC_REQUEST);
  }

  @Test
  void readsTheAnswerAndRendersTheAttestationObject() {
    ScriptedKey key = ScriptedKey.known().answering(answer(AUTH_DATA));
    MadeCredential made = key.client().makeCredential(CredentialRequest.of(spec(), HASH), TOUCH);
    assertThat(made.credential().credentialId()).isEqualTo(Bytes.fromHex("c0ffee01"));
    assertThat(made.credential().aaguid()).hasToString("00112233-4455-6677-8899-aabbccddeeff");
    assertThat(made.credential().publicKey()).isEqualTo(Bytes.fromHex(COSE_KEY));
    assertThat(made.authenticatorData().signCount()).isEqualTo(42);
    assertThat(made.authenticatorData().userVerified()).isTrue();
    assertThat(made.enterpriseAttestation()).isFalse();
    assertThat(made.attestationObject().toHex())
        .isEqualTo(
            Cbor.map(
                Cbor.text("fmt"), Cbor.text("packed"),
                Cbor.text("attStmt"), statement(),
                Cbor.text("authData"), Cbor.bytes(AUTH_DATA)));
  }

  @Test
  void sendsTheProofOfVerificationAndTheExtras() {
    ScriptedKey key =
        new ScriptedKey()
            .answering(
                ScriptedKey.info(
                    Cbor.map(
                        Cbor.text("ep"), Cbor.TRUE,
                        Cbor.text("rk"), Cbor.TRUE,
                        Cbor.text("clientPin"), Cbor.TRUE)))
            .answering(answer(AUTH_DATA));
    CredentialRequest request =
        CredentialRequest.of(spec(), HASH)
            .verifiedBy(
                new PinUvAuthToken(
                    new PinUvAuthProtocolOne(),
                    new byte[32],
                    EnumSet.of(Permission.MAKE_CREDENTIAL),
                    "example.com"))
            .protectedBy(CredentialRequest.Protection.UV_REQUIRED)
            .attestedBy(CredentialRequest.EnterpriseAttestation.PLATFORM_MANAGED);
    key.client().makeCredential(request, TOUCH);
    // HMAC-SHA-256 of the client data hash under 32 zero bytes, computed with OpenSSL.
    assertThat(key.requests().get(0))
        .contains("06" + "a16b6372656450726f7465637403")
        .endsWith("07a162726bf5" + "0850" + "e01d754269bbb5369d81394e3ad84a54" + "0901" + "0a02");
  }

  @Test
  void sendsTheWholeExcludeListWhereTheKeyTakesIt() {
    ScriptedKey key = ScriptedKey.known().answering(answer(AUTH_DATA));
    key.client().makeCredential(CredentialRequest.of(excluding(ids(2, 64)), HASH), TOUCH);
    assertThat(key.requests()).hasSize(1);
    assertThat(key.requests().get(0)).contains("0582a2626964");
  }

  @Test
  void asksSilentlyInListsThatTheKeyTakesAndExcludesTheOneItFinds() {
    ScriptedKey key =
        ScriptedKey.known()
            .refusing(CtapStatus.NO_CREDENTIALS)
            .refusing(CtapStatus.INVALID_CREDENTIAL)
            .answering(
                Cbor.map(
                    Cbor.number(2), Cbor.bytes(EXAMPLE_COM_HASH + "0000000000"),
                    Cbor.number(3), Cbor.bytes("00")))
            .refusing(CtapStatus.CREDENTIAL_EXCLUDED);
    CredentialRequest request = CredentialRequest.of(excluding(ids(5, 64)), HASH);
    assertThatThrownBy(() -> key.client().makeCredential(request, TOUCH))
        .isInstanceOf(CtapException.class)
        .extracting(e -> ((CtapException) e).status())
        .isEqualTo(CtapStatus.CREDENTIAL_EXCLUDED);
    assertThat(key.requests()).hasSize(4);
    assertThat(key.requests().subList(0, 3))
        .allSatisfy(question -> assertThat(question).startsWith("02").contains("05a1627570f4"));
    assertThat(key.requests().get(3)).startsWith("01").contains("0581a2626964");
  }

  @Test
  void asksSilentlyWhereTheListFitsButTheWholeRequestWouldBeTooLarge() {
    CredentialCreationOptions options =
        new CredentialCreationOptions(
            new RelyingParty("example.com", "x".repeat(900)),
            spec().user(),
            "AA",
            List.of(-7),
            excluding(ids(2, 64)).excludeCredentials(),
            Requirement.REQUIRED,
            Requirement.PREFERRED,
            Attestation.NONE);
    ScriptedKey key =
        ScriptedKey.known().refusing(CtapStatus.NO_CREDENTIALS).answering(answer(AUTH_DATA));
    key.client().makeCredential(CredentialRequest.of(options, HASH), TOUCH);
    assertThat(key.requests()).hasSize(2);
    assertThat(key.requests().get(1).length() / 2).isLessThan(1200);
  }

  @Test
  void leavesOutCredentialsWhoseIdsTheKeyCannotHave() {
    ScriptedKey key = ScriptedKey.known().answering(answer(AUTH_DATA));
    key.client().makeCredential(CredentialRequest.of(excluding(ids(9, 65)), HASH), TOUCH);
    assertThat(key.requests()).containsExactly(SPEC_REQUEST);
  }

  @Test
  void namesThatCborCannotHoldAreMended() {
    CredentialCreationOptions options =
        new CredentialCreationOptions(
            new RelyingParty("example.com", ""),
            new UserEntity(Bytes.of((byte) 1), "half \ud83d", ""),
            "AA",
            List.of(-7),
            List.of(),
            Requirement.DISCOURAGED,
            Requirement.DISCOURAGED,
            Attestation.NONE);
    ScriptedKey key = ScriptedKey.known().answering(answer(AUTH_DATA));
    key.client().makeCredential(CredentialRequest.of(options, HASH), TOUCH);
    assertThat(key.requests().get(0))
        .contains("02a1" + Cbor.text("id") + Cbor.text("example.com"))
        .contains("03a2" + Cbor.text("id") + "4101" + Cbor.text("name") + Cbor.text("half ?"))
        .endsWith("0481a263616c672664747970656a7075626c69632d6b6579");
  }

  @Test
  void whatIsTooLargeForTheKeyIsNotSent() {
    CredentialCreationOptions options =
        new CredentialCreationOptions(
            new RelyingParty("example.com", "x".repeat(2000)),
            spec().user(),
            "AA",
            List.of(-7),
            List.of(),
            Requirement.REQUIRED,
            Requirement.PREFERRED,
            Attestation.NONE);
    ScriptedKey key = ScriptedKey.known();
    assertThatThrownBy(
            () -> key.client().makeCredential(CredentialRequest.of(options, HASH), TOUCH))
        .isInstanceOf(CtapException.class)
        .hasMessageContaining("1200")
        .extracting(e -> ((CtapException) e).status())
        .isEqualTo(CtapStatus.REQUEST_TOO_LARGE);
    assertThat(key.requests()).isEmpty();
  }

  @Test
  void asksForBuiltInVerificationWhereTheKeyHasItAndThereIsNoToken() {
    ScriptedKey key =
        new ScriptedKey()
            .answering(
                ScriptedKey.info(Cbor.map(Cbor.text("rk"), Cbor.TRUE, Cbor.text("uv"), Cbor.TRUE)))
            .answering(answer(AUTH_DATA));
    key.client().makeCredential(CredentialRequest.of(spec(), HASH), TOUCH);
    assertThat(key.requests().get(0)).endsWith("07a2" + "62726bf5" + "627576f5");
  }

  static Stream<Arguments> badAnswers() {
    return Stream.of(
        Arguments.of("nothing", ""),
        Arguments.of("no statement", Cbor.map("01", Cbor.text("none"), "02", bytes(AUTH_DATA))),
        Arguments.of("no format", Cbor.map("02", bytes(AUTH_DATA), "03", "a0")),
        Arguments.of("a statement that is no map", answer("none", AUTH_DATA, "80")),
        Arguments.of("empty authenticator data", answer("")),
        Arguments.of("short authenticator data", answer(AUTH_DATA.substring(0, 72))),
        Arguments.of("no credential", answer(EXAMPLE_COM_HASH + "05" + "00000000")),
        Arguments.of("another relying party", answer("00".repeat(32) + AUTH_DATA.substring(64))),
        Arguments.of("trailing bytes", answer(AUTH_DATA + "00")),
        Arguments.of("a key that is cut", answer(AUTH_DATA.substring(0, AUTH_DATA.length() - 2))),
        Arguments.of("extensions announced", answer(AUTH_DATA.replace("ce194745", "ce1947c5"))),
        Arguments.of(
            "an ID longer than the rest", answer(AUTH_DATA.replace("eeff0004", "eeff0400"))),
        Arguments.of("an empty ID", answer(AUTH_DATA.replace("eeff0004c0ffee01", "eeff0000"))),
        Arguments.of(
            "a key of indefinite length", answer(AUTH_DATA.replace("c0ffee01a5", "c0ffee01bf"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badAnswers")
  void anAnswerThatBreaksTheStandardIsRefused(String what, String answer) {
    ScriptedKey key = ScriptedKey.known().answering(answer);
    assertThatThrownBy(() -> key.client().makeCredential(CredentialRequest.of(spec(), HASH), TOUCH))
        .isInstanceOf(CtapException.class)
        .extracting(e -> ((CtapException) e).status())
        .isEqualTo(CtapStatus.UNREADABLE_RESPONSE);
  }

  private static String answer(String authData) {
    return answer("packed", authData, statement());
  }

  private static String answer(String format, String authData, String statement) {
    return Cbor.map(
        "01", Cbor.text(format),
        "02", Cbor.bytes(authData),
        "03", statement);
  }

  private static String bytes(String hex) {
    return Cbor.bytes(hex);
  }

  private static String statement() {
    return Cbor.map(
        Cbor.text("alg"), Cbor.number(-7),
        Cbor.text("sig"), Cbor.bytes("3000"),
        Cbor.text("x5c"), Cbor.array(Cbor.bytes("3001"), Cbor.bytes("3002")));
  }

  private static List<Bytes> ids(int count, int length) {
    return IntStream.range(0, count)
        .mapToObj(i -> Bytes.fromHex(String.format("%02x", i).repeat(length)))
        .toList();
  }

  private static CredentialCreationOptions spec() {
    return excluding(List.of());
  }

  private static CredentialCreationOptions excluding(List<Bytes> ids) {
    return new CredentialCreationOptions(
        new RelyingParty("example.com", "Acme"),
        new UserEntity(
            Bytes.fromHex("3082019330820138a0030201023082019330820138a003020102308201933082"),
            "johnpsmith@example.com",
            "John P. Smith"),
        "Y2hhbGxlbmdl",
        List.of(-7, -257),
        ids.stream().map(id -> new CredentialDescriptor(id, List.of("usb", "nfc"))).toList(),
        Requirement.REQUIRED,
        Requirement.PREFERRED,
        Attestation.NONE);
  }
}
