package dev.keysmith.testing.key.hid;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.testing.key.VirtualKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A virtual key behind 64-byte reports: the device side of CTAPHID (CTAP 2.1, section 11.2).
 *
 * <p>It stands for the key as plugged in once. When the key is pulled out, it fails with {@code
 * KEY_ABSENT} for good; make a new one when the key is back.
 *
 * <p>Thread-safe. Requests are processed on a thread of the device's own.
 */
public final class VirtualHidDevice {

  /** The length of every report, in both directions. */
  public static final int REPORT_SIZE = HidPacket.SIZE;

  private static final int MAX_LOCK_SECONDS = 10;

  /** A CBOR request that the key works on. */
  private record Transaction(int channel, byte[] request) {}

  private final VirtualKey key;
  private final int powerCycle;
  private final HidChannels channels;
  private final HidFaults faults = new HidFaults();
  private final ReportQueue out = new ReportQueue();
  private @Nullable HidMessage incoming;
  private @Nullable Transaction transaction;
  private byte @Nullable [] lastBeforeUnplug;
  private int winks;

  /** Puts a key that is plugged in behind reports. */
  public VirtualHidDevice(VirtualKey key) {
    this.key = key;
    this.powerCycle = key.powerCycle();
    this.channels = new HidChannels(key.clock(), key.random());
    key.onUnplug(out::wake);
  }

  /** Whether the key is still plugged in, without a pause since this device was made. */
  public boolean alive() {
    return key.plugged() && key.powerCycle() == powerCycle;
  }

  /** Makes something go wrong, once. */
  public void inject(HidFault fault) {
    faults.inject(fault);
  }

  /** How often the host has asked the device to wink. */
  public synchronized int winks() {
    return winks;
  }

  /**
   * Takes a report from the host.
   *
   * @throws PluginException {@code KEY_ABSENT} if the key was pulled out
   * @throws IllegalArgumentException if the report does not have 64 bytes
   */
  public synchronized void write(byte[] report) {
    checkPower();
    if (report.length != REPORT_SIZE) {
      throw new IllegalArgumentException("A report has 64 bytes, not " + report.length + ".");
    }
    expire();
    HidPacket packet = HidPacket.parse(report);
    if (packet.initialization()) {
      begin(packet);
    } else {
      proceed(packet);
    }
  }

  /**
   * Waits for a report to the host. It has 64 bytes, or none (a zero-length packet) if a fault was
   * injected.
   *
   * @return empty if none came in time
   * @throws PluginException {@code KEY_ABSENT} if the key was pulled out
   */
  public Optional<byte[]> read(Duration timeout) {
    Optional<byte[]> report = out.poll(timeout, this::checkPowerAndExpire);
    if (report.isPresent() && isLastBeforeUnplug(report.get())) {
      key.unplug();
    }
    return report;
  }

  /** Forgets the message and the request under way, as if the host had given up. */
  public synchronized void abandon() {
    incoming = null;
    abort();
  }

  private synchronized boolean isLastBeforeUnplug(byte[] report) {
    return report == lastBeforeUnplug;
  }

  private synchronized void checkPowerAndExpire() {
    checkPower();
    expire();
  }

  private void checkPower() {
    if (!alive()) {
      throw new PluginException(
          PluginException.Reason.KEY_ABSENT,
          "The virtual security key was pulled out. Plug it in and open it again.");
    }
  }

  private void expire() {
    if (incoming != null && incoming.timedOut(key.clock().instant())) {
      fail(incoming.channel(), HidCommand.MESSAGE_TIMEOUT);
      incoming = null;
    }
  }

  /** An initialization packet. */
  private void begin(HidPacket packet) {
    int channel = packet.channel();
    boolean broadcast = channel == HidChannels.BROADCAST;
    if (broadcast ? packet.command() != HidCommand.INIT : !channels.knows(channel)) {
      fail(channel, HidCommand.INVALID_CHANNEL);
    } else if (packet.command() == HidCommand.INIT) {
      initialize(packet);
    } else if (packet.command() == HidCommand.CANCEL) {
      cancel(channel);
    } else if (busyFor(channel)) {
      fail(channel, HidCommand.CHANNEL_BUSY);
    } else if (incoming != null) {
      incoming = null;
      fail(channel, HidCommand.INVALID_SEQUENCE);
    } else if (packet.length() > HidPacket.MAX_MESSAGE) {
      fail(channel, HidCommand.INVALID_LENGTH);
    } else {
      incoming = new HidMessage(packet, key.clock().instant());
      executeIfComplete(incoming);
    }
  }

  private boolean busyFor(int channel) {
    boolean elsewhere = incoming != null && incoming.channel() != channel;
    return elsewhere
        || transaction != null
        || channels.lockedForOthersThan(channel)
        || faults.take(HidFault.CHANNEL_BUSY);
  }

  /** A continuation packet; one that belongs to nothing is ignored. */
  private void proceed(HidPacket packet) {
    HidMessage message = incoming;
    if (message == null || message.channel() != packet.channel()) {
      return;
    }
    if (!message.expects(packet)) {
      incoming = null;
      fail(packet.channel(), HidCommand.INVALID_SEQUENCE);
      return;
    }
    message.add(packet, key.clock().instant());
    executeIfComplete(message);
  }

  /** Section 11.2.9.1.3: a new channel, or a fresh start on one. */
  private void initialize(HidPacket packet) {
    if (packet.length() != InitResponse.NONCE) {
      fail(packet.channel(), HidCommand.INVALID_LENGTH);
      return;
    }
    boolean broadcast = packet.channel() == HidChannels.BROADCAST;
    if (!broadcast) {
      restart(packet.channel());
    }
    int channel = broadcast ? channels.allocate() : packet.channel();
    send(packet.channel(), HidCommand.INIT, InitResponse.of(packet.data(), channel));
  }

  private void restart(int channel) {
    if (incoming != null && incoming.channel() == channel) {
      incoming = null;
    }
    if (transaction != null && transaction.channel() == channel) {
      abort();
    }
  }

  private void abort() {
    if (transaction != null) {
      transaction = null;
      key.cancel();
    }
  }

  /** Section 11.2.9.1.5: has no answer of its own. */
  private void cancel(int channel) {
    if (transaction != null && transaction.channel() == channel) {
      key.cancel();
    }
  }

  private void executeIfComplete(HidMessage message) {
    if (!message.complete()) {
      return;
    }
    incoming = null;
    if (faults.take(HidFault.SILENCE)) {
      return;
    }
    int channel = message.channel();
    switch (message.command()) {
      case HidCommand.PING -> send(channel, HidCommand.PING, message.data());
      case HidCommand.WINK -> wink(channel);
      case HidCommand.LOCK -> lock(channel, message.data());
      case HidCommand.CBOR -> start(channel, message.data());
      default -> fail(channel, HidCommand.INVALID_COMMAND);
    }
  }

  private void wink(int channel) {
    winks++;
    send(channel, HidCommand.WINK, new byte[0]);
  }

  private void lock(int channel, byte[] seconds) {
    if (seconds.length != 1) {
      fail(channel, HidCommand.INVALID_LENGTH);
    } else if (seconds[0] < 0 || seconds[0] > MAX_LOCK_SECONDS) {
      fail(channel, HidCommand.INVALID_PARAMETER);
    } else {
      channels.lock(channel, Duration.ofSeconds(seconds[0]));
      send(channel, HidCommand.LOCK, new byte[0]);
    }
  }

  private void start(int channel, byte[] request) {
    if (request.length == 0) {
      fail(channel, HidCommand.INVALID_LENGTH);
      return;
    }
    Transaction started = new Transaction(channel, request);
    transaction = started;
    Thread worker = new Thread(() -> work(started), "virtual key " + key.serialNumber());
    worker.setDaemon(true);
    worker.start();
  }

  private void work(Transaction started) {
    try {
      byte[] response = key.exchange(started.request(), status -> keepAlive(started, status));
      finish(started, response);
    } catch (PluginException e) {
      // Pulled out: the next reader or writer is told.
      out.wake();
    } finally {
      Arrays.fill(started.request(), (byte) 0);
    }
  }

  private synchronized void finish(Transaction finished, byte[] response) {
    if (transaction == finished) {
      transaction = null;
      send(finished.channel(), HidCommand.CBOR, response);
    }
  }

  private synchronized void keepAlive(Transaction working, KeepAliveListener.Status status) {
    if (transaction == working) {
      byte code = (byte) (status == KeepAliveListener.Status.PROCESSING ? 1 : 2);
      byte[] message = {code};
      out.addIfEmpty(HidPacket.fragment(working.channel(), HidCommand.KEEPALIVE, message).get(0));
    }
  }

  private void fail(int channel, int error) {
    send(channel, HidCommand.ERROR, new byte[] {(byte) error});
  }

  private void send(int channel, int command, byte[] message) {
    List<byte[]> reports = faults.distort(command, HidPacket.fragment(channel, command, message));
    if (reports.size() > 1 && faults.take(HidFault.UNPLUG_IN_TRANSFER)) {
      lastBeforeUnplug = reports.get(0);
    }
    out.add(reports);
  }
}
