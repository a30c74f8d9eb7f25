package dev.keysmith.usb;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** CTAPHID_INIT: allocates and resynchronises channels (CTAP 2.1, section 11.2.9.1.3). */
final class Handshake {

  private static final int BROADCAST = 0xFFFFFFFF;
  private static final int NONCE_LENGTH = 8;
  private static final int ANSWER_LENGTH = 17;
  private static final int CAPABILITIES = 16;
  private static final int CAPABILITY_CBOR = 0x04;

  private final PacketPipe pipe;
  private final RandomGenerator random;
  private final Timeouts patience;

  Handshake(PacketPipe pipe, RandomGenerator random, Timeouts patience) {
    this.pipe = pipe;
    this.random = random;
    this.patience = patience;
  }

  /** A new channel to a key that knows FIDO2. */
  int allocate(Deadline deadline) {
    byte[] answer = init(BROADCAST, deadline);
    if ((answer[CAPABILITIES] & CAPABILITY_CBOR) == 0) {
      throw new PluginException(
          Reason.REJECTED,
          "This security key knows only U2F, the predecessor of FIDO2, and cannot hold a passkey."
              + " Use a FIDO2 security key.");
    }
    int channel = ByteBuffer.wrap(answer).getInt(NONCE_LENGTH);
    if (channel == 0 || channel == BROADCAST) {
      throw MessageAssembler.malformed("a reserved channel id");
    }
    return channel;
  }

  /** The same channel, cleared; or a new one if the key has forgotten it. */
  int resynchronise(int channel, Deadline deadline) {
    Duration half = deadline.remaining(Duration.ofDays(1)).dividedBy(2);
    try {
      init(channel, Deadline.in(half));
      return channel;
    } catch (PluginException e) {
      if (e.reason() == Reason.KEY_ABSENT) {
        throw e;
      }
      return allocate(deadline);
    }
  }

  private byte[] init(int channel, Deadline deadline) {
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    while (true) {
      new Message(Message.INIT, nonce).packets(channel).forEach(pipe::write);
      Message answer = await(channel, nonce, deadline);
      if (answer.command() == Message.INIT) {
        return answer.data();
      }
      if (answer.isChannelBusy()) {
        discard(pipe, deadline.orEarlier(Deadline.in(patience.busyPause())));
      }
      if (!answer.isChannelBusy() || deadline.passed()) {
        throw CtapHidError.exception(answer.code());
      }
    }
  }

  /**
   * Passes over all that is stale or for another program: answers for other nonces, other channels.
   */
  private Message await(int channel, byte[] nonce, Deadline deadline) {
    while (!deadline.passed()) {
      byte[] packet = pipe.read(deadline.remaining(Duration.ofDays(1)));
      Optional<Message> message = singlePacket(channel, packet);
      if (message.filter(m -> m.command() == Message.ERROR || answers(m, nonce)).isPresent()) {
        return message.get();
      }
    }
    throw new PluginException(
        Reason.UNAVAILABLE,
        "The security key does not answer. Pull it out, plug it in again and try again.");
  }

  private static Optional<Message> singlePacket(int channel, byte[] packet) {
    MessageAssembler assembly = new MessageAssembler(channel);
    boolean begins =
        packet.length == PacketPipe.PACKET_LENGTH
            && (packet[Integer.BYTES] & Message.INITIALIZATION_MARK) != 0
            && (packet[5] & 0xFF) == 0
            && (packet[6] & 0xFF) <= Message.INITIALIZATION_ROOM;
    return begins && assembly.concerns(packet) ? assembly.add(packet) : Optional.empty();
  }

  private static boolean answers(Message message, byte[] nonce) {
    return message.command() == Message.INIT
        && message.data().length >= ANSWER_LENGTH
        && Arrays.equals(message.data(), 0, NONCE_LENGTH, nonce, 0, NONCE_LENGTH);
  }

  /** A pause in which nothing is kept and in which it is noticed that the key is pulled out. */
  static void discard(PacketPipe pipe, Deadline deadline) {
    while (!deadline.passed()) {
      pipe.read(deadline.remaining(Duration.ofDays(1)));
    }
  }
}
