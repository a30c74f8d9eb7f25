package dev.keysmith.usb;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Puts the messages of one channel together from packets (CTAP 2.1, section 11.2.4). */
final class MessageAssembler {

  private final int channel;
  private ByteBuffer data = ByteBuffer.allocate(0);
  private int command;
  private int sequence;

  MessageAssembler(int channel) {
    this.channel = channel;
  }

  /** Whether a message has begun that is not yet whole. */
  boolean isUnfinished() {
    return data.hasRemaining();
  }

  /** Whether a packet belongs to this channel; others may be on the same wire. */
  boolean concerns(byte[] packet) {
    return packet.length >= Integer.BYTES && ByteBuffer.wrap(packet).getInt() == channel;
  }

  /**
   * Takes a packet of this channel.
   *
   * @return the message, if this packet made it whole
   * @throws PluginException {@code UNAVAILABLE} if the packet does not fit to those before it
   */
  Optional<Message> add(byte[] packet) {
    if (packet.length != PacketPipe.PACKET_LENGTH) {
      throw malformed("a packet of %d bytes instead of 64".formatted(packet.length));
    }
    ByteBuffer rest = ByteBuffer.wrap(packet).position(Integer.BYTES);
    int mark = rest.get() & 0xFF;
    if ((mark & Message.INITIALIZATION_MARK) != 0) {
      begin(mark & ~Message.INITIALIZATION_MARK, rest.getShort() & 0xFFFF);
    } else {
      proceed(mark);
    }
    data.put(rest.limit(Math.min(rest.limit(), rest.position() + data.remaining())));
    return data.hasRemaining() ? Optional.empty() : Optional.of(new Message(command, data.array()));
  }

  private void begin(int newCommand, int length) {
    if (isUnfinished() && newCommand != Message.ERROR) {
      throw malformed("a new message before the last one was whole");
    }
    if (length > Message.LONGEST) {
      throw malformed("a message of %d bytes; 7609 is the most".formatted(length));
    }
    command = newCommand;
    sequence = 0;
    data = ByteBuffer.allocate(length);
  }

  private void proceed(int number) {
    if (!isUnfinished()) {
      throw malformed("the continuation of a message that had not begun");
    }
    if (number != sequence) {
      throw malformed("packet number %d where %d was due".formatted(number, sequence));
    }
    sequence++;
  }

  static PluginException malformed(String what) {
    return new PluginException(
        Reason.UNAVAILABLE,
        "The security key did not answer as CTAPHID asks: it sent " + what + ". Try again.");
  }
}
