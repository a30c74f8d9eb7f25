package dev.keysmith.testing.org.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.SortedMap;

/** Sends CTAP2 commands and reads the answers; keys of answers that are numbers read as text. */
final class Ctap {

  static final int GET_ASSERTION = 0x02;
  static final int GET_INFO = 0x04;
  static final int CLIENT_PIN = 0x06;

  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());

  private final KeyConnection key;

  Ctap(KeyConnection key) {
    this.key = key;
  }

  JsonNode send(int command, SortedMap<Integer, Object> parameters) {
    byte[] cbor = parameters.isEmpty() ? new byte[0] : CborWriter.write(parameters);
    byte[] request = ByteBuffer.allocate(1 + cbor.length).put((byte) command).put(cbor).array();
    byte[] response = key.exchange(request, PATIENCE, KeepAliveListener.NONE);
    if (response.length == 0 || response[0] != 0) {
      throw BrowserException.status(response.length == 0 ? 0x7F : response[0] & 0xFF);
    }
    try {
      return CBOR.readTree(Arrays.copyOfRange(response, 1, response.length));
    } catch (IOException e) {
      throw new BrowserException("The security key answered with what is not CBOR.");
    }
  }

  static byte[] bytes(JsonNode node) {
    try {
      byte[] bytes = node.binaryValue();
      if (bytes != null) {
        return bytes;
      }
    } catch (IOException e) {
      // Reported below as one that is missing.
    }
    throw new BrowserException("The security key left out something that its answer must hold.");
  }
}
