package dev.keysmith.core.ctap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.pin.PinUvAuthProtocolTwo;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.CredentialCreationOptions.UserEntity;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** What credential management and configuration send, byte by byte, and how they read answers. */
class ManagementTest {

  private static final byte[] TOKEN = HexFormat.of().parseHex("5a".repeat(32));
  private static final Bytes RP_ID_HASH = Bytes.fromHex("cd".repeat(32));

  @Test
  void signsSubCommandAndParameters() throws GeneralSecurityException {
    ScriptedKey key = ScriptedKey.known().refusing(CtapStatus.NO_CREDENTIALS);
    assertThat(management(key).credentials(RP_ID_HASH)).isEmpty();
    String parameters = Cbor.map("01", Cbor.bytes(RP_ID_HASH.toHex()));
    assertThat(key.requests())
        .containsExactly(
            "0a"
                + Cbor.map(
                    "01", "04", "02", parameters, "03", "02", "04", sign("04" + parameters)));
  }

  @Test
  void signsTheSubCommandAloneWhereThereAreNoParameters() throws GeneralSecurityException {
    ScriptedKey key = ScriptedKey.known().answering(Cbor.map("01", "03", "02", "1816"));
    assertThat(management(key).metadata()).contains(new CredentialManagement.Metadata(3, 22));
    assertThat(key.requests())
        .containsExactly("0a" + Cbor.map("01", "01", "03", "02", "04", sign("01")));
  }

  @Test
  void fallsBackToThePreview() {
    ScriptedKey key =
        new ScriptedKey()
            .answering(ScriptedKey.info(Cbor.map(Cbor.text("credentialMgmtPreview"), Cbor.TRUE)))
            .refusing(CtapStatus.NO_CREDENTIALS);
    assertThat(management(key).relyingParties()).isEmpty();
    assertThat(key.requests().get(0)).startsWith("41a3");
  }

  @Test
  void aKeyMayAnswerThatThereAreZeroRelyingParties() {
    ScriptedKey key = ScriptedKey.known().answering(Cbor.map("05", "00"));
    assertThat(management(key).relyingParties()).isEmpty();
  }

  @Test
  void aKeyThatClaimsManyEntriesIsNotBelieved() {
    ScriptedKey key =
        ScriptedKey.known()
            .answering(
                Cbor.map(
                    "03", Cbor.map(Cbor.text("id"), Cbor.text("a.example")),
                    "04", Cbor.bytes(RP_ID_HASH.toHex()),
                    "05", Cbor.number(100_000)));
    CredentialManagement management = management(key);
    assertStatus(CtapStatus.UNREADABLE_RESPONSE, management::relyingParties);
    assertThat(key.requests()).hasSize(1);
  }

  @Test
  void anEnumerationThatBreaksOffIsAnError() {
    ScriptedKey key =
        ScriptedKey.known()
            .answering(
                Cbor.map(
                    "03", Cbor.map(Cbor.text("id"), Cbor.text("a.example")),
                    "04", Cbor.bytes(RP_ID_HASH.toHex()),
                    "05", "02"))
            .refusing(CtapStatus.NO_CREDENTIALS);
    CredentialManagement management = management(key);
    assertStatus(CtapStatus.NO_CREDENTIALS, management::relyingParties);
    assertThat(key.requests().get(1)).isEqualTo("0aa10103");
  }

  @Test
  void aNameThatTheKeyCutWithinACharacterIsShownMended() {
    String cutName = "63" + "c3a4" + "c3";
    ScriptedKey key =
        ScriptedKey.known()
            .answering(
                Cbor.map(
                    "06", Cbor.map(Cbor.text("id"), Cbor.bytes("01"), Cbor.text("name"), cutName),
                    "07",
                        Cbor.map(
                            Cbor.text("id"), Cbor.bytes("c0ffee"),
                            Cbor.text("type"), Cbor.text("public-key")),
                    "08", Cbor.map("01", "02"),
                    "09", "01"));
    assertThat(management(key).credentials(RP_ID_HASH))
        .singleElement()
        .satisfies(
            credential -> {
              assertThat(credential.userName()).contains("ä?");
              assertThat(credential.protection()).isEmpty();
              assertThat(credential).hasToString("StoredCredential[wP_u]");
            });
  }

  @Test
  void deletesAndUpdatesByTheCredentialsId() throws GeneralSecurityException {
    ScriptedKey key = ScriptedKey.known().answering("").answering(ScriptedKey.INFO).answering("");
    CredentialManagement management = management(key);
    Bytes id = Bytes.fromHex("c0ffee");
    management.delete(id);
    management.updateUser(id, new UserEntity(Bytes.fromHex("01"), "ann", ""));
    String descriptor =
        Cbor.map(Cbor.text("id"), Cbor.bytes("c0ffee"), Cbor.text("type"), Cbor.text("public-key"));
    String user = Cbor.map(Cbor.text("id"), Cbor.bytes("01"), Cbor.text("name"), Cbor.text("ann"));
    String delete = Cbor.map("02", descriptor);
    String update = Cbor.map("02", descriptor, "03", user);
    assertThat(key.requests())
        .containsExactly(
            "0a" + Cbor.map("01", "06", "02", delete, "03", "02", "04", sign("06" + delete)),
            "0a" + Cbor.map("01", "07", "02", update, "03", "02", "04", sign("07" + update)));
  }

  @Test
  void configurationSignsItsLongPrefix() throws GeneralSecurityException {
    ScriptedKey key = ScriptedKey.known().answering("");
    key.client().authenticatorConfig(token()).setMinPinLength(8);
    String prefix = "ff".repeat(32) + "0d" + "03";
    assertThat(key.requests())
        .containsExactly(
            "0d" + Cbor.map("01", "03", "02", "a10108", "03", "02", "04", sign(prefix + "a10108")));
  }

  @Test
  void configurationOfAnUnprotectedKeyIsNotSigned() {
    ScriptedKey key = ScriptedKey.known().answering("");
    key.client().authenticatorConfig(null).enableEnterpriseAttestation();
    assertThat(key.requests()).containsExactly("0da10101");
  }

  @Test
  void configurationSendsEachPolicyByItself() {
    ScriptedKey key = ScriptedKey.known().answering("");
    key.client().authenticatorConfig(null).toggleAlwaysUv();
    assertThat(key.requests()).containsExactly("0da10102");
    ScriptedKey forced = ScriptedKey.known().answering("");
    forced.client().authenticatorConfig(null).forcePinChange();
    assertThat(forced.requests()).containsExactly("0da20103" + "02a103f5");
    ScriptedKey shown = ScriptedKey.known().answering("");
    shown.client().authenticatorConfig(null).allowMinPinLengthFor(List.of("a.example"));
    assertThat(shown.requests())
        .containsExactly("0da20103" + "02a102" + Cbor.array(Cbor.text("a.example")));
  }

  @Test
  void aKeyWithoutPinRulesIsNotAskedForThem() {
    ScriptedKey key =
        new ScriptedKey().answering(ScriptedKey.info(Cbor.map(Cbor.text("authnrCfg"), Cbor.TRUE)));
    AuthenticatorConfig config = key.client().authenticatorConfig(null);
    assertStatus(CtapStatus.UNSUPPORTED_OPTION, config::forcePinChange);
    assertStatus(CtapStatus.UNSUPPORTED_OPTION, () -> config.setMinPinLength(8));
    assertThat(key.requests()).isEmpty();
  }

  @Test
  void whatChangesAKeyMakesTheClientAskAgain() {
    ScriptedKey key = ScriptedKey.known().answering("").answering(ScriptedKey.INFO).answering("");
    Ctap2Client client = key.client();
    AuthenticatorConfig config = client.authenticatorConfig(null);
    config.toggleAlwaysUv();
    config.toggleAlwaysUv();
    assertThat(key.timesAskedForInfo()).isEqualTo(2);
  }

  private static CredentialManagement management(ScriptedKey key) {
    return key.client().credentialManagement(token());
  }

  private static PinUvAuthToken token() {
    return new PinUvAuthToken(
        new PinUvAuthProtocolTwo(new java.security.SecureRandom()),
        TOKEN.clone(),
        EnumSet.allOf(Permission.class),
        null);
  }

  private static String sign(String message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(TOKEN, "HmacSHA256"));
    return Cbor.bytes(HexFormat.of().formatHex(mac.doFinal(HexFormat.of().parseHex(message))));
  }

  private static void assertStatus(
      CtapStatus status, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(CtapException.class, e -> assertThat(e.status()).isEqualTo(status));
  }
}
