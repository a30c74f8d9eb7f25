package dev.keysmith.core.ctap;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;

/**
 * A key that answers what a fuzzer says: each answer is its length in two bytes and so many bytes.
 * When the input is used up, the key is pulled out.
 */
public final class InputKey implements KeyConnection {

  private static final byte GET_INFO = 0x04;
  private static final int LONGEST = 7609;

  private final byte[] info;
  private final ByteBuffer input;

  private InputKey(byte[] info, byte[] input) {
    this.info = info;
    this.input = ByteBuffer.wrap(input);
  }

  /** Every answer comes from the input. */
  public static InputKey of(byte[] input) {
    return new InputKey(new byte[0], input);
  }

  /** The key says of itself what keys do; the other answers come from the input. */
  public static InputKey known(byte[] input) {
    return new InputKey(HexFormat.of().parseHex("00" + ScriptedKey.INFO), input);
  }

  @Override
  public byte[] exchange(byte[] request, Duration timeout, KeepAliveListener listener) {
    if (request[0] == GET_INFO && info.length > 0) {
      return info.clone();
    }
    if (input.remaining() < Short.BYTES) {
      throw new PluginException(Reason.KEY_ABSENT, "The input is used up.");
    }
    int length = Math.min(input.getShort() & 0xFFFF, LONGEST);
    byte[] answer = new byte[Math.min(length, input.remaining())];
    input.get(answer);
    return answer;
  }

  @Override
  public void cancel() {}

  @Override
  public void close() {}
}
