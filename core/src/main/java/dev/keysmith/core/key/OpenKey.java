package dev.keysmith.core.key;

import dev.keysmith.core.ctap.AuthenticatorInfo;
import dev.keysmith.core.ctap.Ctap2Client;
import dev.keysmith.core.ctap.CtapException;
import dev.keysmith.core.ctap.CtapStatus;
import dev.keysmith.core.ctap.PinUvAuthToken;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.key.KeyConnection;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A security key that is open for one session, and its PIN, in memory only and zeroed at the end.
 *
 * <p>A PIN that the key has refused is forgotten at once, so that no second try is ever spent on
 * it. Used by one thread; {@link #cancel} may be called from any.
 */
public final class OpenKey implements AutoCloseable {

  private final PluggedKey plugged;
  private final KeyConnection connection;
  private final Ctap2Client client;
  private final char[] pin;
  private boolean refused;

  /**
   * @param pin taken over, zeroed at the end
   */
  public OpenKey(PluggedKey plugged, KeyConnection connection, Ctap2Client client, char[] pin) {
    this.plugged = plugged;
    this.connection = connection;
    this.client = client;
    this.pin = pin;
  }

  /** The key as it was listed. */
  public PluggedKey plugged() {
    return plugged;
  }

  /** Talks to the key. */
  public Ctap2Client client() {
    return client;
  }

  /** Asks the key what it can do, as it stands now. */
  public AuthenticatorInfo info() {
    return client.getInfo();
  }

  /** Sets the PIN of a key that has none. */
  public void setPin() {
    client.clientPin().setPin(pin);
  }

  /**
   * A token for the PIN; the caller closes it.
   *
   * @param rpId the relying party, or null for all
   * @throws CtapException {@code PIN_INVALID} if the PIN is wrong
   */
  public PinUvAuthToken token(@Nullable String rpId, Permission first, Permission... more) {
    if (refused) {
      throw ProblemException.invalid(
          "key.pin", "The security key has refused this PIN. Enter the right one to go on.");
    }
    Set<Permission> permissions = EnumSet.of(first, more);
    try {
      return client.clientPin().token(pin, permissions, rpId);
    } catch (CtapException e) {
      refused = e.status() == CtapStatus.PIN_INVALID;
      throw e;
    }
  }

  /** Ends the command under way, for instance one that waits for a touch. */
  public void cancel() {
    connection.cancel();
  }

  /** Zeroes the PIN and gives the key back. */
  @Override
  public void close() {
    Arrays.fill(pin, '\0');
    connection.close();
  }
}
