package dev.keysmith.testing.usb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The virtual machine that QEMU is to make.
 *
 * @param image what it boots
 * @param directory where the host keeps what belongs to it
 * @param usbRedir sockets that speak usb-redir, one per USB port; something listens at each
 * @param forwarded ports of the host's loopback that lead to the same ports of the guest
 */
public record Machine(
    GuestImage image, Path directory, List<Path> usbRedir, List<Integer> forwarded) {

  private static final int MEMORY_MEGABYTES = 3072;

  /** No guest outlives this, whatever happens to the process that started it. */
  private static final int MOST_SECONDS = 3600;

  /** The directory that the guest sees as {@code /shared}. */
  public Path shared() {
    return directory.resolve("shared");
  }

  /** What kernel and agent say. */
  public Path serialLog() {
    return directory.resolve("serial.log");
  }

  /** What QEMU says. */
  Path qemuLog() {
    return directory.resolve("qemu.log");
  }

  List<String> command(Accelerator accelerator, Path agent) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("timeout", Integer.toString(MOST_SECONDS), "qemu-system-x86_64"));
    command.addAll(accelerator.options());
    command.addAll(List.of("-machine", "q35", "-smp", "2", "-m", "" + MEMORY_MEGABYTES));
    command.addAll(List.of("-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"));
    command.addAll(List.of("-kernel", image.kernel().toString()));
    command.addAll(List.of("-initrd", image.initrd().toString()));
    command.addAll(
        List.of(
            "-append", "console=ttyS0 quiet mitigations=off nokaslr panic=-1 random.trust_cpu=on"));
    command.addAll(List.of("-serial", "file:" + serialLog()));
    share(command, "host", Path.of("/"), ",readonly=on,multidevs=remap");
    share(command, "shared", shared(), "");
    command.addAll(List.of("-chardev", "socket,id=agent,path=" + agent));
    command.addAll(List.of("-device", "virtio-serial-pci"));
    command.addAll(List.of("-device", "virtserialport,chardev=agent,name=keysmith.agent"));
    connect(command);
    plug(command);
    return command;
  }

  private static void share(List<String> command, String tag, Path path, String options) {
    command.addAll(
        List.of("-fsdev", "local,id=" + tag + ",path=" + path + ",security_model=none" + options));
    command.addAll(List.of("-device", "virtio-9p-pci,fsdev=" + tag + ",mount_tag=" + tag));
  }

  private void connect(List<String> command) {
    StringBuilder network = new StringBuilder("user,id=net");
    for (int port : forwarded) {
      network.append(",hostfwd=tcp:127.0.0.1:").append(port).append("-:").append(port);
    }
    command.addAll(List.of("-netdev", network.toString()));
    command.addAll(List.of("-device", "virtio-net-pci,netdev=net"));
  }

  private void plug(List<String> command) {
    int ports = Math.max(1, usbRedir.size());
    command.addAll(List.of("-device", "qemu-xhci,id=usb,p2=" + ports + ",p3=" + ports));
    for (int port = 1; port <= usbRedir.size(); port++) {
      command.addAll(
          List.of("-chardev", "socket,id=port" + port + ",path=" + usbRedir.get(port - 1)));
      command.addAll(
          List.of("-device", "usb-redir,chardev=port" + port + ",bus=usb.0,port=" + port));
    }
  }
}
