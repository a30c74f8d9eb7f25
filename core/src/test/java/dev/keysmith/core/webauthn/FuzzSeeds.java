package dev.keysmith.core.webauthn;

import dev.keysmith.core.ctap.AssertionRequest;
import dev.keysmith.core.ctap.CredentialManagement;
import dev.keysmith.core.ctap.CredentialRequest;
import dev.keysmith.core.ctap.Ctap2Client;
import dev.keysmith.core.ctap.Interaction;
import dev.keysmith.core.ctap.PinUvAuthToken;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.VirtualKeyTransport;
import dev.keysmith.testing.key.model.Model;
import dev.keysmith.testing.key.model.Quirks;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;

/**
 * Writes the seeds of the fuzz tests anew: what virtual keys of each model answer. To be run from a
 * development environment, in the directory of this module.
 */
final class FuzzSeeds {

  private static final Path RESOURCES = Path.of("src/test/resources/dev/keysmith/core");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final char[] PIN = "1234567".repeat(9).toCharArray();
  private static final Interaction TOUCH =
      new Interaction(Duration.ofSeconds(30), KeepAliveListener.NONE);

  /** Numbers beyond the standard, and lists without a length. */
  private static final Quirks ABSURD =
      Quirks.NONE
          .telling(0x05, Integer.MAX_VALUE)
          .telling(0x07, Integer.MAX_VALUE)
          .telling(0x08, Integer.MAX_VALUE)
          .telling(0x0D, Integer.MAX_VALUE)
          .telling(0x1D, Integer.MAX_VALUE)
          .withoutCounts();

  private final String name;
  private final Recorder key;
  private final Ctap2Client client;

  private FuzzSeeds(String name, KeyConnection key) {
    this.name = name;
    this.key = new Recorder(key);
    this.client = new Ctap2Client(this.key, RANDOM);
  }

  public static void main(String[] args) {
    for (Model model : Model.values()) {
      write(model.name().toLowerCase(Locale.ROOT), VirtualKey.builder().model(model).build());
    }
    write("absurd", VirtualKey.builder().quirks(ABSURD).build());
  }

  private static void write(String name, VirtualKey key) {
    try (VirtualKeyTransport transport = new VirtualKeyTransport()) {
      new FuzzSeeds(name, transport.open(transport.add(key))).write();
    }
  }

  private void write() {
    info();
    client.clientPin().setPin(PIN);
    attestation();
    pin();
    try (PinUvAuthToken token =
        client.clientPin().token(PIN, EnumSet.of(Permission.GET_ASSERTION), "example.okta.com")) {
      key.clear();
      client.getAssertions(
          AssertionRequest.of("example.okta.com", FuzzedRegistration.CLIENT_DATA.hash())
              .verifiedBy(token),
          TOUCH);
      save("ctap/AssertionFuzz", "endsInAssertionsOrOneKindOfException", key.answers());
    }
    if (client.getInfo().supportsCredentialManagement()) {
      management();
    }
  }

  private void info() {
    client.getInfo();
    save("ctap/wire/CborFuzz", "isReadTheSameTwiceOrRefused", key.lastCbor());
    client.clientPin().pinRetries();
    save("ctap/GetInfoFuzz", "leadsToAnAnswerOrOneKindOfException", key.answers());
  }

  private void attestation() {
    try (PinUvAuthToken token =
        client.clientPin().token(PIN, EnumSet.of(Permission.MAKE_CREDENTIAL), "example.okta.com")) {
      attestation(
          CredentialRequest.of(FuzzedRegistration.OPTIONS, FuzzedRegistration.CLIENT_DATA.hash())
              .verifiedBy(token));
    }
  }

  private void attestation(CredentialRequest request) {
    boolean canProtect = client.getInfo().supportsExtension("credProtect");
    key.clear();
    Bytes object =
        client
            .makeCredential(
                canProtect
                    ? request.protectedBy(CredentialRequest.Protection.UV_REQUIRED)
                    : request,
                TOUCH)
            .attestationObject();
    save("webauthn/AttestationFuzz", "verifiesOrIsRefused", key.lastAnswer());
    save("webauthn/AttestationObjectFuzz", "verifiesOrIsRefused", object.toArray());
  }

  private void pin() {
    key.clear();
    client.getInfo();
    client
        .clientPin()
        .token(PIN, EnumSet.of(Permission.CREDENTIAL_MANAGEMENT), "example.okta.com")
        .close();
    client.clientPin().pinRetries();
    client.clientPin().changePin(PIN, PIN);
    save("ctap/PinProtocolFuzz", "endsInATokenOrOneKindOfException", key.answers());
  }

  private void management() {
    try (PinUvAuthToken token =
        client.clientPin().token(PIN, EnumSet.of(Permission.CREDENTIAL_MANAGEMENT), null)) {
      CredentialManagement management = client.credentialManagement(token);
      key.clear();
      management.metadata();
      management.relyingParties().forEach(party -> management.credentials(party.idHash()));
      save("ctap/CredentialManagementFuzz", "endsInAListOrOneKindOfException", key.answers());
    }
  }

  private void save(String target, String method, byte[] seed) {
    Path directory = RESOURCES.resolve(target + "Inputs").resolve(method);
    try {
      Files.createDirectories(directory);
      Files.write(directory.resolve(name), seed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps what a key answers, in the form that {@code InputKey} reads. */
  private static final class Recorder implements KeyConnection {

    private final KeyConnection key;
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private byte[] last = new byte[0];

    Recorder(KeyConnection key) {
      this.key = key;
    }

    void clear() {
      answers.reset();
    }

    byte[] answers() {
      return answers.toByteArray();
    }

    byte[] lastAnswer() {
      clear();
      keep(last);
      return answers();
    }

    byte[] lastCbor() {
      return Arrays.copyOfRange(last, 1, last.length);
    }

    private void keep(byte[] answer) {
      try {
        DataOutputStream out = new DataOutputStream(answers);
        out.writeShort(answer.length);
        out.write(answer);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public byte[] exchange(byte[] request, Duration timeout, KeepAliveListener listener) {
      last = key.exchange(request, timeout, listener);
      keep(last);
      return last.clone();
    }

    @Override
    public void cancel() {
      key.cancel();
    }

    @Override
    public void close() {
      key.close();
    }
  }
}
