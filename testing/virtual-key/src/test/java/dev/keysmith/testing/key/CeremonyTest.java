package dev.keysmith.testing.key;

import static dev.keysmith.testing.key.Platform.assertion;
import static dev.keysmith.testing.key.Platform.creation;
import static dev.keysmith.testing.key.Platform.descriptors;
import static dev.keysmith.testing.key.Platform.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.upokecenter.cbor.CBORObject;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.verifier.exception.VerificationException;
import dev.keysmith.testing.key.model.Model;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CeremonyTest {

  private static final String PIN = "123456";
  private static final int NO_CREDENTIALS = 0x2E;
  private static final int PUAT_REQUIRED = 0x36;

  private final VirtualKey key = VirtualKey.builder().maxDiscoverable(3).build();
  private final Platform platform = new Platform(key, 2);
  private final RelyingParty relyingParty = new RelyingParty(key.attestationRoot());

  @BeforeEach
  void setPin() {
    platform.setPin(PIN);
  }

  private Platform.Response make(CBORObject parameters) {
    byte[] token = platform.token(PIN, 0x01, "example.org");
    return platform.send(0x01, platform.authorized(parameters, token, 8));
  }

  private Platform.Response get(CBORObject parameters) {
    byte[] token = platform.token(PIN, 0x02, "example.org");
    return platform.send(0x02, platform.authorized(parameters, token, 6));
  }

  @ParameterizedTest
  @ValueSource(ints = {-7, -8})
  void makesADiscoverableCredentialThatARelyingPartyAccepts(int algorithm) {
    CBORObject parameters = creation("example.org", "ann").Add(7, map("rk", true));
    parameters.Set(4, CBORObject.NewArray().Add(map("alg", algorithm, "type", "public-key")));

    Platform.Response made = make(parameters);

    RegistrationData registered = relyingParty.verifyCreation(made, true);
    Platform.Response asserted = get(assertion("example.org"));
    relyingParty.verifyAssertion(registered, asserted, true);
    assertThat(asserted.get(4).get("id").GetByteString()).isEqualTo("ann".getBytes());
    assertThat(key.credentials()).hasSize(1);
  }

  @Test
  void attestsItsAaguidUnderACertificateOfItsOwnRootOnly() {
    Platform.Response made = make(creation("example.org", "ann"));
    RelyingParty stranger = new RelyingParty(VirtualKey.builder().build().attestationRoot());

    RegistrationData registered = relyingParty.verifyCreation(made, true);

    assertThat(
            registered
                .getAttestationObject()
                .getAuthenticatorData()
                .getAttestedCredentialData()
                .getAaguid()
                .getValue())
        .isEqualTo(Model.CTAP_2_1.aaguid());
    assertThatThrownBy(() -> stranger.verifyCreation(made, true))
        .isInstanceOf(VerificationException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Model.class,
      names = {"CTAP_2_0", "CTAP_2_1_PRE"})
  void makesACredentialThatARelyingPartyAcceptsInOldModels(Model model) {
    VirtualKey old = VirtualKey.builder().model(model).build();
    Platform one = new Platform(old, 1);
    one.setPin(PIN);
    byte[] token = one.askPinToken(PIN).bytes(2);
    CBORObject parameters = creation("example.org", "ann").Add(7, map("rk", true));
    RelyingParty site = new RelyingParty(old.attestationRoot());

    Platform.Response made = one.send(0x01, one.authorized(parameters, token, 8));

    RegistrationData registered = site.verifyCreation(made, true);
    Platform.Response asserted = one.send(0x02, one.authorized(assertion("example.org"), token, 6));
    site.verifyAssertion(registered, asserted, true);
  }

  @Test
  void findsACredentialThatTheRelyingPartyKeepsAndStoresNothing() {
    Platform.Response made = make(creation("example.org", "ann"));
    RegistrationData registered = relyingParty.verifyCreation(made, true);
    byte[] id = Platform.credentialId(made.bytes(2));

    Platform.Response asserted = get(assertion("example.org").Add(3, descriptors(id)));

    relyingParty.verifyAssertion(registered, asserted, true);
    assertThat(asserted.get(4)).isNull();
    assertThat(key.credentials()).isEmpty();
    assertThat(get(assertion("example.org")).status()).isEqualTo(NO_CREDENTIALS);
  }

  @Test
  void tellsSilentlyWhetherACredentialIsThere() {
    byte[] id = platform.enrol(PIN, "example.org", "ann");
    byte[] other = id.clone();
    other[0] ^= 1;
    CBORObject silent = map("up", false);

    assertThat(
            platform
                .send(0x02, assertion("example.org").Add(3, descriptors(other, id)).Add(5, silent))
                .status())
        .isZero();
    assertThat(
            platform
                .send(0x02, assertion("example.org").Add(3, descriptors(other)).Add(5, silent))
                .status())
        .isEqualTo(NO_CREDENTIALS);
    assertThat(
            platform
                .send(0x02, assertion("example.com").Add(3, descriptors(id)).Add(5, silent))
                .status())
        .isEqualTo(NO_CREDENTIALS);
  }

  @Test
  void wantsThePinForACredential() {
    assertThat(platform.send(0x01, creation("example.org", "ann")).status())
        .isEqualTo(PUAT_REQUIRED);
    assertThat(key.credentials()).isEmpty();
  }

  @Test
  void makesNonDiscoverableCredentialsWithoutThePinIfBuiltSo() {
    VirtualKey lax = VirtualKey.builder().makeCredUvNotRqd(true).build();
    Platform client = new Platform(lax, 2);
    client.setPin(PIN);

    assertThat(client.send(0x01, creation("example.org", "ann")).status()).isZero();
    assertThat(client.send(0x01, creation("example.org", "ann").Add(7, map("rk", true))).status())
        .isEqualTo(PUAT_REQUIRED);
  }

  @Test
  void refusesWhatTheExcludeListNames() {
    byte[] id = platform.enrol(PIN, "example.org", "ann");

    assertThat(make(creation("example.org", "ann").Add(5, descriptors(id))).status())
        .isEqualTo(0x19);
  }

  @Test
  void overwritesTheCredentialOfTheSameAccount() {
    byte[] first = platform.enrol(PIN, "example.org", "ann");
    byte[] second = platform.enrol(PIN, "example.org", "ann");

    assertThat(key.credentials()).hasSize(1);
    assertThat(key.credentials().get(0).id().toArray()).isEqualTo(second).isNotEqualTo(first);
  }

  @Test
  void isFullAtSomePointButStillOverwrites() {
    platform.enrol(PIN, "example.org", "ann");
    platform.enrol(PIN, "example.org", "bob");
    platform.enrol(PIN, "example.org", "eve");

    assertThat(make(creation("example.org", "joe").Add(7, map("rk", true))).status())
        .isEqualTo(0x28);
    assertThat(make(creation("example.org", "eve").Add(7, map("rk", true))).status()).isZero();
    assertThat(platform.send(0x04).get(0x14).AsInt32()).isZero();
  }

  @Test
  void listsTheNewestAccountFirstAndTheOthersOneByOne() {
    platform.enrol(PIN, "example.org", "ann");
    platform.enrol(PIN, "example.org", "bob");

    Platform.Response first = get(assertion("example.org"));
    Platform.Response second = platform.send(0x08);

    assertThat(first.get(5).AsInt32()).isEqualTo(2);
    assertThat(first.get(4).get("displayName").AsString()).isEqualTo("bob");
    assertThat(second.get(4).get("displayName").AsString()).isEqualTo("ann");
    assertThat(platform.send(0x08).status()).isEqualTo(0x30);
  }

  @Test
  void keepsNamesToItselfWithoutThePin() {
    platform.enrol(PIN, "example.org", "ann");
    platform.enrol(PIN, "example.org", "bob");

    Platform.Response first = platform.send(0x02, assertion("example.org"));

    assertThat(first.get(4).getKeys()).containsExactly(CBORObject.FromObject("id"));
  }

  @Test
  void hidesAProtectedCredentialFromThoseWithoutThePin() {
    CBORObject parameters =
        creation("example.org", "ann").Add(6, map("credProtect", 3)).Add(7, map("rk", true));
    byte[] id = Platform.credentialId(make(parameters).bytes(2));

    assertThat(platform.send(0x02, assertion("example.org")).status()).isEqualTo(NO_CREDENTIALS);
    assertThat(platform.send(0x02, assertion("example.org").Add(3, descriptors(id))).status())
        .isEqualTo(NO_CREDENTIALS);
    assertThat(get(assertion("example.org")).status()).isZero();
  }

  @Test
  void showsALevelTwoCredentialOnlyToThoseWhoKnowItsId() {
    CBORObject parameters =
        creation("example.org", "ann").Add(6, map("credProtect", 2)).Add(7, map("rk", true));
    Platform.Response made = make(parameters);
    byte[] id = Platform.credentialId(made.bytes(2));

    assertThat(made.bytes(2)[32] & 0x80).isNotZero();
    assertThat(platform.send(0x02, assertion("example.org")).status()).isEqualTo(NO_CREDENTIALS);
    assertThat(platform.send(0x02, assertion("example.org").Add(3, descriptors(id))).status())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void computesTheSameHmacSecretEachTime(int protocol) {
    Platform client = new Platform(key, protocol);
    CBORObject parameters =
        creation("example.org", "ann").Add(6, map("hmac-secret", true)).Add(7, map("rk", true));
    make(parameters);

    byte[] once = hmacSecret(client, (byte) 1);

    assertThat(once).hasSize(64).isEqualTo(hmacSecret(client, (byte) 1));
    assertThat(Arrays.copyOf(once, 32))
        .isNotEqualTo(Arrays.copyOf(hmacSecret(client, (byte) 2), 32));
  }

  private static byte[] hmacSecret(Platform client, byte salt) {
    Platform.Secret secret = client.agree();
    byte[] salts = new byte[64];
    Arrays.fill(salts, salt);
    byte[] saltEnc = secret.encrypt(salts);
    CBORObject input = map(1, secret.platformKey(), 2, saltEnc, 3, secret.mac(saltEnc));
    input.Add(4, secret.protocol());
    byte[] data =
        client.send(0x02, assertion("example.org").Add(4, map("hmac-secret", input))).bytes(2);
    CBORObject output = Platform.strict(Arrays.copyOfRange(data, 37, data.length));
    return secret.decrypt(output.get("hmac-secret").GetByteString());
  }

  @Test
  void refusesWhatItCannotDo() {
    CBORObject rsa = creation("example.org", "ann");
    rsa.Set(4, CBORObject.NewArray().Add(map("alg", -257, "type", "public-key")));

    assertThat(make(rsa).status()).isEqualTo(0x26);
    assertThat(platform.send(0x01, creation("example.org", "ann").Add(7, map("uv", true))).status())
        .isEqualTo(0x2C);
    assertThat(platform.send(0x02, assertion("example.org").Add(5, map("rk", true))).status())
        .isEqualTo(0x2B);
    assertThat(platform.send(0x01, map(1, new byte[32])).status()).isEqualTo(0x14);
    assertThat(platform.send(0x02, map(1, 5)).status()).isEqualTo(0x11);
    assertThat(platform.send(0x0C).status()).isEqualTo(0x01);
  }

  @Test
  void refusesCborThatIsNotCanonical() {
    byte[] keysOutOfOrder = {0x06, (byte) 0xA2, 0x02, 0x01, 0x01, 0x02};
    byte[] longLength = {0x06, (byte) 0xA2, 0x01, 0x18, 0x02, 0x02, 0x01};
    byte[] bytesBehind = {0x06, (byte) 0xA1, 0x02, 0x01, 0x00};
    byte[] cutOff = {0x06, (byte) 0xA2, 0x02};

    for (byte[] request : new byte[][] {keysOutOfOrder, longLength, bytesBehind, cutOff}) {
      assertThat(platform.raw(request).status()).isEqualTo(0x12);
    }
  }

  @Test
  void encodesLongTextsCanonically() {
    platform.setPin(PIN);
    CBORObject parameters = creation("example.org", "u".repeat(60)).Add(7, map("rk", true));
    parameters.get(CBORObject.FromObject(3)).Set("displayName", "ü".repeat(150));
    make(parameters);
    platform.enrol(PIN, "example.org", "bob");
    get(assertion("example.org"));

    assertThat(platform.send(0x08).get(4).get("displayName").AsString()).isEqualTo("ü".repeat(150));
  }
}
