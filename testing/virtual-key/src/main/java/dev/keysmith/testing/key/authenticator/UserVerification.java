package dev.keysmith.testing.key.authenticator;

import dev.keysmith.testing.key.message.CborMap;
import dev.keysmith.testing.key.message.CtapStatus;
import dev.keysmith.testing.key.pin.PinUvAuthProtocol;
import dev.keysmith.testing.key.pin.PinUvAuthToken;
import java.util.Optional;

/** The steps about pinUvAuthParam that makeCredential and getAssertion share. */
final class UserVerification {

  /**
   * What the platform sent along.
   *
   * @param permission that the token must have
   */
  record Evidence(Optional<byte[]> param, Optional<Integer> protocol, int permission) {

    boolean present() {
      return param.isPresent();
    }
  }

  private final Authenticator key;

  UserVerification(Authenticator key) {
    this.key = key;
  }

  /** Steps 1 and 2 of sections 6.1.2 and 6.2.2. */
  void checkForm(Evidence evidence) {
    if (!evidence.present()) {
      return;
    }
    if (evidence.param().orElseThrow().length == 0) {
      // The platform asks which key the user wants to use.
      key.presence().request(CtapStatus.OPERATION_DENIED);
      throw (key.state().hasPin() ? CtapStatus.PIN_INVALID : CtapStatus.PIN_NOT_SET).error();
    }
    int number = CborMap.required(evidence.protocol());
    if (!key.model().modern() && number != 1) {
      throw CtapStatus.PIN_AUTH_INVALID.error();
    }
    key.protocol(number);
  }

  /** Whether the user is verified: step 11 of section 6.1.2, step 6 of section 6.2.2. */
  boolean verify(Evidence evidence, byte[] clientDataHash, String rpId) {
    if (!evidence.present()) {
      return false;
    }
    if (!key.state().hasPin()) {
      if (key.model().modern()) {
        return false;
      }
      throw CtapStatus.PIN_NOT_SET.error();
    }
    PinUvAuthToken token = key.power().token();
    PinUvAuthProtocol protocol = key.protocol(CborMap.required(evidence.protocol()));
    token.verify(protocol, clientDataHash, evidence.param().orElseThrow(), key.now());
    token.requirePermission(evidence.permission());
    token.requireUserVerified();
    token.requireOrBindRpId(rpId);
    return true;
  }
}
