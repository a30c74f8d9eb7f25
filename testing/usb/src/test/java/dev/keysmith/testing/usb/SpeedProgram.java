package dev.keysmith.testing.usb;

import dev.keysmith.core.ctap.CredentialRequest;
import dev.keysmith.core.ctap.Ctap2Client;
import dev.keysmith.core.ctap.Interaction;
import dev.keysmith.core.ctap.PinUvAuthToken;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.idp.CredentialCreationOptions;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyWatch;
import dev.keysmith.spi.key.KeyWatchListener;
import dev.keysmith.usb.UsbTransportFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** Keysmith's side of the benchmark; does the same as {@code speed.c}. */
final class SpeedProgram {

  private static final String RP_ID = "example.org";

  private final SecureRandom random = new SecureRandom();
  private final String pin;

  private SpeedProgram(String pin) {
    this.pin = pin;
  }

  public static void main(String[] arguments) throws IOException {
    SpeedProgram program = new SpeedProgram(arguments[0]);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    try (KeyTransport transport =
        new UsbTransportFactory().create(new Context(Clock.systemUTC(), program.random))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ");
        int count = Integer.parseInt(words[1]);
        switch (words[0]) {
          case "idle" -> System.out.print(spent(Duration.ofSeconds(count)) + " ");
          case "watch" -> program.watch(transport, Duration.ofSeconds(count));
          default -> program.round(transport, words[0].equals("getInfo"), count);
        }
        System.out.println("done");
      }
    }
  }

  private void round(KeyTransport transport, boolean info, int count) {
    try (KeyConnection key = transport.open(transport.listKeys().get(0).id())) {
      Ctap2Client client = new Ctap2Client(key, random);
      client.getInfo();
      time(client, info);
      for (int i = 0; i < count; i++) {
        System.out.print(time(client, info) + " ");
      }
    }
  }

  private long time(Ctap2Client client, boolean info) {
    long begin = System.nanoTime();
    if (info) {
      client.getInfo();
    } else {
      makeCredential(client);
    }
    return System.nanoTime() - begin;
  }

  /** Prints the milliseconds of processor time that a watch takes while nothing changes. */
  private void watch(KeyTransport transport, Duration span) {
    KeyWatch watch = transport.watch(new SilentListener());
    try {
      spent(Duration.ofSeconds(5));
      System.out.print(spent(span) + " ");
    } finally {
      watch.close();
    }
  }

  /** The milliseconds of processor time that this process takes meanwhile. */
  private static long spent(Duration span) {
    Duration before = processorTime();
    long end = System.nanoTime() + span.toNanos();
    for (long left = span.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    return processorTime().minus(before).toMillis();
  }

  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }

  private record SilentListener() implements KeyWatchListener {

    @Override
    public void onKeys(List<KeyDescriptor> keys) {}

    @Override
    public void onProblem(PluginException problem) {}
  }

  private static CredentialCreationOptions options() {
    return new CredentialCreationOptions(
        new CredentialCreationOptions.RelyingParty(RP_ID, "An example"),
        new CredentialCreationOptions.UserEntity(
            Bytes.of("ann".getBytes(StandardCharsets.UTF_8)), "ann", "Ann"),
        "not used",
        List.of(-7),
        List.of(),
        CredentialCreationOptions.Requirement.REQUIRED,
        CredentialCreationOptions.Requirement.REQUIRED,
        CredentialCreationOptions.Attestation.DIRECT);
  }

  private void makeCredential(Ctap2Client client) {
    char[] digits = pin.toCharArray();
    try (PinUvAuthToken token =
        client.clientPin().token(digits, Set.of(Permission.MAKE_CREDENTIAL), RP_ID)) {
      client.makeCredential(
          CredentialRequest.of(options(), Bytes.of(new byte[32])).verifiedBy(token),
          new Interaction(Duration.ofSeconds(30), KeepAliveListener.NONE));
    }
  }

  private record Context(Clock clock, RandomGenerator random) implements PluginContext {

    @Override
    public Optional<String> text(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<char[]> secret(String name) {
      return Optional.empty();
    }
  }
}
