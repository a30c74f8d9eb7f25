package dev.keysmith.usb;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A key that does what a test says, packet by packet; shares no code with what is tested.
 *
 * <p>Answers INIT by itself, unless told otherwise.
 */
class ScriptedKey implements PacketPipe {

  static final int INIT = 0x86;
  static final int CBOR = 0x90;
  static final int CANCEL = 0x91;
  static final int KEEPALIVE = 0xBB;
  static final int ERROR = 0xBF;
  static final int BROADCAST = -1;

  private static final byte[] GONE = new byte[0];

  /** What the key does when a message has arrived. */
  interface Script {
    void onMessage(int channel, int command, byte[] data);
  }

  final LinkedBlockingQueue<byte[]> toHost = new LinkedBlockingQueue<>();
  final List<Integer> commands = new ArrayList<>();
  volatile Script script = (channel, command, data) -> {};
  volatile Runnable onPacket = () -> {};
  volatile boolean closed;
  private volatile byte @Nullable [] repeated;
  byte capabilities = 0x04;
  int nextChannel = 0x0A0B0C01;

  private ByteBuffer message = ByteBuffer.allocate(0);
  private int command;
  private int expected;

  /** A key that answers each CBOR request with the same bytes. */
  static ScriptedKey echo() {
    ScriptedKey key = new ScriptedKey();
    key.script = key::echo;
    return key;
  }

  void echo(int channel, int command, byte[] data) {
    if (command == CBOR) {
      send(channel, CBOR, data);
    }
  }

  @Override
  public void write(byte[] packet) {
    onPacket.run();
    if (closed) {
      throw gone();
    }
    ByteBuffer in = ByteBuffer.wrap(packet);
    int channel = in.getInt();
    int mark = in.get() & 0xFF;
    if (mark >= 0x80) {
      command = mark;
      expected = 0;
      message = ByteBuffer.allocate(in.getShort() & 0xFFFF);
    } else if (mark != expected++) {
      send(channel, ERROR, new byte[] {0x04});
      return;
    }
    while (in.hasRemaining() && message.hasRemaining()) {
      message.put(in.get());
    }
    if (!message.hasRemaining()) {
      arrived(channel, command, message.array());
    }
  }

  private void arrived(int channel, int command, byte[] data) {
    synchronized (commands) {
      commands.add(command);
    }
    if (command == INIT) {
      onInit(channel, data);
    } else {
      script.onMessage(channel, command, data);
    }
  }

  void onInit(int channel, byte[] nonce) {
    int allocated = channel == BROADCAST ? nextChannel++ : channel;
    send(channel, INIT, initAnswer(nonce, allocated));
  }

  byte[] initAnswer(byte[] nonce, int channel) {
    return ByteBuffer.allocate(17)
        .put(nonce)
        .putInt(channel)
        .put(new byte[] {2, 5, 0, 1, capabilities})
        .array();
  }

  void send(int channel, int command, byte... data) {
    ByteBuffer rest = ByteBuffer.wrap(data);
    ByteBuffer packet = packet(channel, command).putShort((short) data.length);
    int sequence = 0;
    while (true) {
      while (packet.hasRemaining() && rest.hasRemaining()) {
        packet.put(rest.get());
      }
      toHost.add(packet.array());
      if (!rest.hasRemaining()) {
        return;
      }
      packet = packet(channel, sequence++);
    }
  }

  /** A message of one packet. */
  static byte[] message(int channel, int command, byte[] data) {
    return packet(channel, command).putShort((short) data.length).put(data).array();
  }

  /** From now on there is always this packet to read, or not any more if it is null. */
  void repeat(byte @Nullable [] packet) {
    repeated = packet;
  }

  boolean isRepeating() {
    return repeated != null;
  }

  static ByteBuffer packet(int channel, int mark) {
    return ByteBuffer.allocate(64).putInt(channel).put((byte) mark);
  }

  void unplug() {
    closed = true;
    toHost.add(GONE);
  }

  List<Integer> commands() {
    synchronized (commands) {
      return List.copyOf(commands);
    }
  }

  @Override
  public byte[] read(Duration timeout) {
    byte[] always = repeated;
    if (always != null && toHost.isEmpty() && !closed) {
      return always.clone();
    }
    try {
      byte[] packet = toHost.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
      if (packet == GONE || packet == null && closed) {
        throw gone();
      }
      return packet == null ? new byte[0] : packet;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PluginException(Reason.UNAVAILABLE, "Waiting was interrupted.");
    }
  }

  private static PluginException gone() {
    return new PluginException(Reason.KEY_ABSENT, "The key is gone.");
  }

  @Override
  public void close() {
    unplug();
  }
}
