package dev.keysmith.core.ctap;

import com.upokecenter.cbor.CBORObject;
import dev.keysmith.core.ctap.wire.CborMap;
import dev.keysmith.core.ctap.wire.CtapCommand;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.spi.key.KeyConnection;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sends commands to one key and reads its answers (CTAP 2.1, section 8). */
final class CommandChannel {

  /** The largest message of CTAPHID (CTAP 2.1, section 11.2.4). */
  static final int MAX_MESSAGE = 7609;

  private final KeyConnection connection;
  private @Nullable AuthenticatorInfo info;

  CommandChannel(KeyConnection connection) {
    this.connection = connection;
  }

  /** What the key said about itself last; how many more credentials fit may have changed since. */
  AuthenticatorInfo info() {
    AuthenticatorInfo known = info;
    return known == null ? fetchInfo() : known;
  }

  AuthenticatorInfo fetchInfo() {
    AuthenticatorInfo fetched =
        AuthenticatorInfo.parse(call(CtapCommand.GET_INFO, null, Interaction.NONE));
    info = fetched;
    return fetched;
  }

  /** To be called after what changes what the key can do, so that {@link #info} asks again. */
  void forgetInfo() {
    info = null;
  }

  /** Sends a command and returns the answer; empty if the key answered with success alone. */
  CborMap call(CtapCommand command, @Nullable CBORObject parameters, Interaction interaction) {
    byte[] request = request(command, parameters);
    byte[] response = connection.exchange(request, interaction.timeout(), interaction.listener());
    String source = command.standardName();
    if (response.length == 0 || response.length > MAX_MESSAGE) {
      throw CtapException.unreadable(source, response.length + " bytes long", null);
    }
    int code = response[0] & 0xFF;
    if (code != CtapStatus.OK.value()) {
      throw CtapException.answered(command, code);
    }
    return response.length == 1
        ? CborMap.empty(source)
        : CborMap.decode(Arrays.copyOfRange(response, 1, response.length), source);
  }

  /** Whether a command with these parameters is not too large for the key. */
  boolean fits(CBORObject parameters) {
    return CborMap.encode(parameters).length + 1 <= info().maxMsgSize();
  }

  void cancel() {
    connection.cancel();
  }

  private byte[] request(CtapCommand command, @Nullable CBORObject parameters) {
    if (parameters == null) {
      return new byte[] {command.code()};
    }
    byte[] encoded = CborMap.encode(parameters);
    int limit = info().maxMsgSize();
    if (encoded.length + 1 > limit) {
      throw CtapException.refused(
          command,
          CtapStatus.REQUEST_TOO_LARGE,
          (encoded.length + 1) + " bytes, the key takes " + limit);
    }
    byte[] request = new byte[encoded.length + 1];
    request[0] = command.code();
    System.arraycopy(encoded, 0, request, 1, encoded.length);
    return request;
  }
}
