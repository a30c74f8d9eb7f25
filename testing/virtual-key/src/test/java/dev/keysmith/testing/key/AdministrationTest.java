package dev.keysmith.testing.key;

import static dev.keysmith.testing.key.Platform.concat;
import static dev.keysmith.testing.key.Platform.creation;
import static dev.keysmith.testing.key.Platform.map;
import static dev.keysmith.testing.key.Platform.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORObject;
import dev.keysmith.spi.MovableClock;
import dev.keysmith.testing.key.model.Model;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdministrationTest {

  private static final String PIN = "123456";
  private static final int PIN_AUTH_INVALID = 0x33;
  private static final int PUAT_REQUIRED = 0x36;
  private static final int PIN_POLICY_VIOLATION = 0x37;

  private final MovableClock clock = new MovableClock();
  private final VirtualKey key = VirtualKey.builder().clock(clock).serialNumber("12345678").build();
  private final Platform platform = new Platform(key, 2);

  private static byte[] cbor(CBORObject value) {
    return value.EncodeToBytes(new CBOREncodeOptions("ctap2canonical=true"));
  }

  private Platform.Response config(int subCommand, CBORObject parameters) {
    byte[] prefix = new byte[34];
    Arrays.fill(prefix, 0, 32, (byte) 0xFF);
    prefix[32] = 0x0D;
    prefix[33] = (byte) subCommand;
    byte[] token = platform.token(PIN, 0x20, "");
    byte[] message = parameters.size() == 0 ? prefix : concat(prefix, cbor(parameters));
    CBORObject request = map(1, subCommand, 3, 2, 4, platform.authenticate(token, message));
    if (parameters.size() > 0) {
      request.Add(2, parameters);
    }
    return platform.send(0x0D, request);
  }

  private static Platform.Response manage(
      Platform client, int command, byte[] token, int subCommand, CBORObject parameters) {
    byte[] prefix = {(byte) subCommand};
    byte[] message = parameters.size() == 0 ? prefix : concat(prefix, cbor(parameters));
    int protocol = command == 0x41 ? 1 : 2;
    CBORObject request = map(1, subCommand, 3, protocol, 4, client.authenticate(token, message));
    if (parameters.size() > 0) {
      request.Add(2, parameters);
    }
    return client.send(command, request);
  }

  private Platform.Response manage(byte[] token, int subCommand, CBORObject parameters) {
    return manage(platform, 0x0A, token, subCommand, parameters);
  }

  private static byte[] rpIdHash(String rpId) {
    return sha256(rpId.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void countsAndListsWhatItHolds() {
    platform.setPin(PIN);
    platform.enrol(PIN, "example.org", "ann");
    byte[] bob = platform.enrol(PIN, "example.org", "bob");
    platform.enrol(PIN, "example.com", "ann");
    byte[] token = platform.token(PIN, 0x04, "");

    Platform.Response counted = manage(token, 1, map());
    Platform.Response rp = manage(token, 2, map());
    Platform.Response nextRp = platform.send(0x0A, map(1, 3));
    Platform.Response first = manage(token, 4, map(1, rpIdHash("example.org")));
    Platform.Response second = platform.send(0x0A, map(1, 5));

    assertThat(counted.get(1).AsInt32()).isEqualTo(3);
    assertThat(counted.get(2).AsInt32()).isEqualTo(22);
    assertThat(rp.get(5).AsInt32()).isEqualTo(2);
    assertThat(rp.get(3).get("id").AsString()).isEqualTo("example.org");
    assertThat(nextRp.bytes(4)).isEqualTo(rpIdHash("example.com"));
    assertThat(first.get(9).AsInt32()).isEqualTo(2);
    assertThat(first.get(6).get("displayName").AsString()).isEqualTo("ann");
    assertThat(second.get(7).get("id").GetByteString()).isEqualTo(bob);
    assertThat(second.get(8).get(CBORObject.FromObject(3)).AsInt32()).isEqualTo(-7);
    assertThat(platform.send(0x0A, map(1, 5)).status()).isEqualTo(0x30);
  }

  @Test
  void deletesACredentialAndRenamesAnother() {
    platform.setPin(PIN);
    byte[] ann = platform.enrol(PIN, "example.org", "ann");
    byte[] bob = platform.enrol(PIN, "example.org", "bob");
    byte[] token = platform.token(PIN, 0x04, "");
    CBORObject user = map("id", "bob".getBytes(StandardCharsets.UTF_8), "name", "robert");

    int deleted = manage(token, 6, map(2, descriptor(ann))).status();
    int renamed = manage(token, 7, map(2, descriptor(bob), 3, user)).status();
    int again = manage(token, 6, map(2, descriptor(ann))).status();

    assertThat(deleted).isZero();
    assertThat(renamed).isZero();
    assertThat(again).isEqualTo(0x2E);
    assertThat(key.credentials())
        .extracting(VirtualKey.KeyCredential::userName)
        .containsExactly("robert");
  }

  private static CBORObject descriptor(byte[] id) {
    return map("id", id, "type", "public-key");
  }

  @Test
  void managesNothingWithoutTheRightToken() {
    platform.setPin(PIN);
    byte[] ann = platform.enrol(PIN, "example.org", "ann");
    byte[] forOther = platform.token(PIN, 0x04, "example.com");

    assertThat(manage(forOther, 6, map(2, descriptor(ann))).status()).isEqualTo(PIN_AUTH_INVALID);
    assertThat(manage(forOther, 2, map()).status()).isEqualTo(PIN_AUTH_INVALID);
    byte[] forMaking = platform.token(PIN, 0x01, "example.org");
    assertThat(manage(forMaking, 6, map(2, descriptor(ann))).status()).isEqualTo(PIN_AUTH_INVALID);
    assertThat(platform.send(0x0A, map(1, 1)).status()).isEqualTo(PUAT_REQUIRED);
    assertThat(key.credentials()).hasSize(1);
  }

  @Test
  void managesCredentialsByThePreviewCommandInTheModelBetween() {
    VirtualKey between = VirtualKey.builder().model(Model.CTAP_2_1_PRE).build();
    Platform client = new Platform(between, 1);
    client.setPin(PIN);
    byte[] token = client.askPinToken(PIN).bytes(2);
    CBORObject parameters = creation("example.org", "ann").Add(7, map("rk", true));
    byte[] id =
        Platform.credentialId(client.send(0x01, client.authorized(parameters, token, 8)).bytes(2));

    assertThat(client.option("credentialMgmtPreview").AsBoolean()).isTrue();
    assertThat(manage(client, 0x41, token, 1, map()).get(1).AsInt32()).isEqualTo(1);
    assertThat(manage(client, 0x41, token, 6, map(2, descriptor(id))).status()).isZero();
    assertThat(between.credentials()).isEmpty();
    assertThat(client.send(0x0A, map(1, 1)).status()).isEqualTo(0x01);
  }

  @Test
  void managesCredentialsByThePreviewCommandForOlderPlatformsToo() {
    platform.setPin(PIN);
    byte[] token = platform.token(PIN, 0x04, "");
    CBORObject request = map(1, 1, 3, 2, 4, platform.authenticate(token, new byte[] {1}));

    assertThat(platform.option("credentialMgmtPreview").AsBoolean()).isTrue();
    assertThat(platform.send(0x41, request).get(1).AsInt32()).isZero();
  }

  @Test
  void raisesTheMinimumPinLengthAndForcesANewPin() {
    platform.setPin(PIN);

    assertThat(config(3, map(1, 8)).status()).isZero();

    assertThat(key.minPinLength()).isEqualTo(8);
    assertThat(key.mustChangePin()).isTrue();
    assertThat(platform.send(0x04).get(0x0C).AsBoolean()).isTrue();
    assertThat(platform.askToken(PIN, 0x04, "").status()).isEqualTo(PIN_POLICY_VIOLATION);
    assertThat(platform.askPinToken(PIN).status()).isEqualTo(0x31);
    assertThat(platform.changePin(PIN, "1234567")).isEqualTo(PIN_POLICY_VIOLATION);
    assertThat(platform.changePin(PIN, "12345678")).isZero();
    assertThat(platform.askToken("12345678", 0x04, "").status()).isZero();
  }

  @Test
  void neverLowersTheMinimumPinLength() {
    platform.setPin(PIN);
    config(3, map(1, 6));

    assertThat(config(3, map(1, 5)).status()).isEqualTo(PIN_POLICY_VIOLATION);
  }

  @Test
  void takesNoOldPinForANewOneIfItMustBeChanged() {
    platform.setPin(PIN);
    config(3, map(3, true));

    assertThat(platform.changePin(PIN, PIN)).isEqualTo(PIN_POLICY_VIOLATION);
    assertThat(platform.changePin(PIN, "654321")).isZero();
    assertThat(key.mustChangePin()).isFalse();
  }

  @Test
  void tellsTheMinimumPinLengthToTheRelyingPartiesOnTheList() {
    platform.setPin(PIN);
    config(3, map(1, 6, 2, CBORObject.NewArray().Add("example.org")));

    assertThat(extensionsFor("example.org").get("minPinLength").AsInt32()).isEqualTo(6);
    assertThat(extensionsFor("example.com").get("minPinLength")).isNull();
  }

  /** The extension output; credProtect is there to have some in any case. */
  private CBORObject extensionsFor(String rpId) {
    CBORObject wanted = map("minPinLength", true, "credProtect", 2);
    byte[] token = platform.token(PIN, 0x01, rpId);
    CBORObject parameters = creation(rpId, "ann").Add(6, wanted).Add(7, map("rk", true));
    byte[] data = platform.send(0x01, platform.authorized(parameters, token, 8)).bytes(2);
    ByteArrayInputStream in = new ByteArrayInputStream(data, 55 + 32, data.length);
    CBORObject.Read(in);
    return CBORObject.Read(in);
  }

  @Test
  void asksForThePinEachTimeOnceToldSo() {
    assertThat(platform.send(0x0D, map(1, 2)).status()).isZero();

    assertThat(platform.option("alwaysUv").AsBoolean()).isTrue();
    assertThat(platform.send(0x01, creation("example.org", "ann")).status())
        .isEqualTo(PUAT_REQUIRED);
    assertThat(platform.send(0x02, Platform.assertion("example.org")).status())
        .isEqualTo(PUAT_REQUIRED);
    assertThat(platform.send(0x0D, map(1, 3, 2, map(1, 6))).status()).isEqualTo(PUAT_REQUIRED);
  }

  @Test
  void wantsATokenForEveryChangeOnceItHasAPin() {
    platform.setPin(PIN);

    assertThat(platform.send(0x0D, map(1, 2)).status()).isEqualTo(PUAT_REQUIRED);
    assertThat(platform.option("alwaysUv").AsBoolean()).isFalse();
  }

  @Test
  void namesItselfInEnterpriseAttestationOnlyOnceEnabled() throws GeneralSecurityException {
    platform.setPin(PIN);

    assertThat(enterpriseAttestation().status()).isEqualTo(0x02);
    assertThat(config(1, map()).status()).isZero();
    Platform.Response made = enterpriseAttestation();

    assertThat(made.get(4).AsBoolean()).isTrue();
    byte[] certificate = made.get(3).get("x5c").get(0).GetByteString();
    X509Certificate parsed =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate));
    byte[] serial = parsed.getExtensionValue("1.3.6.1.4.1.45724.1.1.2");
    assertThat(new String(serial, StandardCharsets.US_ASCII)).endsWith("12345678");
    assertThat(new RelyingParty(key.attestationRoot()).verifyCreation(made, true)).isNotNull();
  }

  private Platform.Response enterpriseAttestation() {
    byte[] token = platform.token(PIN, 0x01, "example.org");
    return platform.send(
        0x01, platform.authorized(creation("example.org", "ann").Add(10, 2), token, 8));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10})
  void forgetsEverythingWhenResetInTheFirstSeconds(int seconds) {
    platform.setPin(PIN);
    platform.enrol(PIN, "example.org", "ann");
    clock.advance(Duration.ofSeconds(seconds));

    assertThat(platform.send(0x07).status()).isZero();

    assertThat(key.hasPin()).isFalse();
    assertThat(key.credentials()).isEmpty();
  }

  @Test
  void losesTheCredentialsThatRelyingPartiesKeepWhenReset() {
    CBORObject made = platform.send(0x01, creation("example.org", "ann")).get(2);
    byte[] id = Platform.credentialId(made.GetByteString());
    CBORObject silent = Platform.assertion("example.org").Add(3, Platform.descriptors(id));
    silent.Add(5, map("up", false));

    assertThat(platform.send(0x02, silent).status()).isZero();
    platform.send(0x07);
    assertThat(platform.send(0x02, silent).status()).isEqualTo(0x2E);
  }

  @Test
  void refusesAResetLaterThan10SecondsAfterItWasPluggedIn() {
    platform.setPin(PIN);
    clock.advance(Duration.ofMillis(10_001));

    assertThat(platform.send(0x07).status()).isEqualTo(0x30);
    assertThat(key.hasPin()).isTrue();

    key.unplug();
    key.plugIn();
    assertThat(platform.send(0x07).status()).isZero();
  }
}
