package dev.keysmith.usb;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.usb4java.LibUsb;
import org.usb4java.Transfer;
import org.usb4java.TransferCallback;

/**
 * Reads all that a key sends, all the time.
 *
 * <p>Transfers are always posted and a thread serves them: a read that is posted only when an
 * answer is expected, and cancelled when it is late, loses packets. Several are posted, which USB
 * fills in their order, so that the key can send on while the thread is busy with what came last;
 * with one alone every packet of an answer would be late by a turn.
 */
final class UsbReader {

  private static final int POSTED = 4;

  /** A key that is pulled out fails for a moment before the system says that it is gone. */
  private static final int MOST_FAILURES = 100;

  private static final long PAUSE_AFTER_FAILURE = Duration.ofMillis(10).toNanos();
  private static final Duration STOP = Duration.ofSeconds(2);

  private final UsbBus bus;
  private final PacketQueue packets;
  private final List<Read> reads = Stream.generate(Read::new).limit(POSTED).toList();
  private final CountDownLatch ended = new CountDownLatch(POSTED);
  private final Thread events;
  private volatile boolean stopped;
  private boolean stopping;
  private int failures;

  private UsbReader(UsbBus bus, PacketQueue packets) {
    this.bus = bus;
    this.packets = packets;
    this.events = new Thread(this::handleEvents, "keysmith-usb-events");
    events.setDaemon(true);
  }

  /** Starts reading; the packets go to the queue, and so does the news that the key is gone. */
  static UsbReader start(UsbBus bus, ClaimedInterface claimed, PacketQueue packets) {
    UsbReader reader = new UsbReader(bus, packets);
    reader.reads.forEach(read -> claimed.fill(read.transfer, read.buffer, read));
    int code = LibUsb.submitTransfer(reader.reads.get(0).transfer);
    if (code != LibUsb.SUCCESS) {
      reader.free();
      throw UsbError.exception("read from the security key", code);
    }
    // One is enough to go on with, should the system not take more.
    reader.reads.stream().skip(1).forEach(reader::postQuietly);
    reader.events.start();
    return reader;
  }

  /** A transfer that waits for a packet. */
  private final class Read implements TransferCallback {

    private final Transfer transfer = LibUsb.allocTransfer();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(PacketPipe.PACKET_LENGTH);

    /** Called by libusb on the thread that handles events. */
    @Override
    public void processTransfer(Transfer done) {
      switch (done.status()) {
        case LibUsb.TRANSFER_COMPLETED -> {
          failures = 0;
          keep(buffer, done.actualLength());
          post(this);
        }
        case LibUsb.TRANSFER_ERROR, LibUsb.TRANSFER_TIMED_OUT, LibUsb.TRANSFER_OVERFLOW -> {
          if (++failures < MOST_FAILURES) {
            post(this);
          } else {
            end();
          }
        }
        default -> end();
      }
    }
  }

  /** Some devices follow each full packet with an empty one, which means nothing. */
  private void keep(ByteBuffer buffer, int length) {
    if (length > 0) {
      byte[] packet = new byte[length];
      buffer.get(0, packet);
      packets.add(packet);
    }
  }

  /** Under the lock, so that a transfer is never posted after {@link #stop} has cancelled it. */
  private synchronized void post(Read read) {
    if (stopping || LibUsb.submitTransfer(read.transfer) != LibUsb.SUCCESS) {
      end();
    }
  }

  private void postQuietly(Read read) {
    if (LibUsb.submitTransfer(read.transfer) != LibUsb.SUCCESS) {
      ended.countDown();
    }
  }

  private void end() {
    packets.end(UsbError::absent);
    ended.countDown();
  }

  private void handleEvents() {
    while (!stopped) {
      int code = bus.handleEvents();
      if (code != LibUsb.SUCCESS && code != LibUsb.ERROR_INTERRUPTED) {
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE);
      }
    }
  }

  /**
   * Stops reading: cancel, wait for the last callbacks, stop the thread, free.
   *
   * @return whether all has ended; if not, libusb still uses the memory and nothing may be freed
   */
  boolean stop() {
    packets.end(UsbError::absent);
    synchronized (this) {
      stopping = true;
      reads.forEach(read -> LibUsb.cancelTransfer(read.transfer));
    }
    Deadline deadline = Deadline.in(STOP);
    boolean whole = uninterrupted(() -> ended.await(millis(deadline), TimeUnit.MILLISECONDS));
    stopped = true;
    bus.wakeUp();
    whole &=
        uninterrupted(
            () -> {
              events.join(millis(Deadline.in(STOP)));
              return !events.isAlive();
            });
    if (whole) {
      free();
    }
    return whole;
  }

  private void free() {
    reads.forEach(read -> LibUsb.freeTransfer(read.transfer));
  }

  private static long millis(Deadline deadline) {
    return 1 + deadline.remaining(STOP).toMillis();
  }

  /** Something to wait for. */
  private interface Wait {
    boolean done() throws InterruptedException;
  }

  /** An interrupted thread too must leave the key as it was; it stays interrupted. */
  private static boolean uninterrupted(Wait wait) {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return wait.done();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
