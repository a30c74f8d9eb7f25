package dev.keysmith.core.ctap;

import dev.keysmith.core.ctap.pin.PinUvAuthProtocol;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Proof of user verification for the commands that follow (CTAP 2.1, section 6.5.2.1). Zeroed when
 * closed.
 *
 * <p>A key of CTAP 2.1 takes the permissions away after the first operation with a touch: get a
 * token for each.
 */
public final class PinUvAuthToken implements AutoCloseable {

  /** What a token allows (CTAP 2.1, section 6.5.5.7). */
  public enum Permission {
    /** {@code mc}. */
    MAKE_CREDENTIAL(0x01),
    /** {@code ga}. */
    GET_ASSERTION(0x02),
    /** {@code cm}. */
    CREDENTIAL_MANAGEMENT(0x04),
    /** {@code be}. */
    BIO_ENROLLMENT(0x08),
    /** {@code lbw}. */
    LARGE_BLOB_WRITE(0x10),
    /** {@code acfg}. */
    AUTHENTICATOR_CONFIG(0x20);

    private final int bit;

    Permission(int bit) {
      this.bit = bit;
    }

    static int bits(Set<Permission> permissions) {
      return permissions.stream().mapToInt(permission -> permission.bit).sum();
    }
  }

  private final PinUvAuthProtocol protocol;
  private final byte[] value;
  private final Set<Permission> permissions;
  private final @Nullable String rpId;
  private boolean closed;

  /**
   * @param value taken over, zeroed when closed
   */
  PinUvAuthToken(
      PinUvAuthProtocol protocol,
      byte[] value,
      Set<Permission> permissions,
      @Nullable String rpId) {
    this.protocol = protocol;
    this.value = value;
    this.permissions = Set.copyOf(permissions);
    this.rpId = rpId;
  }

  /** What it allows. */
  public Set<Permission> permissions() {
    return permissions;
  }

  /** The relying party that it is bound to, if any. */
  public Optional<String> rpId() {
    return Optional.ofNullable(rpId);
  }

  /** Whether it allows something for a relying party. */
  public boolean allows(Permission permission, String forRpId) {
    return permissions.contains(permission) && (rpId == null || rpId.equals(forRpId));
  }

  int protocolNumber() {
    return protocol.number();
  }

  byte[] authenticate(byte[]... message) {
    if (closed) {
      throw new IllegalStateException("The pinUvAuthToken has been closed");
    }
    return protocol.authenticate(value, message);
  }

  /** Zeroes the token. A repeat does nothing. */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(value, (byte) 0);
  }

  /** Without the token itself. */
  @Override
  public String toString() {
    return "PinUvAuthToken[permissions=" + permissions + ", rpId=" + rpId + "]";
  }
}
