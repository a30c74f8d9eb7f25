package dev.keysmith.core.ctap;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.PluginException;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A key that says anything of itself, and the commands that go by it. */
class GetInfoFuzz {

  private static final char[] PIN = "123456".toCharArray();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Bytes[] CREDENTIALS =
      IntStream.range(1, 12).mapToObj(i -> Bytes.of(new byte[16 * i])).toArray(Bytes[]::new);

  private static final List<Consumer<Ctap2Client>> COMMANDS =
      List.of(
          client -> client.clientPin().pinRetries(),
          client -> client.clientPin().setPin(PIN.clone()),
          client ->
              client
                  .clientPin()
                  .tokenByUv(EnumSet.of(Permission.GET_ASSERTION), Samples.RP_ID, Samples.TOUCH),
          client -> client.findCredential(Samples.RP_ID, List.of(CREDENTIALS), null),
          client ->
              client.makeCredential(
                  CredentialRequest.of(Samples.options("ann", CREDENTIALS), Samples.HASH),
                  Samples.TOUCH),
          client -> client.authenticatorConfig(null).setMinPinLength(8),
          client -> client.selection(Samples.TOUCH));

  @FuzzTest
  void leadsToAnAnswerOrOneKindOfException(byte[] input) {
    Ctap2Client client = new Ctap2Client(InputKey.of(input), RANDOM);
    try {
      client.getInfo();
    } catch (CtapException | PluginException e) {
      return;
    }
    COMMANDS.forEach(command -> run(client, command));
  }

  private static void run(Ctap2Client client, Consumer<Ctap2Client> command) {
    try {
      command.accept(client);
    } catch (CtapException | PluginException e) {
      // One of the two is what callers expect.
    }
  }
}
