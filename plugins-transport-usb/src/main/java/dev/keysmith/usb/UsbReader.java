package dev.keysmith.usb;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.usb4java.BufferUtils;
import org.usb4java.LibUsb;
import org.usb4java.Transfer;
import org.usb4java.TransferCallback;

/**
 * Reads all that a key sends.
 *
 * <p>Transfers are always posted: a read that is posted only when an answer is expected, and
 * cancelled when it is late, loses packets. Several are posted, which USB fills in their order, so
 * that the key can send on while we are busy with what came last; with one alone every packet of an
 * answer would be late by a turn.
 *
 * <p>The reading thread pumps libusb's event loop. A thread that did nothing else would have to
 * hand over each packet, and the end of each packet sent, to the one who waits. While there is no
 * reader, the key keeps what the posted transfers cannot hold.
 */
final class UsbReader {

  private static final int POSTED = 16;

  /** A key that is pulled out fails for a moment before the system says that it is gone. */
  private static final int MOST_FAILURES = 100;

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(10);
  private static final Duration STOP = Duration.ofSeconds(2);

  private final UsbBus bus;
  private final PacketQueue packets = new PacketQueue(this::await);
  private final List<Read> reads = Stream.generate(Read::new).limit(POSTED).toList();

  /** Held while callbacks are run, so that libusb is not shut down under them. */
  private final Lock running = new ReentrantLock();

  private final IntBuffer arrived = BufferUtils.allocateIntBuffer();
  private boolean stopping;
  private int posted;
  private int failures;

  private UsbReader(UsbBus bus) {
    this.bus = bus;
  }

  /** Starts reading. */
  static UsbReader start(UsbBus bus, ClaimedInterface claimed) {
    UsbReader reader = new UsbReader(bus);
    reader.reads.forEach(read -> claimed.fill(read.transfer, read.buffer, read));
    int code = reader.post(reader.reads.get(0));
    if (code != LibUsb.SUCCESS) {
      reader.free();
      throw UsbError.exception("read from the security key", code);
    }
    // One is enough to go on with, should the system not take more.
    reader.reads.stream().skip(1).forEach(reader::post);
    return reader;
  }

  /** As {@link PacketPipe#read}. */
  byte[] read(Duration timeout) {
    return packets.take(timeout);
  }

  /** A transfer that waits for a packet. */
  private final class Read implements TransferCallback {

    private final Transfer transfer = LibUsb.allocTransfer();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(PacketPipe.PACKET_LENGTH);

    /** Called by libusb on the thread that reads, or on one that writes meanwhile. */
    @Override
    public void processTransfer(Transfer done) {
      ended(this, done.status(), done.actualLength());
    }
  }

  private synchronized void ended(Read read, int status, int length) {
    posted--;
    switch (status) {
      case LibUsb.TRANSFER_COMPLETED -> {
        failures = 0;
        keep(read.buffer, length);
      }
      case LibUsb.TRANSFER_ERROR, LibUsb.TRANSFER_TIMED_OUT, LibUsb.TRANSFER_OVERFLOW -> failures++;
      default -> failures = MOST_FAILURES;
    }
    if (failures >= MOST_FAILURES || post(read) != LibUsb.SUCCESS) {
      packets.end(UsbError::absent);
    }
    arrived.put(0, 1);
  }

  /** Some devices follow each full packet with an empty one, which means nothing. */
  private void keep(ByteBuffer buffer, int length) {
    if (length > 0) {
      byte[] packet = new byte[length];
      buffer.get(0, packet);
      packets.add(packet);
    }
  }

  /** Never after {@link #stop} has cancelled what is posted. */
  private synchronized int post(Read read) {
    int code = stopping ? LibUsb.ERROR_INTERRUPTED : LibUsb.submitTransfer(read.transfer);
    if (code == LibUsb.SUCCESS) {
      posted++;
    }
    return code;
  }

  private synchronized boolean isPosted() {
    return posted > 0;
  }

  private void await(Duration atMost) {
    running.lock();
    try {
      if (isPosted()) {
        runCallbacks(atMost);
      }
    } finally {
      running.unlock();
    }
  }

  private void runCallbacks(Duration atMost) {
    int code = bus.handleEvents(atMost, arrived);
    arrived.put(0, 0);
    if (code != LibUsb.SUCCESS && code != LibUsb.ERROR_INTERRUPTED) {
      LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
    }
  }

  /**
   * Stops reading: cancel, run the last callbacks, free.
   *
   * @return whether all has ended; if not, libusb still uses the memory and nothing may be freed
   */
  boolean stop() {
    packets.end(UsbError::absent);
    synchronized (this) {
      stopping = true;
      reads.forEach(read -> LibUsb.cancelTransfer(read.transfer));
    }
    // A waiting reader lets go at once.
    bus.wakeUp();
    running.lock();
    try {
      Deadline deadline = Deadline.in(STOP);
      while (isPosted() && !deadline.passed()) {
        runCallbacks(deadline.remaining(STOP));
      }
      if (!isPosted()) {
        free();
        return true;
      }
      return false;
    } finally {
      running.unlock();
    }
  }

  private void free() {
    reads.forEach(read -> LibUsb.freeTransfer(read.transfer));
  }
}
