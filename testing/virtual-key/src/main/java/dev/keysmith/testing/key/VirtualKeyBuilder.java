package dev.keysmith.testing.key;

import dev.keysmith.testing.key.authenticator.AttestationMaker;
import dev.keysmith.testing.key.model.Model;
import dev.keysmith.testing.key.model.Quirks;
import dev.keysmith.testing.key.model.TouchPolicy;
import dev.keysmith.testing.key.model.Traits;
import dev.keysmith.testing.key.store.Attestation;
import dev.keysmith.testing.key.store.KeyState;
import dev.keysmith.testing.key.store.Memory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Describes a virtual security key.
 *
 * <p>A key whose state file exists already is the key in that file: model, AAGUID, names, limits
 * and defaults come from there, and only the touch policy, the clock, the random numbers and the
 * processing time from here.
 */
public final class VirtualKeyBuilder {

  private Model model = Model.CTAP_2_1;
  private @Nullable UUID aaguid;
  private String product = "Keysmith virtual key";
  private String serialNumber = "";
  private int maxDiscoverable = 25;
  private int minPinLength = 4;
  private boolean alwaysUv;
  private boolean makeCredUvNotRqd;
  private boolean enterpriseAttestation = true;
  private List<String> enterpriseRpIds = List.of();
  private TouchPolicy touch = TouchPolicy.automatic();
  private Quirks quirks = Quirks.NONE;
  private Duration processingTime = Duration.ZERO;
  private Clock clock = Clock.systemUTC();
  private SecureRandom random = new SecureRandom();
  private Optional<Path> stateFile = Optional.empty();

  VirtualKeyBuilder() {}

  /** The generation; {@link Model#CTAP_2_1} unless told. */
  public VirtualKeyBuilder model(Model value) {
    model = value;
    return this;
  }

  /** The AAGUID; the model's own unless told. */
  public VirtualKeyBuilder aaguid(UUID value) {
    aaguid = value;
    return this;
  }

  /** What the device says it is. */
  public VirtualKeyBuilder product(String value) {
    product = value;
    return this;
  }

  /** The serial number on the device and in the enterprise attestation; random unless told. */
  public VirtualKeyBuilder serialNumber(String value) {
    serialNumber = value;
    return this;
  }

  /** How many discoverable credentials fit; 25 unless told. */
  public VirtualKeyBuilder maxDiscoverable(int value) {
    maxDiscoverable = value;
    return this;
  }

  /** The shortest PIN from the factory; 4 unless told. */
  public VirtualKeyBuilder minPinLength(int value) {
    minPinLength = value;
    return this;
  }

  /** Whether the key asks for the PIN each time from the factory; no unless told. */
  public VirtualKeyBuilder alwaysUv(boolean value) {
    alwaysUv = value;
    return this;
  }

  /** Whether it makes non-discoverable credentials without the PIN; no unless told. */
  public VirtualKeyBuilder makeCredUvNotRqd(boolean value) {
    makeCredUvNotRqd = value;
    return this;
  }

  /** Whether it can do enterprise attestation, once enabled; yes unless told. */
  public VirtualKeyBuilder enterpriseAttestation(boolean value) {
    enterpriseAttestation = value;
    return this;
  }

  /** The RP IDs for which the vendor allowed enterprise attestation; none unless told. */
  public VirtualKeyBuilder enterpriseRpIds(List<String> value) {
    enterpriseRpIds = value;
    return this;
  }

  /** Who touches the key; automatic unless told. */
  public VirtualKeyBuilder touch(TouchPolicy value) {
    touch = value;
    return this;
  }

  /** What it does otherwise than the standard says; nothing unless told. */
  public VirtualKeyBuilder quirks(Quirks value) {
    quirks = value;
    return this;
  }

  /** How long each request takes, with signs of life meanwhile; no time unless told. */
  public VirtualKeyBuilder processingTime(Duration value) {
    processingTime = value;
    return this;
  }

  /** The clock for timeouts; the system's unless told. */
  public VirtualKeyBuilder clock(Clock value) {
    clock = value;
    return this;
  }

  /** Random numbers; the system's unless told. */
  public VirtualKeyBuilder random(SecureRandom value) {
    random = value;
    return this;
  }

  /** The file that keeps the key, private keys included; in memory only unless told. */
  public VirtualKeyBuilder stateFile(Path value) {
    stateFile = Optional.of(value);
    return this;
  }

  /** Makes the key, or loads it from its file, and plugs it in. */
  public VirtualKey build() {
    return new VirtualKey(this);
  }

  Memory memory() {
    return new Memory(stateFile, this::fresh);
  }

  private KeyState fresh() {
    UUID id = aaguid == null ? model.aaguid() : aaguid;
    String serial =
        serialNumber.isEmpty() ? "VK" + (10_000_000 + random.nextInt(90_000_000)) : serialNumber;
    Traits traits =
        new Traits(
            model,
            id,
            product,
            serial,
            maxDiscoverable,
            minPinLength,
            alwaysUv,
            makeCredUvNotRqd,
            enterpriseAttestation && model.modern(),
            enterpriseRpIds);
    byte[] masterKey = new byte[32];
    random.nextBytes(masterKey);
    Attestation attestation = new AttestationMaker(random, clock.instant()).make(id, serial);
    return KeyState.fresh(traits, attestation, masterKey);
  }

  TouchPolicy touch() {
    return touch;
  }

  Quirks quirks() {
    return quirks;
  }

  Duration processingTime() {
    return processingTime;
  }

  Clock clock() {
    return clock;
  }

  SecureRandom random() {
    return random;
  }
}
