package dev.keysmith.testing.key.authenticator;

import static dev.keysmith.testing.key.message.CborMap.required;

import dev.keysmith.testing.key.crypto.Algorithm;
import dev.keysmith.testing.key.message.CborMap;
import dev.keysmith.testing.key.message.CtapStatus;
import dev.keysmith.testing.key.model.Quirks;
import dev.keysmith.testing.key.pin.PinUvAuthToken;
import dev.keysmith.testing.key.store.KeyState;
import dev.keysmith.testing.key.store.StoredCredential;
import java.util.List;
import java.util.Map;

/** {@code authenticatorMakeCredential} (CTAP 2.1, section 6.1). */
final class MakeCredential implements Command {

  private final Authenticator key;
  private final UserVerification verification;
  private final Credentials credentials;
  private final CredentialMaker maker;

  MakeCredential(Authenticator key) {
    this.key = key;
    this.verification = new UserVerification(key);
    this.credentials = new Credentials(key);
    this.maker = new CredentialMaker(key, credentials);
  }

  /** Follows the steps of section 6.1.2. */
  @Override
  public Map<Object, Object> run(CborMap parameters) {
    final byte[] clientDataHash = required(parameters.bytes(0x01));
    final String rpId = required(required(parameters.map(0x02)).text("id"));
    required(required(parameters.map(0x03)).bytes("id"));
    UserVerification.Evidence evidence =
        new UserVerification.Evidence(
            parameters.bytes(0x08), parameters.integer(0x09), PinUvAuthToken.MAKE_CREDENTIAL);
    verification.checkForm(evidence);
    Algorithm algorithm = algorithm(parameters);
    Options options = Options.of(parameters, 0x07, evidence.present());
    if (!options.up().orElse(true)) {
      throw CtapStatus.INVALID_OPTION.error();
    }
    boolean discoverable = options.rk().orElse(false);
    requireUserVerification(evidence.present(), discoverable);
    boolean enterprise = maker.enterprise(parameters.integer(0x0A), rpId);
    boolean verified = verification.verify(evidence, clientDataHash, rpId);
    checkExcludeList(parameters, rpId, verified);
    key.presence().request(CtapStatus.OPERATION_DENIED);
    key.power().token().consume();
    Map<Object, Object> made =
        maker.make(
            parameters,
            new CredentialMaker.Decisions(
                algorithm, discoverable, verified && key.quirks().showsVerification(), enterprise));
    key.quirks().interrupt(Quirks.Occasion.WRITE);
    return made;
  }

  /** Step 3: the first algorithm of the list that the key has. */
  private static Algorithm algorithm(CborMap parameters) {
    Algorithm chosen = null;
    for (CborMap element : parameters.maps(0x04)) {
      String type = required(element.text("type"));
      int number = required(element.integer("alg"));
      if (chosen == null && type.equals("public-key")) {
        chosen = Algorithm.of(number).orElse(null);
      }
    }
    if (chosen == null) {
      throw CtapStatus.UNSUPPORTED_ALGORITHM.error();
    }
    return chosen;
  }

  /** Steps 6 to 8. */
  private void requireUserVerification(boolean hasParam, boolean discoverable) {
    KeyState state = key.state();
    boolean needed =
        state.policy().alwaysUv()
            || state.hasPin() && (discoverable || !GetInfo.uvNotRequired(state));
    if (needed && (!hasParam || !state.hasPin())) {
      throw CtapStatus.PUAT_REQUIRED.error();
    }
  }

  /** Step 12: an excluded credential is reported with or without a touch. */
  private void checkExcludeList(CborMap parameters, String rpId, boolean verified) {
    List<CborMap> excluded = parameters.maps(0x05);
    key.checkListLength(excluded.size());
    for (CborMap descriptor : excluded) {
      boolean known =
          credentials
              .find(rpId, required(descriptor.bytes("id")))
              .filter(c -> verified || c.credProtect() != StoredCredential.UV_REQUIRED)
              .isPresent();
      if (known) {
        key.presence().request(CtapStatus.CREDENTIAL_EXCLUDED);
        throw CtapStatus.CREDENTIAL_EXCLUDED.error();
      }
    }
  }
}
