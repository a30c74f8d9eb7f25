package dev.keysmith.core.key;

import dev.keysmith.core.ctap.AuthenticatorInfo;
import dev.keysmith.core.ctap.ClientPin.PinRetries;
import dev.keysmith.core.ctap.Ctap2Client;
import dev.keysmith.core.ctap.Interaction;
import dev.keysmith.core.ctap.PinUvAuthToken;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
  private final PinUseListener witness;
  private char[] pin;
  private boolean refused;
  private boolean verified;
  private volatile boolean cancelled;

  /**
   * @param pin taken over, zeroed at the end
   */
  OpenKey(PluggedKey plugged, KeyConnection connection, Access access, char[] pin) {
    this.plugged = plugged;
    this.connection = connection;
    this.client = access.client();
    this.witness = access.witness();
    this.pin = pin;
  }

  /**
   * How a key is talked with.
   *
   * @param witness of what is done with the PIN
   */
  record Access(Ctap2Client client, PinUseListener witness) {}

  /** The key as it was listed. */
  public PluggedKey plugged() {
    return plugged;
  }

  /**
   * Talks to the key.
   *
   * @throws ProblemException {@code CONFLICT} if the session was cancelled
   */
  public Ctap2Client client() {
    requireNotCancelled();
    return client;
  }

  /**
   * Each new operation asks this first.
   *
   * @throws ProblemException {@code CONFLICT} if the session was cancelled
   */
  public void requireNotCancelled() {
    if (cancelled) {
      throw ProblemException.conflict(KeyMessage.SESSION_CANCELLED);
    }
  }

  /**
   * Signs of life, passed on; a cancellation that came just before the exchange ends it here.
   *
   * @param timeout for the exchange
   */
  public Interaction interaction(Duration timeout, KeepAliveListener listener) {
    return new Interaction(
        timeout,
        status -> {
          if (cancelled) {
            connection.cancel();
          }
          listener.onKeepAlive(status);
        });
  }

  /** Asks the key what it can do, as it stands now. */
  public AuthenticatorInfo info() {
    return client().getInfo();
  }

  /**
   * Takes over a PIN that was chosen for a key that has none, in place of none.
   *
   * @param chosen zeroed at the end
   */
  public void choosePin(char[] chosen) {
    Arrays.fill(pin, '\0');
    pin = chosen;
  }

  /** What a rule says about the PIN, which it does not keep. */
  public <T> Optional<T> complaint(Function<char[], Optional<T>> rule) {
    return rule.apply(pin);
  }

  /** A copy, to be shown once; the caller erases it. */
  public char[] copyOfPin() {
    return pin.clone();
  }

  /** Whether the key says that it has no PIN, now; also after a cancellation. */
  public boolean surelyHasNoPin() {
    try {
      return !client.getInfo().isClientPinSet();
    } catch (CtapException | PluginException e) {
      return false;
    }
  }

  /** Whether the key says that it has a PIN, now; also after a cancellation. */
  public boolean surelyHasPin() {
    try {
      return client.getInfo().isClientPinSet();
    } catch (CtapException | PluginException e) {
      return false;
    }
  }

  /** Sets the PIN of a key that has none. */
  public void setPin() {
    client().clientPin().setPin(pin);
    verified = true;
    witness.saw(plugged, PinUse.of(PinUse.Kind.SET));
  }

  /**
   * A token for the PIN; the caller closes it.
   *
   * @param rpId the relying party, or null for all
   * @throws ProblemException if the PIN is wrong or blocked, with the attempts that are left
   * @throws CtapException if the key gives none for another reason
   */
  public PinUvAuthToken token(@Nullable String rpId, Permission first, Permission... more) {
    if (refused) {
      throw ProblemException.invalid(KeyMessage.PIN_REFUSED);
    }
    Set<Permission> permissions = EnumSet.of(first, more);
    PinUvAuthToken token;
    try {
      token = client().clientPin().token(pin, permissions, rpId);
    } catch (CtapException e) {
      if (PinRefusal.is(e)) {
        refused = true;
        Optional<PinRetries> left = retries();
        witness.saw(plugged, new PinUse(PinUse.Kind.REFUSED, left.map(PinRetries::left)));
        throw PinRefusal.of(e, left);
      }
      throw e;
    }
    if (!verified) {
      verified = true;
      witness.saw(plugged, PinUse.of(PinUse.Kind.VERIFIED));
    }
    return token;
  }

  private Optional<PinRetries> retries() {
    try {
      return Optional.of(client.clientPin().pinRetries());
    } catch (CtapException | PluginException e) {
      return Optional.empty();
    }
  }

  /** Whether the key has refused the PIN: nothing that needs it will succeed. */
  public boolean hasRefusedPin() {
    return refused;
  }

  /** The length of the PIN in Unicode code points. */
  public int pinLength() {
    return Character.codePointCount(pin, 0, pin.length);
  }

  /**
   * Ends the command under way, for instance one that waits for a touch, and lets no other begin.
   */
  public void cancel() {
    cancelled = true;
    connection.cancel();
  }

  /** Ends the command under way; others may begin. Does nothing to a key that is idle. */
  public void interrupt() {
    connection.cancel();
  }

  /** Zeroes the PIN and gives the key back. */
  @Override
  public void close() {
    Arrays.fill(pin, '\0');
    connection.close();
  }
}
