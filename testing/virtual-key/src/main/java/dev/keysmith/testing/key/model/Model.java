package dev.keysmith.testing.key.model;

import dev.keysmith.testing.key.pin.PinUvAuthProtocol;
import java.util.List;
import java.util.UUID;

/** The generations of security keys that the virtual key can stand for. */
public enum Model {
  /** As sold from 2018: PIN/UV auth protocol one, tokens without permissions, no management. */
  CTAP_2_0("8bf0a8a5-28f1-4d0f-b2a1-6b1d8d4e2f20", "FIDO_2_0"),
  /** As sold from 2019: as 2.0, with credProtect and the preview of credential management. */
  CTAP_2_1_PRE("8bf0a8a5-28f1-4d0f-b2a1-6b1d8d4e2f2e", "FIDO_2_0", "FIDO_2_1_PRE"),
  /**
   * CTAP 2.1: both protocols, permissions, credential management, configuration. It answers the
   * preview of credential management, too, as keys do for platforms that know no other.
   */
  CTAP_2_1("8bf0a8a5-28f1-4d0f-b2a1-6b1d8d4e2f21", "FIDO_2_0", "FIDO_2_1_PRE", "FIDO_2_1");

  private final UUID aaguid;
  private final List<String> versions;

  Model(String aaguid, String... versions) {
    this.aaguid = UUID.fromString(aaguid);
    this.versions = List.of(versions);
  }

  /** The AAGUID of a key of this model that was not given another. */
  public UUID aaguid() {
    return aaguid;
  }

  /** What {@code authenticatorGetInfo} lists as versions. */
  public List<String> versions() {
    return versions;
  }

  /** Whether the key speaks CTAP 2.1 proper, with permissions on pinUvAuthTokens. */
  public boolean modern() {
    return this == CTAP_2_1;
  }

  /** Whether the key knows the preview of credential management. */
  public boolean previews() {
    return this != CTAP_2_0;
  }

  public boolean supports(PinUvAuthProtocol protocol) {
    return modern() || protocol == PinUvAuthProtocol.ONE;
  }

  public List<PinUvAuthProtocol> protocols() {
    return modern()
        ? List.of(PinUvAuthProtocol.TWO, PinUvAuthProtocol.ONE)
        : List.of(PinUvAuthProtocol.ONE);
  }

  public List<String> extensions() {
    return switch (this) {
      case CTAP_2_0 -> List.of("hmac-secret");
      case CTAP_2_1_PRE -> List.of("credProtect", "hmac-secret");
      case CTAP_2_1 -> List.of("credProtect", "hmac-secret", "minPinLength");
    };
  }
}
