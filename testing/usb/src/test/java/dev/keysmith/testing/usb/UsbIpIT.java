package dev.keysmith.testing.usb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.testing.key.usb.UsbIpKeys;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A virtual key is plugged into Linux itself, as the README of the virtual key says. */
@InGuest
@Timeout(300)
class UsbIpIT {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String PIN = "482913";
  private static final Pattern ATTACH = Pattern.compile("usbip --tcp-port .*");
  private static final Pattern NODE =
      Pattern.compile("(/dev/hidraw\\d+): vendor=0x1209, product=0xf1d0");

  private final Guest guest;

  UsbIpIT(Guest guest) {
    this.guest = guest;
  }

  /** What {@code modprobe vhci-hcd} does on a system that is installed. */
  @BeforeEach
  void loadDriver() {
    for (String module : List.of("usbip-core", "vhci-hcd")) {
      guest.bash(LONG, "busybox insmod /run/modules/" + module + ".ko").output();
    }
  }

  @AfterEach
  void unloadDriver() {
    guest.await("busybox rmmod vhci-hcd");
    guest.bash(LONG, "busybox rmmod usbip-core").output();
  }

  @Test
  void isListedMakesACredentialAndIsDetached() {
    try (GuestProcess keys = guest.startJava(List.of(), UsbIpKeys.class)) {
      String attach = attachLine(keys);
      assertThat(attach).endsWith("attach -r 127.0.0.1 -b 1-1");
      guest.bash(LONG, attach).output();
      Fido2Tools tools = new Fido2Tools(guest, awaitNode());
      tools.token("-S", PIN, PIN).output();
      makeCredential(tools, keys);
      assertThat(tools.token("-L -r", PIN).output()).contains("example.org");

      assertThat(guest.bash(LONG, "usbip port").output()).contains("Port 00:");
      guest.bash(LONG, "usbip detach -p 0").output();
      awaitNoNode();
    }
  }

  @Test
  void isPulledOutByThePersonAndPluggedInAgain() {
    try (GuestProcess keys = guest.startJava(List.of(), UsbIpKeys.class)) {
      guest.bash(LONG, attachLine(keys)).output();
      String node = awaitNode();
      new Fido2Tools(guest, node).token("-S", PIN, PIN).output();
      keys.write("pull 1\n");
      awaitNoNode();
      keys.write("plug 1\n");
      guest.bash(LONG, attachLine(keys)).output();
      assertThat(new Fido2Tools(guest, awaitNode()).token("-I").output())
          .as("it is the same key")
          .contains(" clientPin");
      guest.bash(LONG, "usbip detach -p 0").output();
      awaitNoNode();
    }
  }

  private static String attachLine(GuestProcess keys) {
    while (true) {
      Matcher attach = ATTACH.matcher(keys.awaitOutput("\n", LONG));
      if (attach.find()) {
        return attach.group();
      }
    }
  }

  private String awaitNode() {
    guest.await("fido2-token -L | grep -q 'vendor=0x1209, product=0xf1d0'");
    Matcher node = NODE.matcher(guest.run(LONG, "fido2-token", "-L").output());
    assertThat(node.find()).isTrue();
    return node.group(1);
  }

  private void awaitNoNode() {
    guest.await("[ -z \"$(fido2-token -L)\" ]");
  }

  /** Enter touches the key, as often as it takes until it waits. */
  private static void makeCredential(Fido2Tools tools, GuestProcess keys) {
    CompletableFuture<Finished> making =
        CompletableFuture.supplyAsync(
            () -> tools.make("ann", "example.org", "es256", PIN), task -> new Thread(task).start());
    String answer = "";
    while (!answer.equals("Touched.")) {
      keys.write("\n");
      answer = keys.awaitOutput("\n", LONG);
      assertThat(making.isDone() && !answer.equals("Touched."))
          .as("it ended without a touch")
          .isFalse();
    }
    making.join().output();
    tools.verify("ann", "es256").output();
  }
}
