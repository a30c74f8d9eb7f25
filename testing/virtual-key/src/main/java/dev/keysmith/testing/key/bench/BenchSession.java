package dev.keysmith.testing.key.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keysmith.spi.PluginException;
import dev.keysmith.testing.key.hid.VirtualHidDevice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A client of the bench: one line, one answer, and after {@code OPEN} reports both ways. */
final class BenchSession implements Runnable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_LINE = 200;
  private static final int LINE_TIMEOUT_MILLIS = 5_000;
  private static final Duration LOOK_UP = Duration.ofMillis(50);

  private final VirtualKeyBench bench;
  private final Socket socket;

  BenchSession(VirtualKeyBench bench, Socket socket) {
    this.bench = bench;
    this.socket = socket;
  }

  @Override
  public void run() {
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(LINE_TIMEOUT_MILLIS);
      String line = line(socket.getInputStream());
      socket.setSoTimeout(0);
      if (line.equals("LIST")) {
        answer(JSON.writeValueAsString(bench.list()));
      } else if (line.startsWith("OPEN ")) {
        open(line.substring("OPEN ".length()));
      } else {
        answer("ERROR say LIST or OPEN <id>");
      }
    } catch (IOException e) {
      // The client has gone; there is no peer to answer.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void open(String id) throws IOException, InterruptedException {
    Optional<BenchSlot> slot = bench.slot(id).filter(found -> found.key().plugged());
    if (slot.isEmpty()) {
      answer("ABSENT");
    } else if (!slot.get().claim(socket)) {
      answer("BUSY");
    } else {
      serve(slot.get());
    }
  }

  private void serve(BenchSlot slot) throws IOException, InterruptedException {
    VirtualHidDevice device = slot.device();
    Thread toHost = new Thread(() -> carryToHost(slot, device), "bench " + slot.id());
    toHost.setDaemon(true);
    try {
      answer("OK");
      toHost.start();
      carryToDevice(device);
    } finally {
      device.abandon();
      socket.close();
      // It must not take a report that is meant for the next client.
      toHost.join();
      slot.release(socket);
    }
  }

  private void carryToDevice(VirtualHidDevice device) throws IOException {
    InputStream in = socket.getInputStream();
    try {
      byte[] report = in.readNBytes(VirtualHidDevice.REPORT_SIZE);
      while (report.length == VirtualHidDevice.REPORT_SIZE) {
        device.write(report);
        report = in.readNBytes(VirtualHidDevice.REPORT_SIZE);
      }
    } catch (PluginException e) {
      // Pulled out: the socket closes, as the device disappears from a bus.
    }
  }

  private void carryToHost(BenchSlot slot, VirtualHidDevice device) {
    try (socket) {
      OutputStream out = socket.getOutputStream();
      while (!socket.isClosed()) {
        Optional<byte[]> report = device.read(LOOK_UP);
        if (report.isPresent()) {
          out.write(report.get());
          out.flush();
        }
      }
    } catch (PluginException e) {
      // Pulled out. A client that sees the socket close may open the key again at once.
      slot.release(socket);
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private void answer(String line) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Reads no byte beyond the line: what follows are reports. */
  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next != '\n' && next >= 0 && line.size() < MAX_LINE) {
      line.write(next);
      next = in.read();
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }
}
