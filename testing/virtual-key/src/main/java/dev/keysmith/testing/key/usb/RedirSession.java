package dev.keysmith.testing.key.usb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one guest has been told and asks for. Not thread-safe: its port has the lock.
 *
 * <p>The guest completes what it sends to an interrupt endpoint at once and does not wait for the
 * answer, so an answer is sent only for the record.
 */
final class RedirSession {

  private static final int SLOTS = 32;
  private static final int FULL_SPEED = 1;
  private static final int NO_ENDPOINT = 255;
  private static final int CONTROL_TYPE = 0;
  private static final int INTERRUPT_TYPE = 3;

  private final RedirWire wire;
  private final Set<Integer> polled = new HashSet<>();
  private @Nullable PluggedDevice device;
  private boolean behind;
  private long packets;

  RedirSession(RedirWire wire) {
    this.wire = wire;
  }

  /** Shows the guest a new device. */
  void connect(PluggedDevice plugged) throws IOException {
    device = plugged;
    List<HidFunction> functions = plugged.device().functions();
    wire.write(new RedirPacket(RedirPacket.INTERFACE_INFO, 0, interfaces(functions)));
    wire.write(new RedirPacket(RedirPacket.ENDPOINT_INFO, 0, endpoints(functions)));
    UsbIdentity identity = plugged.device().identity();
    ByteBuffer connect = RedirPacket.body(10);
    connect.put((byte) FULL_SPEED).position(4);
    connect.putShort((short) identity.vendorId()).putShort((short) identity.productId());
    connect.putShort((short) Descriptors.DEVICE_VERSION);
    wire.write(new RedirPacket(RedirPacket.DEVICE_CONNECT, 0, connect.array()));
  }

  /** Tells the guest that the device is gone. */
  void disconnect() throws IOException {
    device = null;
    polled.clear();
    behind = wire.acknowledgesDisconnect();
    wire.write(new RedirPacket(RedirPacket.DEVICE_DISCONNECT, 0, new byte[0]));
  }

  /** Whether the guest asks an endpoint for reports now. */
  boolean polls(int endpoint) {
    PluggedDevice now = device;
    return now != null && polled.contains(endpoint) && now.serves(endpoint);
  }

  void send(int endpoint, byte[] report) throws IOException {
    ByteBuffer body = RedirPacket.body(4 + report.length);
    body.put((byte) endpoint).put((byte) RedirPacket.SUCCESS);
    body.putShort((short) report.length).put(report);
    wire.write(new RedirPacket(RedirPacket.INTERRUPT, packets++, body.array()));
  }

  /** Does what a packet from the guest asks for. */
  void handle(RedirPacket packet) throws IOException {
    PluggedDevice now = device;
    if (packet.type() == RedirPacket.DISCONNECT_ACKNOWLEDGED) {
      behind = false;
    } else if (now != null && !behind) {
      handle(packet, now);
    }
    // Otherwise the packet is for a device that is gone.
  }

  private void handle(RedirPacket packet, PluggedDevice now) throws IOException {
    switch (packet.type()) {
      case RedirPacket.RESET -> reset(now);
      case RedirPacket.SET_CONFIGURATION -> configure(packet, now);
      case RedirPacket.GET_CONFIGURATION -> configuration(packet, now);
      case RedirPacket.SET_ALTERNATE, RedirPacket.GET_ALTERNATE -> alternate(packet, now);
      case RedirPacket.START_INTERRUPT_RECEIVING -> receive(packet, now);
      case RedirPacket.STOP_INTERRUPT_RECEIVING -> stopReceiving(packet);
      case RedirPacket.CONTROL -> control(packet, now);
      case RedirPacket.INTERRUPT -> write(packet, now);
      case RedirPacket.HELLO -> throw new WireException("It greeted twice.");
      default -> {
        // Filters are the guest's own; a transfer to be cancelled has been answered already.
      }
    }
  }

  private void reset(PluggedDevice now) {
    polled.clear();
    now.reset();
  }

  private void configure(RedirPacket packet, PluggedDevice now) throws IOException {
    polled.clear();
    int value = packet.u8(0);
    Optional<byte[]> done = now.answer(new SetupPacket(0x00, 9, value, 0, 0), new byte[0]);
    answer(packet, RedirPacket.CONFIGURATION_STATUS, status(done), value);
  }

  private void configuration(RedirPacket packet, PluggedDevice now) throws IOException {
    Optional<byte[]> done = now.answer(new SetupPacket(0x80, 8, 0, 0, 1), new byte[0]);
    answer(packet, RedirPacket.CONFIGURATION_STATUS, status(done), first(done));
  }

  private void alternate(RedirPacket packet, PluggedDevice now) throws IOException {
    boolean set = packet.type() == RedirPacket.SET_ALTERNATE;
    int number = packet.u8(0);
    SetupPacket setup =
        set
            ? new SetupPacket(0x01, 11, packet.u8(1), number, 0)
            : new SetupPacket(0x81, 10, 0, number, 1);
    Optional<byte[]> done = now.answer(setup, new byte[0]);
    int value = set ? packet.u8(1) : first(done);
    answer(packet, RedirPacket.ALTERNATE_STATUS, status(done), number, value);
  }

  private void receive(RedirPacket packet, PluggedDevice now) throws IOException {
    int endpoint = packet.u8(0);
    boolean served = (endpoint & 0x80) != 0 && now.serves(endpoint);
    if (served) {
      polled.add(endpoint);
    }
    int status = served ? RedirPacket.SUCCESS : RedirPacket.STALL;
    answer(packet, RedirPacket.INTERRUPT_RECEIVING_STATUS, status, endpoint);
  }

  private void stopReceiving(RedirPacket packet) throws IOException {
    int endpoint = packet.u8(0);
    polled.remove(endpoint);
    answer(packet, RedirPacket.INTERRUPT_RECEIVING_STATUS, RedirPacket.SUCCESS, endpoint);
  }

  private void control(RedirPacket packet, PluggedDevice now) throws IOException {
    ByteBuffer in = packet.from(1);
    int request = in.get() & 0xFF;
    int requestType = in.get() & 0xFF;
    in.get();
    int[] words = {u16(in), u16(in), u16(in)};
    SetupPacket setup = new SetupPacket(requestType, request, words[0], words[1], words[2]);
    byte[] data = Arrays.copyOfRange(packet.body(), in.position(), packet.body().length);
    if (data.length != (setup.in() ? 0 : setup.length())) {
      throw new WireException("It sent a control request whose data has not its length.");
    }
    Optional<byte[]> done = now.answer(setup, data);
    byte[] answer = setup.in() ? done.orElse(new byte[0]) : new byte[0];
    ByteBuffer out = RedirPacket.body(10 + answer.length);
    out.put((byte) packet.u8(0)).put((byte) request).put((byte) requestType);
    out.put((byte) status(done)).putShort((short) words[0]).putShort((short) words[1]);
    out.putShort((short) (setup.in() || done.isEmpty() ? answer.length : setup.length()));
    wire.write(new RedirPacket(RedirPacket.CONTROL, packet.id(), out.put(answer).array()));
  }

  private void write(RedirPacket packet, PluggedDevice now) throws IOException {
    int endpoint = packet.u8(0);
    int length = u16(packet.from(2));
    if ((endpoint & 0x80) != 0 || length != packet.body().length - 4) {
      throw new WireException("It sent an interrupt packet whose data has not its length.");
    }
    byte[] report = Arrays.copyOfRange(packet.body(), 4, packet.body().length);
    int status = now.write(endpoint, report) ? RedirPacket.SUCCESS : RedirPacket.STALL;
    ByteBuffer out = RedirPacket.body(4).put((byte) endpoint).put((byte) status);
    out.putShort(2, (short) length);
    wire.write(new RedirPacket(RedirPacket.INTERRUPT, packet.id(), out.array()));
  }

  private void answer(RedirPacket to, int type, int... values) throws IOException {
    byte[] body = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      body[i] = (byte) values[i];
    }
    wire.write(new RedirPacket(type, to.id(), body));
  }

  private static int status(Optional<byte[]> done) {
    return done.isPresent() ? RedirPacket.SUCCESS : RedirPacket.STALL;
  }

  private static int first(Optional<byte[]> data) {
    return data.filter(bytes -> bytes.length > 0).map(bytes -> bytes[0] & 0xFF).orElse(0);
  }

  private static int u16(ByteBuffer in) {
    return in.getShort() & 0xFFFF;
  }

  private static byte[] interfaces(List<HidFunction> functions) {
    ByteBuffer out = RedirPacket.body(4 + 4 * SLOTS).putInt(functions.size());
    for (int i = 0; i < functions.size(); i++) {
      HidLayout layout = functions.get(i).layout();
      out.put(4 + i, (byte) i);
      out.put(4 + SLOTS + i, (byte) Descriptors.HID_CLASS);
      out.put(4 + 2 * SLOTS + i, (byte) layout.subclass());
      out.put(4 + 3 * SLOTS + i, (byte) layout.protocol());
    }
    return out.array();
  }

  /** Slots 0 to 15 are endpoints from the host, 16 to 31 those to the host. */
  private static byte[] endpoints(List<HidFunction> functions) {
    ByteBuffer out = RedirPacket.body(3 * SLOTS + 2 * SLOTS);
    for (int slot = 0; slot < SLOTS; slot++) {
      boolean control = slot % 16 == 0;
      out.put(slot, (byte) (control ? CONTROL_TYPE : NO_ENDPOINT));
      out.putShort(3 * SLOTS + 2 * slot, (short) (control ? Descriptors.CONTROL_PACKET : 0));
    }
    for (int i = 0; i < functions.size(); i++) {
      HidLayout layout = functions.get(i).layout();
      for (int address : layout.endpoints()) {
        int slot = (address & 0x80) >> 3 | address & 0x0F;
        out.put(slot, (byte) INTERRUPT_TYPE);
        out.put(SLOTS + slot, (byte) layout.intervalMillis());
        out.put(2 * SLOTS + slot, (byte) i);
        out.putShort(3 * SLOTS + 2 * slot, (short) layout.packetSize());
      }
    }
    return out.array();
  }
}
