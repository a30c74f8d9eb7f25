package dev.keysmith.core.key;

import dev.keysmith.core.ctap.Ctap2Client;
import dev.keysmith.spi.key.KeyConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.Arrays;

/** Opens keys at the station; no PIN comes to a key without a witness. */
@ApplicationScoped
public class OpenKeys {

  @Inject Station station;
  @Inject SecureRandom random;

  /** Opens a key for what needs no PIN; the caller closes it. */
  public OpenKey open(PluggedKey plugged) {
    return open(
        plugged,
        new char[0],
        (key, use) -> {
          throw new IllegalStateException("A PIN is used that was not entered");
        });
  }

  /**
   * Opens a key; the caller closes it.
   *
   * @param pin taken over, zeroed at the end
   */
  public OpenKey open(PluggedKey plugged, char[] pin, PinUseListener witness) {
    try {
      KeyConnection connection = station.open(plugged);
      Ctap2Client client = new Ctap2Client(connection, random);
      return new OpenKey(plugged, connection, new OpenKey.Access(client, witness), pin);
    } catch (RuntimeException e) {
      Arrays.fill(pin, '\0');
      throw e;
    }
  }
}
