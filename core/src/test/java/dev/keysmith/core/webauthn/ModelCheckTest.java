package dev.keysmith.core.webauthn;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.upokecenter.cbor.CBORObject;
import dev.keysmith.core.ctap.AuthenticatorData;
import dev.keysmith.core.ctap.AuthenticatorInfo;
import dev.keysmith.core.ctap.Ctap2Client;
import dev.keysmith.core.ctap.MadeCredential;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.VirtualKeyTransport;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which model a key is, is what it attests and not what it says. */
class ModelCheckTest {

  private static final UUID MODEL = UUID.fromString("8bf0a8a5-28f1-4d0f-b2a1-6b1d8d4e2f77");
  private static final UUID OTHER = UUID.fromString("11111111-28f1-4d0f-b2a1-6b1d8d4e2f77");
  private static final UUID NONE = new UUID(0, 0);
  private static final Set<UUID> ALL = Set.of();
  private static final Bytes BY_ITSELF = statement("alg", -7, "sig", new byte[8]);
  private static final Bytes BY_ITS_MAKER = statement("x5c", CBORObject.NewArray(), "alg", -7);
  private static final Bytes EMPTY = statement();

  private final AuthenticatorInfo info = info(MODEL);

  private static AuthenticatorInfo info(UUID model) {
    try (VirtualKeyTransport transport = new VirtualKeyTransport();
        KeyConnection key =
            transport.open(transport.add(VirtualKey.builder().aaguid(model).build()))) {
      return new Ctap2Client(key, new SecureRandom()).getInfo();
    }
  }

  private static Bytes statement(Object... members) {
    CBORObject map = CBORObject.NewMap();
    for (int i = 0; i < members.length; i += 2) {
      map.Add(members[i], members[i + 1]);
    }
    return Bytes.of(map.EncodeToBytes());
  }

  private static MadeCredential made(UUID attested, String format, Bytes statement, int flags) {
    Bytes some = Bytes.of((byte) 1);
    AuthenticatorData.AttestedCredential credential =
        new AuthenticatorData.AttestedCredential(attested, some, some);
    AuthenticatorData data = new AuthenticatorData(some, some, flags, 0, Optional.of(credential));
    return new MadeCredential(format, data, credential, statement, false);
  }

  private static MadeCredential made(UUID attested, String format, Bytes statement) {
    return made(attested, format, statement, 0x45);
  }

  private void accepts(MadeCredential made, Set<UUID> models) {
    assertThatCode(() -> AttestationCheck.model(info, made, models)).doesNotThrowAnyException();
  }

  private void refuses(String code, MadeCredential made, Set<UUID> models) {
    assertThatThrownBy(() -> AttestationCheck.model(info, made, models))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> org.assertj.core.api.Assertions.assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void takesAKeyOfTheModelThatItSaysHoweverItIsAttested() {
    accepts(made(MODEL, "packed", BY_ITS_MAKER), ALL);
    accepts(made(MODEL, "packed", BY_ITSELF), ALL);
    accepts(made(MODEL, "none", EMPTY), ALL);
  }

  @Test
  void refusesAKeyThatAttestsAnotherModelHoweverItIsAttested() {
    refuses("key.another-aaguid", made(OTHER, "packed", BY_ITS_MAKER), ALL);
    refuses("key.another-aaguid", made(OTHER, "packed", BY_ITSELF), ALL);
    refuses("key.another-aaguid", made(OTHER, "none", EMPTY), ALL);
    refuses("key.another-aaguid", made(OTHER, "packed", BY_ITS_MAKER), Set.of(OTHER, MODEL));
    refuses("key.another-aaguid", made(NONE, "packed", BY_ITS_MAKER), ALL);
  }

  @Test
  void takesAKeyThatLeavesItsModelOutWhereAllModelsMayBeUsed() {
    accepts(made(NONE, "none", EMPTY), ALL);
    refuses("key.model-unproved", made(NONE, "none", EMPTY), Set.of(MODEL));
  }

  @Test
  void wantsACertificateWhereOnlyCertainModelsMayBeUsed() {
    accepts(made(MODEL, "packed", BY_ITS_MAKER), Set.of(MODEL));
    refuses("key.model-unproved", made(MODEL, "packed", BY_ITSELF), Set.of(MODEL));
    refuses("key.model-unproved", made(MODEL, "none", EMPTY), Set.of(MODEL));
  }

  @Test
  void refusesAPasskeyForWhichNobodyWasVerified() {
    refuses("key.not-verified", made(MODEL, "packed", BY_ITS_MAKER, 0x41), ALL);
  }
}
