package dev.keysmith.testing.key;

import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.testing.key.authenticator.Authenticator;
import dev.keysmith.testing.key.authenticator.UserPresence;
import dev.keysmith.testing.key.crypto.Crypto;
import dev.keysmith.testing.key.message.CtapError;
import dev.keysmith.testing.key.model.Model;
import dev.keysmith.testing.key.model.Quirks;
import dev.keysmith.testing.key.model.TouchPolicy;
import dev.keysmith.testing.key.store.Memory;
import dev.keysmith.testing.key.store.StoredCredential;
import java.io.ByteArrayInputStream;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A FIDO2 security key in software.
 *
 * <p>It follows CTAP 2.1 (Proposed Standard, June 2021) message by message. It is for tests and for
 * practice: its private keys lie in memory and in a file, unprotected.
 *
 * <p>Thread-safe. One request is processed at a time; touch, cancellation and loss of power come
 * from other threads, or from the listener for signs of life.
 */
public final class VirtualKey {

  private final Memory memory;
  private final UserPresence presence;
  private final Authenticator authenticator;
  private final Duration processingTime;
  private final Clock clock;
  private final SecureRandom random;
  private final List<Runnable> unplugListeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock exchanging = new ReentrantLock();
  private final AtomicIntegerArray requests = new AtomicIntegerArray(256);

  VirtualKey(VirtualKeyBuilder builder) {
    this.memory = builder.memory();
    this.presence = new UserPresence(builder.clock(), builder.touch());
    this.authenticator = new Authenticator(memory, presence, builder.clock(), builder.random());
    this.authenticator.quirks(builder.quirks());
    this.processingTime = builder.processingTime();
    this.clock = builder.clock();
    this.random = builder.random();
  }

  /** Begins the description of a key. */
  public static VirtualKeyBuilder builder() {
    return new VirtualKeyBuilder();
  }

  /**
   * Processes one request.
   *
   * @param request command byte and CBOR
   * @param listener told every 100 ms that the key works or waits for a touch, on this thread
   * @return status byte and CBOR
   * @throws PluginException {@code KEY_ABSENT} if the key is or gets unplugged
   */
  public byte[] exchange(byte[] request, KeepAliveListener listener) {
    exchanging.lock();
    try {
      presence.begin(listener);
      if (request.length > 0) {
        requests.incrementAndGet(request[0] & 0xFF);
      }
      byte[] response = workAndProcess(request);
      presence.checkPower();
      return response;
    } finally {
      presence.end();
      exchanging.unlock();
    }
  }

  private byte[] workAndProcess(byte[] request) {
    try {
      presence.work(processingTime);
    } catch (CtapError e) {
      return new byte[] {e.status().code()};
    }
    return authenticator.process(request);
  }

  /** Ends the request under way with status 0x2D, if it still waits; otherwise does nothing. */
  public void cancel() {
    presence.cancel();
  }

  /** Touches the key; without effect unless it waits for a touch. */
  public void touch() {
    presence.touch();
  }

  /** Whether the key waits for a touch now. */
  public boolean waitsForTouch() {
    return presence.waiting();
  }

  /** Who touches the key from now on. */
  public void touchPolicy(TouchPolicy policy) {
    presence.policy(policy);
  }

  /** Who touches the key. */
  public TouchPolicy touchPolicy() {
    return presence.policy();
  }

  /** What it does from now on otherwise than the standard says. */
  public void quirks(Quirks quirks) {
    authenticator.quirks(quirks);
  }

  /** Pulls the key out. A request under way ends with {@code KEY_ABSENT}. */
  public void unplug() {
    presence.powerOff();
    for (Runnable listener : unplugListeners) {
      unplugListeners.remove(listener);
      listener.run();
    }
  }

  /** Runs something when the key is pulled out the next time, on the thread that pulls it. */
  public void onUnplug(Runnable listener) {
    unplugListeners.add(listener);
  }

  public Clock clock() {
    return clock;
  }

  public SecureRandom random() {
    return random;
  }

  /**
   * Plugs the key in again: it has forgotten tokens, key agreement keys and wrong PINs in a row.
   */
  public void plugIn() {
    exchanging.lock();
    try {
      if (!presence.powered()) {
        authenticator.powerUp();
        presence.powerOn();
      }
    } finally {
      exchanging.unlock();
    }
  }

  /** Whether the key has power. */
  public boolean plugged() {
    return presence.powered();
  }

  /** Counts how often the key was plugged in, so that a connection can tell that it is stale. */
  public int powerCycle() {
    return presence.powerCycle();
  }

  /** The generation of the key. */
  public Model model() {
    return memory.state().traits().model();
  }

  /** The AAGUID that the key reports and attests. */
  public UUID aaguid() {
    return memory.state().traits().aaguid();
  }

  /** What the device says it is. */
  public String product() {
    return memory.state().traits().product();
  }

  /** The device's serial number. */
  public String serialNumber() {
    return memory.state().traits().serialNumber();
  }

  /** The certificate under which the key's attestation certificates stand. */
  public X509Certificate attestationRoot() {
    byte[] certificate = memory.state().attestation().rootCertificate();
    return Crypto.always(
        () ->
            (X509Certificate)
                CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate)));
  }

  /** The discoverable credentials, the oldest first. */
  public List<KeyCredential> credentials() {
    return memory.state().credentials().stream().map(KeyCredential::of).toList();
  }

  /** Whether a PIN is set. */
  public boolean hasPin() {
    return memory.state().hasPin();
  }

  /** How many wrong PINs in a row lock the key for good. */
  public int pinRetries() {
    return memory.state().pin().retries();
  }

  /** The shortest PIN that the key takes, in Unicode code points. */
  public int minPinLength() {
    return memory.state().policy().minPinLength();
  }

  /** Whether the PIN must be changed before it opens the key. */
  public boolean mustChangePin() {
    return memory.state().policy().forceChangePin();
  }

  /** How many requests with this command byte have come since the key was made or loaded. */
  public int requestsSeen(int command) {
    return requests.get(command);
  }

  /**
   * A discoverable credential as seen from outside.
   *
   * @param rpId the relying party's id
   * @param userHandle {@code user.id}
   * @param userName {@code user.name}, empty if none was given
   * @param id the credential id
   */
  public record KeyCredential(String rpId, Bytes userHandle, String userName, Bytes id) {

    private static KeyCredential of(StoredCredential credential) {
      String name = credential.userName();
      return new KeyCredential(
          credential.rpId(),
          Bytes.of(credential.userHandle()),
          name == null ? "" : name,
          Bytes.of(credential.id()));
    }
  }
}
