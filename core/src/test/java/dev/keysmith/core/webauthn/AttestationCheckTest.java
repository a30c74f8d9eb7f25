package dev.keysmith.core.webauthn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.upokecenter.cbor.CBORObject;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a key attests is verified before it is handed in, whatever it is. */
class AttestationCheckTest {

  private static final int FLAGS = 32;
  private static final int COUNTER = 33;
  private static final int CREDENTIAL_ID_LENGTH = 53;

  private static Bytes attested(String by) {
    String seed = "AttestationObjectFuzzInputs/verifiesOrIsRefused/" + by;
    try (InputStream in = AttestationCheckTest.class.getResourceAsStream(seed)) {
      return Bytes.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ctap_2_0", "ctap_2_1_pre", "ctap_2_1"})
  void acceptsWhatAKeyHasAttested(String by) {
    assertThatCode(() -> FuzzedRegistration.verify(attested(by))).doesNotThrowAnyException();
  }

  private static Arguments with(String what, UnaryOperator<CBORObject> change) {
    CBORObject object = CBORObject.DecodeFromBytes(attested("ctap_2_1").toArray());
    return Arguments.of(what, Bytes.of(change.apply(object).EncodeToBytes()));
  }

  private static Arguments withMember(String what, String member, Object value) {
    return with(what, object -> object.Set(member, value));
  }

  private static Arguments withStatement(String what, String member, Object value) {
    return with(
        what,
        object -> {
          object.get("attStmt").Set(member, value);
          return object;
        });
  }

  private static Arguments withData(String what, UnaryOperator<byte[]> change) {
    return with(
        what,
        object -> object.Set("authData", change.apply(object.get("authData").GetByteString())));
  }

  private static Arguments withCertificate(String what, UnaryOperator<byte[]> change) {
    return with(
        what,
        object -> {
          CBORObject chain = object.get("attStmt").get("x5c");
          chain.Set(0, change.apply(chain.get(0).GetByteString()));
          return object;
        });
  }

  private static byte[] set(byte[] bytes, int index, int value) {
    bytes[index] = (byte) value;
    return bytes;
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        Arguments.of("nothing", Bytes.of(new byte[0])),
        Arguments.of("no CBOR", Bytes.fromHex("ff")),
        Arguments.of("a number", Bytes.fromHex("01")),
        Arguments.of("an empty map", Bytes.fromHex("a0")),
        Arguments.of("a map of 2^32 members", Bytes.fromHex("baffffffff")),
        Arguments.of("a string of 4 GB", Bytes.fromHex("a163666d745affffffff")),
        Arguments.of("7,600 arrays in arrays", Bytes.fromHex("81".repeat(7600) + "01")),
        withMember("an unknown format", "fmt", "unheard-of"),
        withMember("a format that is a number", "fmt", 7),
        withMember("another format than the statement's", "fmt", "fido-u2f"),
        withMember("no statement for a format that has one", "attStmt", CBORObject.NewMap()),
        withMember("a statement that is text", "attStmt", "packed"),
        withMember("authenticator data that is text", "authData", "data"),
        withMember("empty authenticator data", "authData", new byte[0]),
        withData("truncated authenticator data", data -> Arrays.copyOf(data, 60)),
        withData("more data than there is", data -> Arrays.copyOf(data, data.length + 1)),
        withData("another relying party", data -> set(data, 0, ~data[0])),
        withData("no user presence", data -> set(data, FLAGS, data[FLAGS] & ~1)),
        withData("no attested credential", data -> set(data, FLAGS, 1)),
        withData("extensions that are not there", data -> set(data, FLAGS, 0xC1)),
        withData("another counter than was signed", data -> set(data, COUNTER, 9)),
        withData("a credential id beyond the data", d -> set(d, CREDENTIAL_ID_LENGTH, 0xFF)),
        withData("a public key that is no point", data -> set(data, data.length - 1, 0)),
        withStatement("a signature that is none", "sig", new byte[70]),
        withStatement("an empty signature", "sig", new byte[0]),
        withStatement("a signature that is text", "sig", "signed"),
        withStatement("an unknown algorithm", "alg", -65_535),
        withStatement("an algorithm that is text", "alg", "ES256"),
        withStatement("an empty chain of certificates", "x5c", CBORObject.NewArray()),
        withStatement("certificates that are numbers", "x5c", CBORObject.NewArray().Add(1)),
        withCertificate("an empty certificate", certificate -> new byte[0]),
        withCertificate("a truncated certificate", all -> Arrays.copyOf(all, all.length / 2)),
        withCertificate("a certificate of zeros", all -> new byte[all.length]),
        withCertificate(
            "a certificate whose validity has a broken length",
            all -> set(all, indexOf(all, "170d") + 1, 0x8F)));
  }

  private static int indexOf(byte[] bytes, String hex) {
    int digits = HexFormat.of().formatHex(bytes).indexOf(hex);
    assertThat(digits).isNotNegative();
    return digits / 2;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void refusesWhatDoesNotVerifyWithWordsForThePersonAtTheStation(String what, Bytes object) {
    assertThatThrownBy(() -> FuzzedRegistration.verify(object))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.code()).isEqualTo("key.attestation"))
        .hasMessageContaining("key.attestation")
        .hasMessageNotContaining(FuzzedRegistration.OPTIONS.challenge());
  }

  /** Each byte of an attestation counts: none can be changed without being noticed. */
  @Test
  void noticesEachChangedByteOfWhatIsSigned() {
    byte[] object = attested("ctap_2_1").toArray();
    byte[] data = CBORObject.DecodeFromBytes(object).get("authData").GetByteString();
    int start = HexFormat.of().formatHex(object).indexOf(HexFormat.of().formatHex(data)) / 2;
    for (int i = start; i < start + data.length; i++) {
      byte[] changed = object.clone();
      changed[i] ^= 0x10;
      assertThatThrownBy(() -> FuzzedRegistration.verify(Bytes.of(changed)))
          .as("byte %d", i)
          .isInstanceOf(ProblemException.class);
    }
  }
}
