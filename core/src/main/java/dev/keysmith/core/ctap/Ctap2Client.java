package dev.keysmith.core.ctap;

import dev.keysmith.core.ctap.pin.SharedSecrets;
import dev.keysmith.core.ctap.wire.CtapCommand;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeyConnection;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A CTAP2 client of one open key (CTAP 2.1, section 6).
 *
 * <p>For one thread at a time, except {@link #cancel()}. Every method that talks to the key throws
 * {@link CtapException} if the key refuses or answers nonsense, and {@link PluginException} if it
 * cannot be reached. The connection stays its owner's, who closes it.
 */
public final class Ctap2Client {

  private final CommandChannel channel;
  private final SharedSecrets secrets;
  private final SecureRandom random;

  /**
   * @param connection to the key
   * @param random for key agreement and initialisation vectors
   */
  public Ctap2Client(KeyConnection connection, SecureRandom random) {
    this.channel = new CommandChannel(connection);
    this.secrets = new SharedSecrets(random);
    this.random = random;
  }

  /** Asks the key about itself. */
  public AuthenticatorInfo getInfo() {
    return channel.fetchInfo();
  }

  /** The PIN and tokens that prove its knowledge. */
  public ClientPin clientPin() {
    return new ClientPin(channel, secrets, random);
  }

  /**
   * Makes a credential; takes a touch. Excluded credentials that the key cannot take in one list
   * are looked for silently first.
   *
   * @throws CtapException {@link CtapStatus#CREDENTIAL_EXCLUDED} if the key holds one of the
   *     excluded credentials, {@link CtapStatus#KEY_STORE_FULL} if there is no room, {@link
   *     CtapStatus#PUAT_REQUIRED} if the user must be verified
   */
  public MadeCredential makeCredential(CredentialRequest request, Interaction interaction) {
    return new MakeCredential(channel, request).perform(interaction);
  }

  /**
   * Signs; takes a touch unless the request is silent.
   *
   * @return one assertion per discoverable credential of the relying party, or one if there is an
   *     allow list
   * @throws CtapException {@link CtapStatus#NO_CREDENTIALS} if there is no such credential
   */
  public List<Assertion> getAssertions(AssertionRequest request, Interaction interaction) {
    return new GetAssertion(channel).all(request, interaction);
  }

  /**
   * The first of these credentials that the key holds; found without a touch.
   *
   * <p>Credentials that are protected by user verification are found with a token only.
   *
   * @param token with {@code ga}, or null
   */
  public Optional<Bytes> findCredential(
      String rpId, List<Bytes> credentialIds, @Nullable PinUvAuthToken token) {
    return new GetAssertion(channel)
        .find(rpId, CredentialLists.chunks(credentialIds, channel.info()), token);
  }

  /**
   * The discoverable credentials on the key.
   *
   * @param token with {@code cm}
   * @throws CtapException {@link CtapStatus#UNSUPPORTED_OPTION} if the key cannot list them
   */
  public CredentialManagement credentialManagement(PinUvAuthToken token) {
    return new CredentialManagement(channel, token);
  }

  /**
   * The policies of the key.
   *
   * @param token with {@code acfg}; null for a key that has neither PIN nor other verification
   * @throws CtapException {@link CtapStatus#UNSUPPORTED_OPTION} if the key has none
   */
  public AuthenticatorConfig authenticatorConfig(@Nullable PinUvAuthToken token) {
    return new AuthenticatorConfig(channel, token);
  }

  /**
   * Waits for a touch, to find out which of several keys is meant (CTAP 2.1, section 6.9). Keys
   * older than CTAP 2.1 are made to wait for one by another command.
   */
  public void selection(Interaction interaction) {
    new Selection(channel).perform(interaction);
  }

  /**
   * Erases all credentials and the PIN; takes a touch, just after the key was plugged in.
   *
   * @throws CtapException {@link CtapStatus#NOT_ALLOWED} if it was plugged in too long ago
   */
  public void reset(Interaction interaction) {
    try {
      channel.call(CtapCommand.RESET, null, interaction);
    } finally {
      channel.forgetInfo();
    }
  }

  /** Ends the command under way, if any; may be called from any thread. */
  public void cancel() {
    channel.cancel();
  }
}
