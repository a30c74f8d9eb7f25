package dev.keysmith.usb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A CTAPHID message: a command and its data (CTAP 2.1, section 11.2.4).
 *
 * @param command without the bit that marks an initialization packet
 * @param data at most {@value #LONGEST} bytes
 */
record Message(int command, byte[] data) {

  /** Commands of CTAP 2.1, section 11.2.9. */
  static final int INIT = 0x06;

  static final int CBOR = 0x10;
  static final int CANCEL = 0x11;
  static final int KEEPALIVE = 0x3B;
  static final int ERROR = 0x3F;

  static final int INITIALIZATION_MARK = 0x80;
  static final int INITIALIZATION_HEADER = 7;
  static final int CONTINUATION_HEADER = 5;
  static final int INITIALIZATION_ROOM = PacketPipe.PACKET_LENGTH - INITIALIZATION_HEADER;
  static final int CONTINUATION_ROOM = PacketPipe.PACKET_LENGTH - CONTINUATION_HEADER;

  /** One initialization packet and 128 continuation packets full of data. */
  static final int LONGEST = INITIALIZATION_ROOM + 128 * CONTINUATION_ROOM;

  /** Cuts the message into packets for a channel. */
  List<byte[]> packets(int channel) {
    List<byte[]> packets = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(data);
    ByteBuffer first = ByteBuffer.allocate(PacketPipe.PACKET_LENGTH);
    first.putInt(channel).put((byte) (INITIALIZATION_MARK | command)).putShort((short) data.length);
    packets.add(fill(first, rest));
    for (int sequence = 0; rest.hasRemaining(); sequence++) {
      ByteBuffer next = ByteBuffer.allocate(PacketPipe.PACKET_LENGTH);
      packets.add(fill(next.putInt(channel).put((byte) sequence), rest));
    }
    return packets;
  }

  private static byte[] fill(ByteBuffer packet, ByteBuffer from) {
    int length = Math.min(packet.remaining(), from.remaining());
    packet.put(from.slice().limit(length));
    from.position(from.position() + length);
    return packet.array();
  }

  boolean isChannelBusy() {
    return command == ERROR && code() == CtapHidError.CHANNEL_BUSY.code();
  }

  /** The first byte of the data: the code of an error, the status of a keep-alive or a response. */
  int code() {
    return data.length == 0 ? -1 : data[0] & 0xFF;
  }
}
