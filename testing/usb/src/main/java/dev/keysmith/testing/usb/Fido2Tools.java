package dev.keysmith.testing.usb;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Debian's programs of libfido2, run on one key. They ask for PINs on a terminal. */
public final class Fido2Tools {

  private static final Duration LONG = Duration.ofSeconds(60);

  /** A fixed hash of client data. */
  private static final String CLIENT_DATA_HASH = base64("0123456789abcdef0123456789ABCDEF");

  private final Guest guest;
  private final String node;

  /**
   * @param node of the key, {@code /dev/hidrawN}
   */
  public Fido2Tools(Guest guest, String node) {
    this.guest = guest;
    this.node = node;
  }

  /** {@code fido2-token} with these options and the key, with these PINs typed at its questions. */
  public Finished token(String options, String... pins) {
    List<String> command = new ArrayList<>(List.of("fido2-token"));
    command.addAll(Arrays.asList(options.split(" ")));
    command.add(node);
    return typing(command, pins);
  }

  /** {@code fido2-cred -M}: makes a discoverable credential; leaves it in {@code /run/NAME}. */
  public Finished make(String name, String rpId, String type, String pin) {
    write("/run/input", CLIENT_DATA_HASH, rpId, name, base64("handle of " + name));
    String options = "fido2-cred -M -r -i /run/input -o /run/" + name;
    return typing(command(options, node, type), pin);
  }

  /** {@code fido2-cred -V}: verifies it, and leaves id and public key in {@code /run/NAME.key}. */
  public Finished verify(String name, String type) {
    return guest.bash(LONG, "fido2-cred -V -i /run/%s -o /run/%1$s.out %s".formatted(name, type));
  }

  /** The id of a credential that was verified, in base64. */
  public String id(String name) {
    return guest.bash(LONG, "head -n 1 /run/" + name + ".out").output().strip();
  }

  /** {@code fido2-assert -G}: an assertion of a discoverable credential, with the PIN. */
  public Finished sign(String rpId, String type, String pin) {
    return sign(CLIENT_DATA_HASH, rpId, type, pin);
  }

  private Finished sign(String clientDataHash, String rpId, String type, String pin) {
    write("/run/input", clientDataHash, rpId);
    String options = "fido2-assert -G -r -v -i /run/input -o /run/assertion";
    return typing(command(options, node, type), pin);
  }

  /**
   * An assertion over the hash of client data.
   *
   * @return authenticator data as a CBOR byte string, signature, and user handle
   */
  public List<byte[]> sign(byte[] clientDataHash, String rpId, String type, String pin) {
    sign(Base64.getEncoder().encodeToString(clientDataHash), rpId, type, pin).output();
    return guest
        .bash(LONG, "tail -n +3 /run/assertion")
        .output()
        .lines()
        .map(Base64.getDecoder()::decode)
        .toList();
  }

  /** {@code fido2-assert -V}: verifies it with the public key of a credential. */
  public Finished verifyAssertion(String name, String type) {
    return guest.bash(
        LONG,
        "tail -n +2 /run/%s.out > /run/public; fido2-assert -V -v -i /run/assertion /run/public %s"
            .formatted(name, type));
  }

  private static List<String> command(String options, String... more) {
    List<String> command = new ArrayList<>(Arrays.asList(options.split(" ")));
    command.addAll(Arrays.asList(more));
    return command;
  }

  private Finished typing(List<String> command, String... pins) {
    try (GuestProcess process = guest.startOnTerminal(command.toArray(String[]::new))) {
      for (String pin : pins) {
        process.awaitOutput("PIN", LONG);
        process.awaitOutput(": ", LONG);
        process.write(pin + "\n");
      }
      return process.await(LONG);
    }
  }

  private void write(String file, String... lines) {
    guest.bash(LONG, "printf '%s\\n' '" + String.join("' '", lines) + "' > " + file).output();
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
