package dev.keysmith.testing.usb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.usb.UsbDevice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the plugin says where the system does not let it have keys. */
@InGuest
@Timeout(300)
class UsbRightsIT {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final byte[] GET_INFO = {0x04};

  /** An ordinary account, but for the right to read class path and libraries wherever they lie. */
  private static final String AS_UNPRIVILEGED_USER =
      "setpriv --reuid 65534 --regid 65534 --clear-groups"
          + " --inh-caps=-all,+dac_read_search --ambient-caps=-all,+dac_read_search"
          + " --bounding-set=-all,+dac_read_search ";

  private final Guest guest;
  private final Room room;
  private final VirtualKey key = VirtualKey.builder().build();

  UsbRightsIT(Guest guest, Room room) {
    this.guest = guest;
    this.room = room;
  }

  @BeforeEach
  void plugIn() {
    room.port(1).plug(UsbDevice.securityKey(key));
    guest.await("ls /sys/bus/usb/devices/*/0003:1209:F1D0*/hidraw");
    guest.bash(LONG, "chmod 600 /dev/bus/usb/*/*").output();
  }

  @AfterEach
  void pullOut() {
    room.port(1).unplug();
    guest.await("! ls /sys/bus/usb/devices/*/0003:1209:F1D0*/hidraw");
  }

  /** Starts the plugin by a command line that begins with {@code prefix}. */
  private GuestTransport start(String prefix, String... options) {
    List<String> java = new ArrayList<>(Guest.java());
    java.addAll(List.of(options));
    java.addAll(
        List.of("-cp", System.getProperty("java.class.path"), TransportProgram.class.getName()));
    return new GuestTransport(
        guest.start("/bin/bash", "-c", prefix + "'" + String.join("' '", java) + "'"));
  }

  @Test
  void anOrdinaryAccountSeesTheKeyAndIsToldWhatItLacks() {
    GuestTransport transport = start("exec " + AS_UNPRIVILEGED_USER);
    String keyId = transport.awaitKeys(1).get(0).id();
    Failures.assertFails(() -> transport.open(keyId), Reason.MISCONFIGURED, "70-keysmith.rules");

    // As the udev rule does.
    guest.bash(LONG, "chgrp 65534 /dev/bus/usb/*/* && chmod 660 /dev/bus/usb/*/*").output();
    try (KeyConnection connection = transport.open(keyId)) {
      assertThat(connection.exchange(GET_INFO, LONG, KeepAliveListener.NONE)[0]).isZero();
    }
    transport.quit();
    guest.await("ls /sys/bus/usb/devices/*/0003:1209:F1D0*/hidraw");
  }

  @Test
  void aContainerWithoutTheDeviceFileIsToldWhich() {
    String hide = "mkdir -p /tmp/empty && mount --bind /tmp/empty /dev/bus/usb && exec ";
    GuestTransport transport = start("exec unshare -m /bin/bash -c '" + hide + "\"$@\"' _ ");
    String keyId = transport.awaitKeys(1).get(0).id();
    Failures.assertFails(
        () -> transport.open(keyId), Reason.MISCONFIGURED, "its device file /dev/bus/usb/");
    transport.quit();
  }

  @Test
  void aContainerThatDoesNotAllowTheDeviceIsToldHow() {
    // What Docker and Podman do; Linux answers EPERM then, not EACCES as for an ordinary account.
    String forbid =
        "mkdir -p /run/cgroup && mount -t cgroup -o devices none /run/cgroup;"
            + " mkdir -p /run/cgroup/inside && echo 'c 189:* rwm' > /run/cgroup/inside/devices.deny"
            + " && echo $$ > /run/cgroup/inside/cgroup.procs && exec ";
    GuestTransport transport = start(forbid);
    String keyId = transport.awaitKeys(1).get(0).id();
    Failures.assertFails(() -> transport.open(keyId), Reason.MISCONFIGURED, "--device-cgroup-rule");
    transport.quit();
  }

  @Test
  void aTemporaryDirectoryFromWhichNothingRunsIsNamed() {
    String mount = "mkdir -p /tmp/noexec && mount -t tmpfs -o noexec none /tmp/noexec && exec ";
    GuestTransport transport =
        start(
            "exec unshare -m /bin/bash -c '" + mount + "\"$@\"' _ ",
            "-Djava.io.tmpdir=/tmp/noexec");
    Failures.assertFails(transport::listKeys, Reason.MISCONFIGURED, "mounted noexec");
    Failures.assertFails(() -> transport.open("1-2.0-1209:f1d0"), Reason.MISCONFIGURED, "noexec");
    transport.quit();
  }

  @Test
  void aTemporaryDirectoryThatDoesNotExistIsNamed() {
    GuestTransport transport = start("exec ", "-Djava.io.tmpdir=/nonexistent");
    Failures.assertFails(transport::listKeys, Reason.MISCONFIGURED, "temporary files");
    transport.quit();
  }
}
