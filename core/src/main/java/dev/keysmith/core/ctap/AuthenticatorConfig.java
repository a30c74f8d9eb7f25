package dev.keysmith.core.ctap;

import com.upokecenter.cbor.CBORObject;
import dev.keysmith.core.ctap.wire.CborMap;
import dev.keysmith.core.ctap.wire.CtapCommand;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The policies of a key (CTAP 2.1, section 6.11). */
public final class AuthenticatorConfig {

  private static final int ENABLE_ENTERPRISE_ATTESTATION = 0x01;
  private static final int TOGGLE_ALWAYS_UV = 0x02;
  private static final int SET_MIN_PIN_LENGTH = 0x03;

  private final CommandChannel channel;
  private final @Nullable PinUvAuthToken token;

  AuthenticatorConfig(CommandChannel channel, @Nullable PinUvAuthToken token) {
    this.channel = channel;
    this.token = token;
    if (!channel.info().supportsAuthenticatorConfig()) {
      throw refused("the key takes no configuration");
    }
  }

  /** Lets relying parties ask for enterprise attestation. A repeat does nothing. */
  public void enableEnterpriseAttestation() {
    send(ENABLE_ENTERPRISE_ATTESTATION, null);
  }

  /** Switches between asking for user verification always and as each command says. */
  public void toggleAlwaysUv() {
    send(TOGGLE_ALWAYS_UV, null);
  }

  /**
   * Sets the minimum PIN length, which can only grow, until a reset. If the present PIN is shorter
   * the key forces a change.
   *
   * @param length in Unicode code points, 4 to 63
   * @throws CtapException {@link CtapStatus#PIN_POLICY_VIOLATION} if it is shorter than the present
   *     minimum
   */
  public void setMinPinLength(int length) {
    requireMinPinLength();
    send(SET_MIN_PIN_LENGTH, CBORObject.NewMap().Add(0x01, length));
  }

  /**
   * Says which relying parties may see the minimum PIN length.
   *
   * @param rpIds at most {@link AuthenticatorInfo#maxRpIdsForSetMinPinLength()}
   */
  public void allowMinPinLengthFor(List<String> rpIds) {
    requireMinPinLength();
    CBORObject list = CBORObject.NewArray();
    rpIds.forEach(list::Add);
    send(SET_MIN_PIN_LENGTH, CBORObject.NewMap().Add(0x02, list));
  }

  /**
   * Sets the minimum PIN length and forces a change, in one command: after either alone the key may
   * refuse the PIN for the other.
   *
   * @param length in Unicode code points, 4 to 63
   */
  public void setMinPinLengthAndForceChange(int length) {
    requireMinPinLength();
    send(SET_MIN_PIN_LENGTH, CBORObject.NewMap().Add(0x01, length).Add(0x03, true));
  }

  /** From now on the key accepts the PIN only to change it. */
  public void forcePinChange() {
    requireMinPinLength();
    send(SET_MIN_PIN_LENGTH, CBORObject.NewMap().Add(0x03, true));
  }

  private void requireMinPinLength() {
    if (!channel.info().supportsSetMinPinLength()) {
      throw refused("the key has no rules for the length of its PIN");
    }
  }

  private void send(int subCommand, @Nullable CBORObject parameters) {
    CBORObject request = CBORObject.NewMap().Add(0x01, subCommand);
    byte[] encoded = new byte[0];
    if (parameters != null) {
      request.Add(0x02, parameters);
      encoded = CborMap.encode(parameters);
    }
    if (token != null) {
      request.Add(0x03, token.protocolNumber())
          .Add(0x04, token.authenticate(prefix(subCommand), encoded));
    }
    try {
      channel.call(CtapCommand.CONFIG, request, Interaction.NONE);
    } finally {
      channel.forgetInfo();
    }
  }

  /** 32 bytes 0xff, the command, the sub-command. */
  private static byte[] prefix(int subCommand) {
    byte[] prefix = new byte[34];
    Arrays.fill(prefix, 0, 32, (byte) 0xFF);
    prefix[32] = CtapCommand.CONFIG.code();
    prefix[33] = (byte) subCommand;
    return prefix;
  }

  private static CtapException refused(String why) {
    return CtapException.refused(CtapCommand.CONFIG, CtapStatus.UNSUPPORTED_OPTION, why);
  }
}
