package dev.keysmith.testing.key.hid;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The faults that wait for their moment. */
final class HidFaults {

  private static final int FLOOD = 1000;
  private static final int FOREIGN = 0x0BADC1D0;

  private final Set<HidFault> waiting = EnumSet.noneOf(HidFault.class);

  synchronized void inject(HidFault fault) {
    waiting.add(fault);
  }

  /** Whether the fault was waiting; it no longer is. */
  synchronized boolean take(HidFault fault) {
    return waiting.remove(fault);
  }

  /** The reports of a response as the host will see them. */
  List<byte[]> distort(int command, List<byte[]> response) {
    List<byte[]> reports = new ArrayList<>(response);
    if (command == HidCommand.CBOR && take(HidFault.OVERSIZE_ANSWER)) {
      ByteBuffer.wrap(reports.get(0)).putShort(5, (short) (HidPacket.MAX_MESSAGE + 1));
    }
    if (reports.size() > 2 && take(HidFault.WRONG_SEQUENCE)) {
      reports.get(2)[4] += 1;
    }
    if (command == HidCommand.CBOR && take(HidFault.KEEP_ALIVE_FLOOD)) {
      int channel = ByteBuffer.wrap(reports.get(0)).getInt();
      byte[] keepAlive = HidPacket.fragment(channel, HidCommand.KEEPALIVE, new byte[] {1}).get(0);
      reports.addAll(0, Collections.nCopies(FLOOD, keepAlive));
    }
    if (command == HidCommand.INIT && take(HidFault.STALE_REPORT)) {
      byte[] stale = reports.get(0).clone();
      stale[7] ^= 1;
      reports.add(0, stale);
    }
    if (take(HidFault.FOREIGN_CHANNEL)) {
      reports.add(0, HidPacket.fragment(FOREIGN, command, new byte[] {0x7F}).get(0));
    }
    return take(HidFault.ZERO_LENGTH_READS) ? withEmptyReads(reports) : reports;
  }

  private static List<byte[]> withEmptyReads(List<byte[]> reports) {
    List<byte[]> all = new ArrayList<>();
    for (byte[] report : reports) {
      all.add(report);
      all.add(new byte[0]);
    }
    return all;
  }
}
