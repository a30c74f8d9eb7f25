package dev.keysmith.core.ctap;

import com.upokecenter.cbor.CBORObject;
import dev.keysmith.core.ctap.wire.CtapCommand;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import java.util.List;

/** The command selection (CTAP 2.1, section 6.9). */
final class Selection {

  private static final List<String> WITHOUT_COMMAND = List.of("U2F_V2", "FIDO_2_0", "FIDO_2_1_PRE");

  private final CommandChannel channel;

  Selection(CommandChannel channel) {
    this.channel = channel;
  }

  void perform(Interaction interaction) {
    if (WITHOUT_COMMAND.containsAll(channel.info().versions())) {
      touchByEmptyParameter(interaction);
    } else {
      channel.call(CtapCommand.SELECTION, null, interaction);
    }
  }

  /**
   * An empty pinUvAuthParam makes a key wait for a touch and then say whether it has a PIN (CTAP
   * 2.1, section 6.1.2, step 1). A key without PINs makes a credential that is not kept.
   */
  private void touchByEmptyParameter(Interaction interaction) {
    CBORObject algorithm = CBORObject.NewMap().Add("alg", -7).Add("type", "public-key");
    CBORObject parameters =
        CBORObject.NewMap()
            .Add(0x01, new byte[32])
            .Add(0x02, CBORObject.NewMap().Add("id", "selection.invalid"))
            .Add(0x03, CBORObject.NewMap().Add("id", new byte[] {1}).Add("name", "selection"))
            .Add(0x04, CBORObject.NewArray().Add(algorithm));
    if (channel.info().supportsClientPin()) {
      parameters.Add(0x08, new byte[0]).Add(0x09, 1);
    }
    try {
      channel.call(CtapCommand.MAKE_CREDENTIAL, parameters, interaction);
    } catch (CtapException e) {
      if (e.status() != CtapStatus.PIN_INVALID
          && e.status() != CtapStatus.PIN_NOT_SET
          && e.status() != CtapStatus.PIN_AUTH_INVALID) {
        throw e;
      }
    }
  }
}
