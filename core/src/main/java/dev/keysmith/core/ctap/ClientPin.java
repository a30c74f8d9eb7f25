package dev.keysmith.core.ctap;

import com.upokecenter.cbor.CBORObject;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.pin.PinUvAuthProtocol;
import dev.keysmith.core.ctap.pin.PinUvAuthProtocolOne;
import dev.keysmith.core.ctap.pin.PinUvAuthProtocolTwo;
import dev.keysmith.core.ctap.pin.SharedSecret;
import dev.keysmith.core.ctap.pin.SharedSecrets;
import dev.keysmith.core.ctap.wire.CborMap;
import dev.keysmith.core.ctap.wire.CtapCommand;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The PIN of a key, and tokens that prove its knowledge (CTAP 2.1, section 6.5).
 *
 * <p>PINs stay the caller's, who zeroes them. A wrong PIN costs one attempt and is never repeated
 * here.
 */
public final class ClientPin {

  private static final int GET_PIN_RETRIES = 0x01;
  private static final int GET_KEY_AGREEMENT = 0x02;
  private static final int SET_PIN = 0x03;
  private static final int CHANGE_PIN = 0x04;
  private static final int GET_PIN_TOKEN = 0x05;
  private static final int GET_TOKEN_USING_UV = 0x06;
  private static final int GET_UV_RETRIES = 0x07;
  private static final int GET_TOKEN_USING_PIN = 0x09;

  /** No key has more (CTAP 2.1, sections 6.5.2.2 and 6.5.2.3). */
  private static final int MOST_PIN_RETRIES = 8;

  private static final int MOST_UV_RETRIES = 25;

  private final CommandChannel channel;
  private final SharedSecrets secrets;
  private final SecureRandom random;

  ClientPin(CommandChannel channel, SharedSecrets secrets, SecureRandom random) {
    this.channel = channel;
    this.secrets = secrets;
    this.random = random;
  }

  /**
   * How many wrong PINs are left.
   *
   * @param left attempts until the PIN is blocked for good
   * @param powerCycleNeeded whether the key must be plugged in again before the next attempt
   */
  public record PinRetries(int left, boolean powerCycleNeeded) {}

  /** How many wrong PINs are left. */
  public PinRetries pinRetries() {
    CborMap answer = call(protocolOnly(GET_PIN_RETRIES), Interaction.NONE);
    return new PinRetries(
        (int) Math.min(answer.requiredNumber(0x03), MOST_PIN_RETRIES),
        answer.bool(0x04).orElse(false));
  }

  /** How many failed attempts at built-in user verification are left. */
  public int uvRetries() {
    CborMap answer = call(protocolOnly(GET_UV_RETRIES), Interaction.NONE);
    return (int) Math.min(answer.requiredNumber(0x05), MOST_UV_RETRIES);
  }

  /**
   * Sets the first PIN.
   *
   * @param newPin at least as long as the key asks for
   * @throws CtapException {@link CtapStatus#PIN_POLICY_VIOLATION} if the key does not accept it,
   *     {@link CtapStatus#NOT_ALLOWED} if there is a PIN already
   */
  public void setPin(char[] newPin) {
    if (channel.info().isClientPinSet()) {
      throw CtapException.refused(
          CtapCommand.CLIENT_PIN, CtapStatus.NOT_ALLOWED, "there is a PIN, which can be changed");
    }
    try (Pin pin = Pin.of(newPin);
        SharedSecret secret = agree()) {
      pin.requireSettable(channel.info());
      byte[] newPinEnc = encryptPadded(secret, pin);
      CBORObject parameters =
          parameters(SET_PIN, secret)
              .Add(0x04, secret.authenticate(newPinEnc))
              .Add(0x05, newPinEnc);
      call(parameters, Interaction.NONE);
    } finally {
      channel.forgetInfo();
    }
  }

  /**
   * Replaces the PIN.
   *
   * @throws CtapException {@link CtapStatus#PIN_INVALID} if {@code currentPin} is wrong, {@link
   *     CtapStatus#PIN_POLICY_VIOLATION} if the key does not accept {@code newPin}
   */
  public void changePin(char[] currentPin, char[] newPin) {
    try (Pin current = Pin.of(currentPin);
        Pin pin = Pin.of(newPin);
        SharedSecret secret = agree()) {
      pin.requireSettable(channel.info());
      byte[] newPinEnc = encryptPadded(secret, pin);
      byte[] pinHashEnc = encryptHash(secret, current);
      CBORObject parameters =
          parameters(CHANGE_PIN, secret)
              .Add(0x04, secret.authenticate(newPinEnc, pinHashEnc))
              .Add(0x05, newPinEnc)
              .Add(0x06, pinHashEnc);
      call(parameters, Interaction.NONE);
    } finally {
      channel.forgetInfo();
    }
  }

  /**
   * A token for the PIN. A key of CTAP 2.0 gives one that allows everything.
   *
   * @param permissions what it is needed for, at least one
   * @param rpId the relying party; needed with {@code mc} and {@code ga}, null to manage the
   *     credentials of all
   * @throws CtapException {@link CtapStatus#PIN_INVALID} if the PIN is wrong, {@link
   *     CtapStatus#PIN_AUTH_BLOCKED} if the key must be plugged in again first, {@link
   *     CtapStatus#PIN_BLOCKED} if it must be reset
   */
  public PinUvAuthToken token(char[] pin, Set<Permission> permissions, @Nullable String rpId) {
    boolean withPermissions = channel.info().supportsTokenPermissions();
    try (Pin encoded = Pin.of(pin);
        SharedSecret secret = agree()) {
      CBORObject parameters =
          parameters(withPermissions ? GET_TOKEN_USING_PIN : GET_PIN_TOKEN, secret)
              .Add(0x06, encryptHash(secret, encoded));
      if (withPermissions) {
        addPermissions(parameters, permissions, rpId);
        byte[] token = requestToken(secret, parameters, Interaction.NONE);
        return new PinUvAuthToken(secret.protocol(), token, permissions, rpId);
      }
      byte[] token = requestToken(secret, parameters, Interaction.NONE);
      Set<Permission> all = EnumSet.allOf(Permission.class);
      return new PinUvAuthToken(secret.protocol(), token, all, null);
    }
  }

  /**
   * A token for built-in user verification, for instance by fingerprint.
   *
   * @throws CtapException {@link CtapStatus#UV_INVALID} if the user was not recognised, {@link
   *     CtapStatus#UV_BLOCKED} if the PIN must be used instead
   */
  public PinUvAuthToken tokenByUv(
      Set<Permission> permissions, @Nullable String rpId, Interaction interaction) {
    if (!channel.info().isBuiltInUvConfigured() || !channel.info().supportsTokenPermissions()) {
      throw CtapException.refused(
          CtapCommand.CLIENT_PIN,
          CtapStatus.UNSUPPORTED_OPTION,
          "the key has no built-in user verification that is set up");
    }
    try (SharedSecret secret = agree()) {
      CBORObject parameters = parameters(GET_TOKEN_USING_UV, secret);
      addPermissions(parameters, permissions, rpId);
      byte[] token = requestToken(secret, parameters, interaction);
      return new PinUvAuthToken(secret.protocol(), token, permissions, rpId);
    }
  }

  private byte[] requestToken(SharedSecret secret, CBORObject parameters, Interaction interaction) {
    byte[] token = secret.decrypt(call(parameters, interaction).requiredBytes(0x02));
    if (!secret.protocol().isTokenLength(token.length)) {
      Arrays.fill(token, (byte) 0);
      throw CtapException.unreadable("pinUvAuthToken", "of wrong length", null);
    }
    return token;
  }

  private static void addPermissions(
      CBORObject parameters, Set<Permission> permissions, @Nullable String rpId) {
    parameters.Add(0x09, Permission.bits(permissions));
    if (rpId != null) {
      parameters.Add(0x0A, rpId);
    }
  }

  private SharedSecret agree() {
    CborMap answer = call(protocolOnly(GET_KEY_AGREEMENT), Interaction.NONE);
    return secrets.agree(protocol(), answer.requiredMap(0x01));
  }

  private static CBORObject parameters(int subCommand, SharedSecret secret) {
    return CBORObject.NewMap()
        .Add(0x01, secret.protocol().number())
        .Add(0x02, subCommand)
        .Add(0x03, secret.platformKey());
  }

  private CBORObject protocolOnly(int subCommand) {
    return CBORObject.NewMap().Add(0x01, protocol().number()).Add(0x02, subCommand);
  }

  /** The first in the key's order that we know (CTAP 2.1, section 6.5.5.3). */
  private PinUvAuthProtocol protocol() {
    for (int number : channel.info().pinUvAuthProtocols()) {
      if (number == 2) {
        return new PinUvAuthProtocolTwo(random);
      }
      if (number == 1) {
        return new PinUvAuthProtocolOne();
      }
    }
    if (!channel.info().supportsClientPin()) {
      throw CtapException.refused(
          CtapCommand.CLIENT_PIN, CtapStatus.UNSUPPORTED_OPTION, "the key cannot have a PIN");
    }
    return new PinUvAuthProtocolOne();
  }

  private static byte[] encryptPadded(SharedSecret secret, Pin pin) {
    byte[] padded = pin.padded();
    try {
      return secret.encrypt(padded);
    } finally {
      Arrays.fill(padded, (byte) 0);
    }
  }

  private static byte[] encryptHash(SharedSecret secret, Pin pin) {
    byte[] hash = pin.hash();
    try {
      return secret.encrypt(hash);
    } finally {
      Arrays.fill(hash, (byte) 0);
    }
  }

  private CborMap call(CBORObject parameters, Interaction interaction) {
    return channel.call(CtapCommand.CLIENT_PIN, parameters, interaction);
  }
}
