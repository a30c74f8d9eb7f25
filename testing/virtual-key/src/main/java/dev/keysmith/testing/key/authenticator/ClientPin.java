package dev.keysmith.testing.key.authenticator;

import static dev.keysmith.testing.key.message.CborMap.required;

import dev.keysmith.testing.key.crypto.Crypto;
import dev.keysmith.testing.key.crypto.P256;
import dev.keysmith.testing.key.message.CborMap;
import dev.keysmith.testing.key.message.CtapStatus;
import dev.keysmith.testing.key.pin.PinUvAuthProtocol;
import dev.keysmith.testing.key.pin.PinUvAuthToken;
import dev.keysmith.testing.key.pin.SharedSecret;
import java.util.Map;
import java.util.Optional;

/** {@code authenticatorClientPIN} (CTAP 2.1, section 6.5.5). */
final class ClientPin implements Command {

  private static final int SUPPORTED_PERMISSIONS =
      PinUvAuthToken.MAKE_CREDENTIAL
          | PinUvAuthToken.GET_ASSERTION
          | PinUvAuthToken.CREDENTIAL_MANAGEMENT
          | PinUvAuthToken.AUTHENTICATOR_CONFIG;
  private static final int FOR_ONE_RP =
      PinUvAuthToken.MAKE_CREDENTIAL | PinUvAuthToken.GET_ASSERTION;

  private final Authenticator key;
  private final PinEntry entry;

  ClientPin(Authenticator key) {
    this.key = key;
    this.entry = new PinEntry(key);
  }

  @Override
  public Map<Object, Object> run(CborMap parameters) {
    int subCommand = required(parameters.integer(0x02));
    return switch (subCommand) {
      case 0x01 -> retries();
      case 0x02 -> keyAgreement(parameters);
      case 0x03 -> setPin(parameters);
      case 0x04 -> changePin(parameters);
      case 0x05 -> pinToken(parameters);
      case 0x09 -> tokenWithPermissions(parameters);
      default -> throw CtapStatus.INVALID_SUBCOMMAND.error();
    };
  }

  private Map<Object, Object> retries() {
    int retries = key.state().pin().retries();
    return key.model().modern()
        ? Map.of(0x03, retries, 0x04, key.power().blocked())
        : Map.of(0x03, retries);
  }

  private Map<Object, Object> keyAgreement(CborMap parameters) {
    PinUvAuthProtocol protocol = protocol(parameters);
    var publicKey =
        (java.security.interfaces.ECPublicKey) key.power().keyAgreement(protocol).getPublic();
    // ECDH-ES + HKDF-256 by its COSE number; not what is really used, but what section 6.5.6 says.
    return Map.of(0x01, P256.coseKey(publicKey, -25));
  }

  /** Section 6.5.5.5. */
  private Map<Object, Object> setPin(CborMap parameters) {
    byte[] newPin = required(parameters.bytes(0x05));
    byte[] param = required(parameters.bytes(0x04));
    if (key.state().hasPin()) {
      throw CtapStatus.PIN_AUTH_INVALID.error();
    }
    SharedSecret secret = sharedSecret(parameters);
    secret.verify(newPin, param);
    entry.store(secret, newPin);
    return NOTHING;
  }

  /** Section 6.5.5.6. */
  private Map<Object, Object> changePin(CborMap parameters) {
    byte[] newPin = required(parameters.bytes(0x05));
    byte[] pinHash = required(parameters.bytes(0x06));
    byte[] param = required(parameters.bytes(0x04));
    SharedSecret secret = sharedSecret(parameters);
    entry.checkAllowed();
    secret.verify(Crypto.concat(newPin, pinHash), param);
    entry.check(protocol(parameters), secret, pinHash);
    entry.store(secret, newPin);
    key.power().token().reset();
    return NOTHING;
  }

  /** Section 6.5.5.7.1. */
  private Map<Object, Object> pinToken(CborMap parameters) {
    byte[] pinHash = required(parameters.bytes(0x06));
    if (key.model().modern() && (parameters.has(0x09) || parameters.has(0x0A))) {
      throw CtapStatus.INVALID_PARAMETER.error();
    }
    SharedSecret secret = sharedSecret(parameters);
    entry.checkAllowed();
    entry.check(protocol(parameters), secret, pinHash);
    if (key.state().policy().forceChangePin()) {
      throw CtapStatus.PIN_INVALID.error();
    }
    return token(parameters, secret, FOR_ONE_RP, Optional.empty());
  }

  /** Section 6.5.5.7.2. */
  private Map<Object, Object> tokenWithPermissions(CborMap parameters) {
    if (!key.model().modern()) {
      throw CtapStatus.INVALID_SUBCOMMAND.error();
    }
    byte[] pinHash = required(parameters.bytes(0x06));
    int permissions = required(parameters.integer(0x09));
    Optional<String> rpId = parameters.text(0x0A);
    if (permissions == 0) {
      throw CtapStatus.INVALID_PARAMETER.error();
    }
    if ((permissions & ~SUPPORTED_PERMISSIONS) != 0) {
      throw CtapStatus.UNAUTHORIZED_PERMISSION.error();
    }
    if ((permissions & FOR_ONE_RP) != 0 && rpId.isEmpty()) {
      throw CtapStatus.MISSING_PARAMETER.error();
    }
    SharedSecret secret = sharedSecret(parameters);
    entry.checkAllowed();
    entry.check(protocol(parameters), secret, pinHash);
    if (key.state().policy().forceChangePin()) {
      throw CtapStatus.PIN_POLICY_VIOLATION.error();
    }
    return token(parameters, secret, permissions, rpId);
  }

  private Map<Object, Object> token(
      CborMap parameters, SharedSecret secret, int permissions, Optional<String> rpId) {
    byte[] token = key.power().token().begin(protocol(parameters), permissions, rpId, key.now());
    return Map.of(0x02, secret.encrypt(token));
  }

  private SharedSecret sharedSecret(CborMap parameters) {
    PinUvAuthProtocol protocol = protocol(parameters);
    CborMap platformKey = required(parameters.map(0x03));
    return protocol.decapsulate(key.power().keyAgreement(protocol), platformKey, key.random());
  }

  private PinUvAuthProtocol protocol(CborMap parameters) {
    return key.protocol(required(parameters.integer(0x01)));
  }
}
