package dev.keysmith.testing.key.authenticator;

import dev.keysmith.testing.key.crypto.Crypto;
import dev.keysmith.testing.key.message.CtapError;
import dev.keysmith.testing.key.message.CtapStatus;
import dev.keysmith.testing.key.pin.PinUvAuthProtocol;
import dev.keysmith.testing.key.pin.SharedSecret;
import dev.keysmith.testing.key.store.KeyState;
import dev.keysmith.testing.key.store.PinState;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/** Checks and stores PINs, and counts wrong ones (CTAP 2.1, sections 6.5.2 and 6.5.5). */
final class PinEntry {

  private static final int PADDED_LENGTH = 64;
  private static final int MAX_LENGTH = 63;

  private final Authenticator key;

  PinEntry(Authenticator key) {
    this.key = key;
  }

  /** Fails if the key takes no PIN now, whatever it is. */
  void checkAllowed() {
    if (!key.state().hasPin()) {
      throw CtapStatus.PIN_NOT_SET.error();
    }
    if (key.state().pin().retries() == 0) {
      throw CtapStatus.PIN_BLOCKED.error();
    }
    if (key.power().blocked()) {
      throw CtapStatus.PIN_AUTH_BLOCKED.error();
    }
  }

  /** Compares the PIN; the retry is counted first, so that pulling the plug does not help. */
  void check(PinUvAuthProtocol protocol, SharedSecret secret, byte[] pinHashEnc) {
    KeyState state =
        key.memory().update(s -> s.withPin(s.pin().withRetries(s.pin().retries() - 1)));
    byte[] hash = secret.decrypt(pinHashEnc);
    try {
      if (!MessageDigest.isEqual(hash, state.pin().hash())) {
        key.power().regenerate(protocol);
        key.power().countMismatch();
        throw refusal(state.pin().retries());
      }
    } finally {
      Arrays.fill(hash, (byte) 0);
    }
    key.power().forgetMismatches();
    key.memory().update(s -> s.withPin(s.pin().withRetries(PinState.MAX_RETRIES)));
  }

  private CtapError refusal(int retries) {
    if (retries == 0) {
      return CtapStatus.PIN_BLOCKED.error();
    }
    return (key.power().blocked() ? CtapStatus.PIN_AUTH_BLOCKED : CtapStatus.PIN_INVALID).error();
  }

  /** Takes a new PIN: section 6.5.5.5, from step 5 on. */
  void store(SharedSecret secret, byte[] newPinEnc) {
    byte[] padded = secret.decrypt(newPinEnc);
    byte[] pin = new byte[0];
    try {
      if (padded.length != PADDED_LENGTH) {
        throw CtapStatus.INVALID_PARAMETER.error();
      }
      pin = Arrays.copyOf(padded, lengthWithoutPadding(padded));
      int codePoints = codePoints(pin);
      if (codePoints < key.state().policy().minPinLength() || pin.length > MAX_LENGTH) {
        throw CtapStatus.PIN_POLICY_VIOLATION.error();
      }
      byte[] hash = Arrays.copyOf(Crypto.sha256(pin), 16);
      if (key.state().policy().forceChangePin() && isCurrent(hash)) {
        throw CtapStatus.PIN_POLICY_VIOLATION.error();
      }
      key.memory()
          .update(
              s ->
                  s.withPin(PinState.of(hash, codePoints))
                      .withPolicy(s.policy().withForceChangePin(false)));
    } finally {
      Arrays.fill(padded, (byte) 0);
      Arrays.fill(pin, (byte) 0);
    }
  }

  private boolean isCurrent(byte[] hash) {
    return MessageDigest.isEqual(hash, key.state().pin().hash());
  }

  private static int lengthWithoutPadding(byte[] padded) {
    int length = padded.length;
    while (length > 0 && padded[length - 1] == 0) {
      length--;
    }
    return length;
  }

  private static int codePoints(byte[] utf8) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
      int count = Character.codePointCount(text, 0, text.length());
      Arrays.fill(text.array(), '\0');
      return count;
    } catch (CharacterCodingException e) {
      throw CtapStatus.PIN_POLICY_VIOLATION.error();
    }
  }
}
