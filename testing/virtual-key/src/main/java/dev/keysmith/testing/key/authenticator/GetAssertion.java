package dev.keysmith.testing.key.authenticator;

import static dev.keysmith.testing.key.message.CborMap.required;

import dev.keysmith.testing.key.crypto.Crypto;
import dev.keysmith.testing.key.message.CborMap;
import dev.keysmith.testing.key.message.CtapStatus;
import dev.keysmith.testing.key.model.Quirks.Occasion;
import dev.keysmith.testing.key.pin.PinUvAuthToken;
import dev.keysmith.testing.key.store.KeyState;
import dev.keysmith.testing.key.store.StoredCredential;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code authenticatorGetAssertion} and {@code getNextAssertion} (CTAP 2.1, 6.2 and 6.3). */
final class GetAssertion implements Command {

  /** What the assertions of one request have in common. */
  private record Ceremony(
      String rpId, byte[] clientDataHash, CborMap extensions, boolean present, boolean verified) {}

  private final Authenticator key;
  private final UserVerification verification;
  private final Credentials credentials;
  private final HmacSecret hmacSecret;

  GetAssertion(Authenticator key) {
    this.key = key;
    this.verification = new UserVerification(key);
    this.credentials = new Credentials(key);
    this.hmacSecret = new HmacSecret(key);
  }

  /** Follows the steps of section 6.2.2. */
  @Override
  public Map<Object, Object> run(CborMap parameters) {
    String rpId = required(parameters.text(0x01));
    byte[] clientDataHash = required(parameters.bytes(0x02));
    UserVerification.Evidence evidence =
        new UserVerification.Evidence(
            parameters.bytes(0x06), parameters.integer(0x07), PinUvAuthToken.GET_ASSERTION);
    verification.checkForm(evidence);
    Options options = Options.of(parameters, 0x05, evidence.present());
    if (options.rk().isPresent()) {
      throw CtapStatus.UNSUPPORTED_OPTION.error();
    }
    boolean present = options.up().orElse(true);
    boolean needed = key.state().policy().alwaysUv() && present;
    if (needed && (!evidence.present() || !key.state().hasPin())) {
      throw CtapStatus.PUAT_REQUIRED.error();
    }
    boolean verified = verification.verify(evidence, clientDataHash, rpId);
    CborMap extensions = parameters.map(0x04).orElse(CborMap.EMPTY);
    Ceremony ceremony = new Ceremony(rpId, clientDataHash, extensions, present, verified);
    List<StoredCredential> found = locate(parameters, rpId, verified);
    if (!present) {
      key.quirks().interrupt(Occasion.SILENT_ASSERTION);
    }
    if (found.isEmpty()) {
      key.quirks().interrupt(Occasion.NO_ASSERTION);
    }
    collectPresence(ceremony, found.isEmpty());
    return answer(ceremony, found, !parameters.maps(0x03).isEmpty());
  }

  /** {@code authenticatorGetNextAssertion}. */
  Map<Object, Object> next(CborMap parameters) {
    key.quirks().interrupt(Occasion.NEXT);
    return key.power().enumeration().next(Enumeration.Kind.ASSERTIONS, key.now());
  }

  /** Step 7. */
  private List<StoredCredential> locate(CborMap parameters, String rpId, boolean verified) {
    List<CborMap> allowList = parameters.maps(0x03);
    key.checkListLength(allowList.size());
    List<StoredCredential> found = new ArrayList<>();
    for (CborMap descriptor : allowList) {
      credentials.find(rpId, required(descriptor.bytes("id"))).ifPresent(found::add);
    }
    if (allowList.isEmpty()) {
      found.addAll(credentials.discoverable(rpId));
    }
    int highest =
        allowList.isEmpty() ? StoredCredential.UV_OPTIONAL : StoredCredential.UV_OPTIONAL_WITH_LIST;
    found.removeIf(credential -> !verified && credential.credProtect() > highest);
    return found;
  }

  /** Steps 7.5 and 9; CTAP 2.0 asks for a touch first, so that the key cannot be probed unseen. */
  private void collectPresence(Ceremony ceremony, boolean nothingFound) {
    if (nothingFound && key.model().modern()) {
      throw CtapStatus.NO_CREDENTIALS.error();
    }
    if (ceremony.present()) {
      key.presence().request(CtapStatus.OPERATION_DENIED);
      key.power().token().consume();
    }
    if (nothingFound) {
      throw CtapStatus.NO_CREDENTIALS.error();
    }
  }

  /** Steps 11 to 13. */
  private Map<Object, Object> answer(
      Ceremony ceremony, List<StoredCredential> found, boolean listed) {
    if (listed || found.size() == 1) {
      return assertion(ceremony, found.get(0), false);
    }
    List<Supplier<Map<Object, Object>>> answers = new ArrayList<>();
    for (StoredCredential credential : found) {
      answers.add(() -> assertion(ceremony, credential, true));
    }
    Map<Object, Object> first =
        key.power().enumeration().begin(Enumeration.Kind.ASSERTIONS, answers, key.now());
    if (key.quirks().counts()) {
      first.put(0x05, found.size());
    }
    return first;
  }

  private Map<Object, Object> assertion(
      Ceremony ceremony, StoredCredential credential, boolean oneOfMany) {
    Map<Object, Object> extensions =
        hmacSecret.output(
            ceremony.extensions(), credential, ceremony.present(), ceremony.verified());
    AuthenticatorData data =
        new AuthenticatorData(
            ceremony.rpId(),
            ceremony.present(),
            ceremony.verified(),
            key.memory().update(KeyState::counted).counter());
    byte[] encoded = data.encode(extensions);
    byte[] signature =
        credential
            .algorithm()
            .sign(credential.privateKey(), Crypto.concat(encoded, ceremony.clientDataHash()));
    Map<Object, Object> response = new LinkedHashMap<>();
    response.put(0x01, credential.descriptor());
    response.put(0x02, encoded);
    response.put(0x03, signature);
    if (credential.userHandle().length > 0) {
      response.put(0x04, credential.user(oneOfMany && ceremony.verified()));
    }
    return response;
  }
}
